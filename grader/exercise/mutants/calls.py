"""What may stand in the place of a call: its argument, other arguments, another function."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import combinations

from grader.exercise.mutants.slip import Scope, Slip, changed, end_of, instead, start_of, written

_FAMILIES = (
    *(("max", "min", "mean"), ("amax", "amin"), ("maximum", "minimum"), ("sum", "mean", "prod")),
    *(("mean", "sum"), ("var", "std"), ("any", "all"), ("sin", "cos"), ("argmax", "argmin")),
    *(("zeros", "ones"), ("ones", "zeros"), ("empty", "ones"), ("cumsum", "cumprod")),
    *(("tril", "triu"), ("floor", "ceil"), ("logical_and", "logical_or"), ("exp", "expm1")),
)


def slips_of_call(node: ast.Call, scope: Scope) -> Iterator[Slip]:
    """Yield a call unwrapped, with arguments exchanged, and with arguments left out."""
    yield from _unwrapped(node, scope)
    plain = [at for at, each in enumerate(node.args) if not isinstance(each, ast.Starred)]
    for one, other in combinations(plain, 2):
        args = list(node.args)
        args[one], args[other] = args[other], args[one]
        places = start_of(node.args[one]), end_of(node.args[other])
        new = ", ".join(map(written, args[one : other + 1]))
        yield Slip(changed(node, args=args), *places, new, "exchanges two arguments of a call")
    for at in plain if len(node.args) + _is_method(node, scope) > 1 else ():
        fewer = changed(node, args=node.args[:at] + node.args[at + 1 :])
        yield _left_out(node.args[at], fewer, "an argument of a call")
    for at, keyword in enumerate(node.keywords):
        fewer = changed(node, keywords=node.keywords[:at] + node.keywords[at + 1 :])
        is_known = keyword.arg in scope.parameters
        yield _left_out(keyword, fewer, f"`{keyword.arg}=`" if is_known else "an option of a call")


def _unwrapped(node: ast.Call, scope: Scope) -> Iterator[Slip]:
    inner = [each for each in node.args if not isinstance(each, ast.Starred)]
    if _is_method(node, scope):
        assert isinstance(node.func, ast.Attribute)
        inner.insert(0, node.func.value)
    for each in inner:
        yield instead(node, each, "leaves out a call")


def _is_method(node: ast.Call, scope: Scope) -> bool:
    """Tell whether it is called of a value, as `x.mean()` is and `np.mean(x)` is not."""
    owner = node.func.value if isinstance(node.func, ast.Attribute) else None
    while isinstance(owner, ast.Attribute):
        owner = owner.value
    return owner is not None and not (isinstance(owner, ast.Name) and owner.id in scope.modules)


def _left_out(argument: ast.expr | ast.keyword, fewer: ast.Call, what: str) -> Slip:
    return Slip(fewer, start_of(argument), end_of(argument), "", f"leaves out {what}")


def other_functions(name: str) -> Iterator[str]:
    """Yield what people take for one of NumPy's functions."""
    for family in _FAMILIES:
        if family[0] == name or (name == family[1] and len(family) == 2):
            yield from (other for other in family if other != name)
