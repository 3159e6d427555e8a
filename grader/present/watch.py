"""What `grader watch` shows besides reports: the keys, a hint, a failing case in full."""

from __future__ import annotations

import numpy as np

from grader.present.report import smallest_evidence
from grader.present.style import Style
from grader.records import Report, Value

KEYS = "n next   h hint   s show the failing case whole   l list   q quit"


def render_foot(style: Style) -> str:
    """Return the line that says which keys do what, or two where it does not fit."""
    return "\n".join(style.paint(line, "faint") for line in style.wrap(KEYS))


def render_case(report: Report) -> str:
    """Return the smallest failing case with every number of it."""
    found = smallest_evidence(report.checks)
    if found is None:
        return "There is no failing case that could be shown."
    name, evidence = found
    lines = [f"{name.replace('_', ' ')}: {evidence.function}({', '.join(evidence.inputs)})"]
    for label, value in evidence.inputs.items():
        lines += _whole(label, value)
    if evidence.difference.kind != "raises":
        lines += _whole("yours", evidence.yours) + _whole("wanted", evidence.wanted)
    return "\n".join(lines)


def _whole(label: str, value: Value) -> list[str]:
    """Return a value with every number, inner parts named by how they are reached."""
    if isinstance(value, dict):
        return [line for key, item in value.items() for line in _whole(f"{label}[{key!r}]", item)]
    if isinstance(value, (list, tuple)):
        return [line for i, item in enumerate(value) for line in _whole(f"{label}[{i}]", item)]
    if not isinstance(value, np.ndarray):
        return ["", f"{label} = {value!r}"]
    text = np.array2string(value, precision=6, suppress_small=True, threshold=10_000)
    head = f"{label} = array of shape {value.shape}, {value.dtype}"
    return ["", head, *(f"  {line}" for line in text.splitlines())]
