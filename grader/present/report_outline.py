"""What a report says, before it has a form: text and HTML lay out the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from grader.present.arrays import beside, describe_argument
from grader.present.readable import readable
from grader.present.style import points
from grader.records import CaseResult, Diagnosis, Evidence, Outcome, Report
from grader.records.text import Code, Paragraph, Text, parse

WORDS = {
    Outcome.PASSED: "PASSED",
    Outcome.FAILED: "NOT YET",
    Outcome.NOT_ATTEMPTED: "NOT ATTEMPTED",
    Outcome.CRASHED: "CRASHED",
    Outcome.TIMED_OUT: "TIMED OUT",
    Outcome.OUT_OF_MEMORY: "OUT OF MEMORY",
    Outcome.REFUSED: "REFUSED",
    Outcome.GRADER_ERROR: "THE GRADER'S FAULT",
}
CHECK_WORDS = WORDS | {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "WRONG",
    Outcome.TIMED_OUT: "TIME OUT",
    Outcome.OUT_OF_MEMORY: "MEMORY",
    Outcome.SKIPPED: "skipped",
}


class Row(NamedTuple):
    """A check and what to say of it; with `is_above`, an earlier row says the same."""

    check: CaseResult
    message: Text
    is_above: bool


class FailingCase(NamedTuple):
    """A failing check to be worked by hand."""

    name: str
    evidence: Evidence

    def lines(self, width: int) -> list[str]:
        """Return the call, its arguments, and yours beside wanted."""
        inputs = self.evidence.inputs.items()
        arguments = [line for item in inputs for line in describe_argument(*item)]
        table = beside(self.evidence, width)
        lines = [call_of(self.evidence), *arguments, *([""] if table else []), *table]
        return list(map(readable, lines))


def call_of(evidence: Evidence) -> str:
    """Return the call as it would be written with the arguments' names."""
    return f"{evidence.function}({', '.join(evidence.inputs)})"


def spoken(name: str) -> str:
    """Return the name of a check as it is read."""
    return name.replace("_", " ")


def score_of(scored: CaseResult | Report, between: str = "of") -> str:
    """Return the points gained and those to be had."""
    return f"{points(scored.points)} {between} {points(scored.max_points)}"


def explanations(report: Report) -> tuple[list[Diagnosis], Text]:
    """Return what concerns the file, and one thing to mend; then a word on what comes after it."""
    whole = [each for each in report.diagnosis if not each.function]
    functional = [each for each in report.diagnosis if each.function]
    if not functional:
        return whole, Text()
    first, *others = functional
    opening = first.message.blocks[0]
    is_named = isinstance(opening, Paragraph) and Code(first.function) in opening.spans
    if not is_named and len(functions_of(report)) > 1:
        first = replace(first, message=first.message.after(f"In `{first.function}`: "))
    more = []
    notes = [each for each in others if each.kind == "blame"]  # on what waits for the first
    more += [str(each.message) for each in notes if each.function == first.function]
    others = [each for each in others if each.function != first.function and each not in notes]
    if also := dict.fromkeys(f"`{each.function}`" for each in others):
        more.append(f"Mend that first. There is something to say on {' and '.join(also)}, too.")
    explained = {each.function for each in functional}
    more += [
        f"`{function}` is wrong too, in a way that is not recognised."
        for function in functions_of(report, Outcome.FAILED)
        if function not in explained
    ]
    return [*whole, first], parse(" ".join(more))


def functions_of(report: Report, outcome: Outcome | None = None) -> list[str]:
    """Return the functions of an exercise, or those with a check that has this outcome."""
    concerned = (c.function for c in report.checks if outcome in (None, c.outcome))
    return list(dict.fromkeys(concerned))


def failing_case(report: Report) -> FailingCase | None:
    """Return the first failing case that may be shown; cases are written from small to large.

    One of the function that is to be mended first comes before others.
    """
    first = next((each.function for each in report.diagnosis if each.function), "")
    found = [FailingCase(spoken(c.name), c.evidence) for c in report.checks if c.evidence]
    return min(found, key=lambda case: case.evidence.function != first, default=None)


def worth_listing(report: Report) -> bool:
    """Tell whether the checks say more than the verdict: not when none of them was made."""
    return any(check.outcome is not Outcome.SKIPPED for check in report.checks)


def rows_of(report: Report) -> dict[str, list[Row]]:
    """Return the checks of each function with what to say of them."""
    explained = {each.function for each in report.diagnosis if each.mistake}
    return {
        function: _rows([c for c in report.checks if c.function == function], function in explained)
        for function in functions_of(report)
    }


def _rows(checks: Sequence[CaseResult], is_explained: bool) -> list[Row]:
    rows: list[Row] = []
    found: set[tuple[Outcome, Text]] = set()
    for check in checks:
        is_above = (check.outcome, check.message) in found
        message = Text() if is_above else _message(check, is_explained, bool(found))
        if message:
            found.add((check.outcome, check.message))
        rows.append(Row(check, message, is_above))
    return rows


def _message(check: CaseResult, is_explained: bool, has_example: bool) -> Text:
    """Return what to say of a check, but for what follows from the mistake that is named.

    A shape is always said: it is a clue of its own, which the numbers that differ are not.
    """
    if not is_explained:
        return check.message
    if check.evidence is None:
        return check.brief or check.message
    is_clue = check.evidence.difference.kind in ("shape", "type")
    return check.message if is_clue or not has_example else Text()
