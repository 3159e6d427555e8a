"""What may stand in the place of an expression: one small slip each."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Any

from grader.exercise.mutants.calls import other_functions, slips_of_call
from grader.exercise.mutants.slip import (
    Scope,
    Slip,
    changed,
    end_of,
    instead,
    is_told,
    start_of,
    written,
)
from grader.exercise.mutants.statements import slips_of_statement

_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.Sub),
    ast.FloorDiv: (ast.Div, ast.Mult),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitXor: (ast.BitOr,),
    ast.LShift: (ast.RShift,),
    ast.RShift: (ast.LShift,),
}
NEAR = 100  # up to here the next number is another one, and beyond it hardly is
_ONE_SIDED = (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_DROPPED = {
    ast.Add: "a term that is added",
    ast.Sub: "a term that is subtracted",
    ast.Mult: "a factor",
    ast.Div: "a division",
    ast.MatMult: "a matrix product",
}


def slips_in(node: ast.AST, scope: Scope) -> Iterator[Slip]:
    """Yield what may stand in the place of a node; what is below it is not looked at."""
    for kind, find in _FINDERS.items():
        if isinstance(node, kind):
            yield from find(node, scope)
            return


def _of_binary(node: ast.BinOp, scope: Scope) -> Iterator[Slip]:
    left, right, op = node.left, node.right, node.op
    sign = _sign(op)
    for kind in _OPERATORS.get(type(op), ()):
        made = changed(node, op=kind())
        new = f"{_sign(made.op)} {written(right)}"
        told = f"has `{_sign(made.op)}` where another operator belongs"
        yield Slip(made, end_of(left), end_of(right), new, told)
    if isinstance(op, _ONE_SIDED):
        made = changed(node, left=right, right=left)
        yield instead(node, made, f"exchanges the two sides of a `{sign}`")
    what = _DROPPED.get(type(op), "a step")
    known = f"`{sign} {written(right)}`" if is_told(right, scope) else what
    yield Slip(left, end_of(left), end_of(right), "", f"leaves out {known}")
    known = f"`{written(left)} {sign}`" if is_told(left, scope) else what
    yield Slip(right, start_of(left), start_of(right), "", f"leaves out {known}")


def _sign(op: ast.operator) -> str:
    one = ast.Name("x", ast.Load())
    return written(ast.BinOp(one, op, one))[2:-2]


def _of_unary(node: ast.UnaryOp, scope: Scope) -> Iterator[Slip]:
    if _number_in(node) is not None:
        yield from _of_number(node)
    else:
        what = {ast.USub: "minus", ast.Not: "`not`", ast.Invert: "`~`"}.get(type(node.op), "sign")
        yield instead(node, node.operand, f"leaves out a {what}")


def _of_bool(node: ast.BoolOp, scope: Scope) -> Iterator[Slip]:
    other = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
    yield instead(node, changed(node, op=other), "joins two conditions by the other of and, or")
    for index in range(len(node.values)):
        rest = node.values[:index] + node.values[index + 1 :]
        made = changed(node, values=rest) if len(rest) > 1 else rest[0]
        yield instead(node, made, "leaves out a condition")


def _of_comparison(node: ast.Compare, scope: Scope) -> Iterator[Slip]:
    for index, op in enumerate(node.ops):
        for kind in _COMPARISONS[type(op)]:
            made = changed(node, ops=[*node.ops[:index], kind(), *node.ops[index + 1 :]])
            yield instead(node, made, "makes a comparison another way round, or less strictly")


def _of_constant(node: ast.Constant, scope: Scope) -> Iterator[Slip]:
    if isinstance(node.value, bool):
        yield instead(node, ast.Constant(not node.value), f"has {not node.value} for its opposite")
    elif isinstance(node.value, str):
        for other in scope.strings:
            if other != node.value:
                made = ast.Constant(other)
                yield instead(node, made, f"uses `{written(made)}` where another one belongs")
    elif _number_in(node) is not None:
        yield from _of_number(node)


def _number_in(node: ast.expr) -> float | None:
    """Return the number that an expression is, with its minus."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        number = _number_in(node.operand)
        return None if number is None else -number
    is_number = isinstance(node, ast.Constant) and type(node.value) in (int, float)
    return node.value if is_number else None  # type: ignore[attr-defined]


def _of_number(node: ast.expr) -> Iterator[Slip]:
    number = _number_in(node)
    assert number is not None
    near = (number + 1, number - 1) if type(number) is int and abs(number) < NEAR else ()
    for other in dict.fromkeys((*near, number * 10, number * 0, -number)):
        if other != number:
            made = ast.parse(repr(other), mode="eval").body
            yield instead(node, made, f"has {other!r} where another number belongs")


def _of_name(node: ast.Name, scope: Scope) -> Iterator[Slip]:
    if not isinstance(node.ctx, ast.Load):
        return
    names = scope.others.get(node.id, ())
    if node.id in scope.begins:
        names = tuple(
            name for name, line in scope.begins.items() if line < node.lineno and name != node.id
        )
    for name in names:
        is_known = {name, node.id} <= scope.parameters
        told = f"uses `{name}` where `{node.id}` belongs" if is_known else ""
        yield instead(node, changed(node, id=name), told)


def _of_attribute(node: ast.Attribute, scope: Scope) -> Iterator[Slip]:
    if node.attr in ("T", "mT") and isinstance(node.ctx, ast.Load):
        yield instead(node, node.value, "leaves out a transpose")
    for name in other_functions(node.attr):
        yield instead(node, changed(node, attr=name), f"uses `{name}` where another one belongs")


def _of_subscript(node: ast.Subscript, scope: Scope) -> Iterator[Slip]:
    by_name = isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str)
    if isinstance(node.ctx, ast.Load) and not by_name:
        told = "leaves out an index or a slice"
        yield Slip(node.value, end_of(node.value), end_of(node), "", told)


def _of_slice(node: ast.Slice, scope: Scope) -> Iterator[Slip]:
    for name in ("lower", "upper", "step"):
        if getattr(node, name):
            yield instead(node, changed(node, **{name: None}), "leaves out a bound of a slice")


def _of_tuple(node: ast.Tuple | ast.List, scope: Scope) -> Iterator[Slip]:
    if not isinstance(node.ctx, ast.Load):
        return
    each = node.elts
    for index in range(len(each) - 1):
        one, other = each[index : index + 2]
        made = changed(node, elts=[*each[:index], other, one, *each[index + 2 :]])
        new = f"{written(other)}, {written(one)}"
        yield Slip(made, start_of(one), end_of(other), new, "exchanges two of several things")
    for index in range(len(each) * (len(each) > 1)):
        made = changed(node, elts=each[:index] + each[index + 1 :])
        yield Slip(
            made, start_of(each[index]), end_of(each[index]), "", "leaves out one thing of several"
        )


def _of_choice(node: ast.IfExp, scope: Scope) -> Iterator[Slip]:
    yield instead(node, node.body, "always takes the same of two ways")
    yield instead(node, node.orelse, "always takes the same of two ways")


_FINDERS: dict[Any, Callable[[Any, Scope], Iterator[Slip]]] = {
    ast.BinOp: _of_binary,
    ast.UnaryOp: _of_unary,
    ast.BoolOp: _of_bool,
    ast.Compare: _of_comparison,
    ast.Constant: _of_constant,
    ast.Name: _of_name,
    ast.Attribute: _of_attribute,
    ast.Subscript: _of_subscript,
    ast.Slice: _of_slice,
    (ast.Tuple, ast.List): _of_tuple,
    ast.IfExp: _of_choice,
    ast.Call: slips_of_call,
    ast.stmt: slips_of_statement,
}
