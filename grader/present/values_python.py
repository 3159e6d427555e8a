"""Values as Python that can be pasted: every number whole, arrays as calls of `np.array`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any, cast

import numpy as np

from grader.grading.value_words import describe, in_order
from grader.learner.inside.chained import RESULT_OF
from grader.present.failing_case import is_script, one_line_of_step
from grader.present.prose_text import folded
from grader.present.report_outline import failing_case
from grader.records import Report, ResultOf, Value

MAX_ENTRIES = 20_000
WIDTH = 80  # columns of most terminals
_PLAIN = ("float64", "int64", "bool")  # what np.array makes of such numbers by itself


def render_values(report: Report) -> str:
    """Return the smallest failing case with every number of it, as Python that can be pasted."""
    case = failing_case(report)
    if case is None:
        return "There is no failing case that could be shown."
    evidence = case.evidence
    values = dict(evidence.inputs)
    blocks = [f"{case.name}: {case.call}"]
    if is_script(evidence):
        steps = enumerate(map(one_line_of_step, values.pop("steps")))
        blocks.append(_comment([f"[{number}]  {step}" for number, step in steps]))
    if evidence.difference.kind != "raises":
        values |= {"yours": evidence.yours, "wanted": evidence.wanted}
    blocks += [assignment(label, value) for label, value in values.items()]
    if evidence.difference.kind == "raises":
        blocks.append(_comment(evidence.difference.message.split("\n")))
    return "\n\n".join(blocks)


def _comment(lines: Sequence[str]) -> str:
    """Return lines as a comment that no terminal breaks."""
    return "\n".join(f"# {part}" for line in lines for part in folded(line, WIDTH - 2))


def assignment(name: str, value: Value) -> str:
    """Return a line, or several, that give a name to a value; of very many numbers, a remark."""
    if is_too_much(value):
        return f"# {name} is {describe(value)}: too much to paste"
    return _labelled(f"{name} = ", value)


def is_too_much(value: Value) -> bool:
    """Tell whether a value is made of more than anybody pastes."""
    return _size(value) > MAX_ENTRIES


def _size(value: Value) -> int:
    """Return how many entries a value has; a text counts by its characters."""
    if isinstance(value, dict):
        return sum(_size(key) + _size(item) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return 1 + sum(map(_size, value))
    return value.size if isinstance(value, np.ndarray) else len(value) if _is_text(value) else 1


def _is_text(value: Value) -> bool:
    return isinstance(value, (str, bytes))


def literal(value: Value) -> str:
    """Return a value as an expression, in as many lines as it takes."""
    if isinstance(value, ResultOf):
        args = [literal(item) for item in cast("tuple[Value, ...]", value["args"])]
        call = _nest(f"{value[RESULT_OF]}(", args, ")")
        return f"{call}[{value['part']}]"
    if isinstance(value, dict):
        pairs = [(literal(key), item) for key, item in value.items()]
        return _nest("{", [_labelled(f"{key}: ", item) for key, item in pairs], "}")
    if isinstance(value, list):
        return _nest("[", [literal(item) for item in value], "]")
    if isinstance(value, tuple):
        return _nest("(", [literal(item) for item in value], ")")
    if isinstance(value, (set, frozenset)) and value:
        plain = _nest("{", [literal(item) for item in in_order(value)], "}")
        return plain if isinstance(value, set) else f"frozenset({plain})"
    if isinstance(value, (float, complex)):
        return _number(value)
    if _is_text(value) and len(repr(value)) > WIDTH // 2:
        size = WIDTH // 4  # whose letters may be wide, or spelled out
        pieces = [repr(value[at : at + size]) for at in range(0, len(value), size)]
        return "\n".join(["(", *(f"    {piece}" for piece in pieces), ")"])
    return _array(value) if isinstance(value, np.ndarray) else repr(value)


def _labelled(label: str, value: Value) -> str:
    """Return a value behind a label, the rows of an array below each other where it is short."""
    indent = min(len(label.rpartition("\n")[2]), WIDTH // 2)
    rows = "\n" + " " * indent if isinstance(value, np.ndarray) else "\n"
    return label + literal(value).replace("\n", rows)


def _nest(opening: str, items: list[str], closing: str) -> str:
    if not items:
        return opening + closing
    lines = [f"    {line}" for item in items for line in f"{item},".split("\n")]
    return "\n".join([opening, *lines, closing])


def _array(value: np.ndarray[Any, Any]) -> str:
    dtype = "" if value.dtype.name in _PLAIN and value.size else f", dtype=np.{value.dtype.name}"
    if not value.size:
        return f"np.zeros({value.shape}{dtype})"
    numbers = np.array2string(
        value,
        max_line_width=100,
        separator=", ",
        prefix="np.array(",
        threshold=sys.maxsize,
        formatter={"float_kind": _number, "complex_kind": _number},
    )
    return f"np.array({numbers}{dtype})"


def _number(value: Any) -> str:
    if np.iscomplexobj(value) and not np.isfinite(value):
        return f"complex({_number(value.real)}, {_number(value.imag)})"
    return str(value) if np.isfinite(value) else f"np.{value}".replace("np.-", "-np.")
