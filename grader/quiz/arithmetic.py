"""Arithmetic as people write it, worked out step by step and never run as code."""

from __future__ import annotations

import ast
import math
import operator
import re
import warnings
from collections.abc import Callable, Mapping
from functools import lru_cache

from grader.quiz.characters import plain_characters

LONGEST = 200
_EXACT = 1e30  # whole numbers below are whole; what is larger is a float64
_SIGNS = str.maketrans({"×": "*", "·": "*", "⋅": "*", "÷": "/", "^": "**"})
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")


def _divided(one: float, other: float) -> float:
    """Return a quotient, a whole one of two whole numbers as such."""
    is_whole = isinstance(one, int) and isinstance(other, int) and other and not one % other
    return one // other if is_whole else float(one) / other


def _power(one: float, other: float) -> float:
    """Return a power, which is worked out in whole numbers only where it is short."""
    power = math.pow(one, other)
    is_whole = isinstance(one, int) and isinstance(other, int) and other >= 0
    return one**other if is_whole and abs(power) < _EXACT else power


_OPERATORS: dict[type[ast.AST], Callable[..., float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: _divided,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: _power,
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
}
_NAMES = ("sqrt", "exp", "log", "log2", "log10", "sin", "cos", "tanh", "floor", "ceil")
_FUNCTIONS: dict[str, Callable[[float], float]] = {
    **{name: getattr(math, name) for name in _NAMES},
    "ln": math.log,
    "abs": abs,
}
_CONSTANTS = {"pi": math.pi, "e": math.e}


class NotArithmetic(Exception):
    """A text that cannot be worked out; the message says why."""


def evaluate(text: str, sizes: Mapping[str, float] | None = None) -> float:
    """Return what an expression comes to; `sizes` gives values to names.

    Numbers (also 2,048), + - * / // % ** (or ^), brackets, the functions and constants above. Whole
    numbers of up to thirty digits are exact, and all else is done in float64, so nothing that is
    typed can take long or grow large.

    Raises
    ------
    NotArithmetic
        For everything else, and where the result is not a finite number.
    """
    try:
        result = _value(_parse(text), {**_CONSTANTS, **(sizes or {})})
    except SyntaxError as error:
        raise NotArithmetic(f"{text.strip()!r} is not arithmetic") from error
    except (ArithmeticError, ValueError, TypeError) as error:
        raise NotArithmetic(f"{text.strip()!r} cannot be worked out: {error}") from error
    if not math.isfinite(result):
        raise NotArithmetic(f"{text.strip()!r} comes to {result}")
    return result


@lru_cache(maxsize=256)
def names_in(text: str) -> frozenset[str]:
    """Return the names that an expression leaves open."""
    nodes = [node for node in ast.walk(_parse(text)) if isinstance(node, ast.Name)]
    return frozenset(node.id for node in nodes) - set(_FUNCTIONS) - set(_CONSTANTS)


@lru_cache(maxsize=256)
def divisions_in(text: str) -> tuple[tuple[str, bool], ...]:
    """Return what an expression divides by, and of each whether by a `/` that nothing rounds."""
    found, waiting = list[tuple[str, bool]](), [(_parse(text), False)]
    while waiting:
        node, is_rounded = waiting.pop()
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Div, ast.FloorDiv, ast.Mod)):
            is_exact = isinstance(node.op, ast.Div) and not is_rounded
            found.append((ast.unparse(node.right), is_exact))
        rounds = isinstance(node, ast.Call) and ast.unparse(node.func) in ("floor", "ceil")
        rounds |= isinstance(node, ast.BinOp) and isinstance(node.op, ast.FloorDiv)
        inner = (each for each in ast.iter_child_nodes(node) if isinstance(each, ast.expr))
        waiting += [(each, is_rounded or rounds) for each in inner]
    return tuple(found)


@lru_cache(maxsize=256)
def whole_numbers_in(text: str) -> frozenset[int]:
    """Return the whole numbers that stand in an expression."""
    values = [node.value for node in ast.walk(_parse(text)) if isinstance(node, ast.Constant)]
    return frozenset(value for value in values if type(value) is int)


@lru_cache(maxsize=256)  # one expression is worked out for many values
def _parse(text: str) -> ast.expr:
    plain = plain_characters(text).strip().translate(_SIGNS)
    plain = _THOUSANDS.sub(lambda number: number[0].replace(",", ""), plain)
    if len(plain) > LONGEST:
        raise NotArithmetic(f"an expression has at most {LONGEST} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Python's advice to those who write code
            return ast.parse(plain, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise NotArithmetic(f"{text.strip()!r} is not arithmetic") from error


def _value(node: ast.expr, sizes: Mapping[str, float]) -> float:
    value = _exact_or_float(node, sizes)
    return value if isinstance(value, int) and abs(value) < _EXACT else float(value)


def _exact_or_float(node: ast.expr, sizes: Mapping[str, float]) -> float:
    number = node.value if isinstance(node, ast.Constant) else None
    if isinstance(number, (int, float)) and not isinstance(number, bool):
        return number
    if isinstance(node, ast.Name) and node.id in sizes:
        return sizes[node.id]
    if isinstance(node, ast.UnaryOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_value(node.operand, sizes))
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_value(node.left, sizes), _value(node.right, sizes))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        function = _FUNCTIONS.get(node.func.id)
        if function and len(node.args) == 1:
            return function(_value(node.args[0], sizes))
    raise SyntaxError("this is Python, but not arithmetic")
