"""What `grader watch` shows besides reports: the keys, a hint, a failing case in full."""

from __future__ import annotations

from grader.present.report_outline import call_of, failing_case
from grader.present.style import Style
from grader.present.values_python import assignment
from grader.records import Report

KEYS = "n next   h hint   s show the failing case whole   l list   q quit"


def render_foot(style: Style) -> str:
    """Return the line that says which keys do what, or two where it does not fit."""
    return "\n".join(style.paint(line, "faint") for line in style.wrap(KEYS))


def render_case(report: Report) -> str:
    """Return the smallest failing case with every number of it, as Python that can be pasted."""
    case = failing_case(report)
    if case is None:
        return "There is no failing case that could be shown."
    evidence = case.evidence
    values = dict(evidence.inputs)
    if evidence.difference.kind != "raises":
        values |= {"yours": evidence.yours, "wanted": evidence.wanted}
    assignments = [assignment(label, value) for label, value in values.items()]
    return "\n\n".join([f"{case.name}: {call_of(evidence)}", *assignments])
