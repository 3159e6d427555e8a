"""What a report says, before it has a form: text and HTML lay out the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from grader.present.failing_case import FailingCase
from grader.present.style import points
from grader.records import CaseResult, Diagnosis, Outcome, Report
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
IN_THE_TABLE = ("values", "nan", "text")  # differences that yours beside wanted shows
MAX_NAMES = 3  # functions that a sentence lists
MAX_FAILED = 8  # checks that a count names


class Row(NamedTuple):
    """A check and what to say of it; with `is_above`, an earlier row says the same."""

    check: CaseResult
    message: Text
    is_above: bool


def spoken(name: str) -> str:
    """Return the name of a check as it is read."""
    return name.replace("_", " ")


def score_of(scored: CaseResult | Report, between: str = "of") -> str:
    """Return the points gained and those to be had."""
    return f"{points(scored.points)} {between} {points(scored.max_points)}"


def explanations(report: Report, is_whole: bool = False) -> tuple[list[Diagnosis], Text]:
    """Return what concerns the file, and one thing to mend; then a word on what comes after it.

    `is_whole`, what there is to say on other functions follows, and not only that there is.
    """
    whole = [each for each in report.diagnosis if not each.function]
    functional = [each for each in report.diagnosis if each.function]
    if not functional:
        return whole, Text()
    first, *others = functional
    more = []
    notes = [each for each in others if each.kind == "blame"]  # on what waits for the first
    more += [str(each.message) for each in notes if each.function == first.function]
    others = [each for each in others if each.function != first.function and each not in notes]
    told = [_placed(each, report) for each in others if is_whole]
    if not told and (also := list(dict.fromkeys(each.function for each in others))):
        more.append(f"Mend that first. There is something to say on {_named(also)}, too.")
    explained = {each.function for each in functional}
    wrong = [f for f in functions_of(report, Outcome.FAILED) if f not in explained]
    if wrong:
        verb = "is" if len(wrong) == 1 else "are"
        more.append(f"{_named(wrong)} {verb} wrong too, in a way that is not recognised.")
    return [*whole, _placed(first, report), *told], parse(" ".join(more))


def _placed(diagnosis: Diagnosis, report: Report) -> Diagnosis:
    """Return a diagnosis that says of which function it is, where there are several."""
    opening = diagnosis.message.blocks[0]
    is_named = isinstance(opening, Paragraph) and Code(diagnosis.function) in opening.spans
    if is_named or len(functions_of(report)) == 1:
        return diagnosis
    return replace(diagnosis, message=diagnosis.message.after(f"In `{diagnosis.function}`: "))


def _named(functions: Sequence[str]) -> str:
    """Return functions as they are named in a sentence: the first few, and how many there are."""
    names = [f"`{name}`" for name in functions]
    if len(names) > MAX_NAMES:
        names = [*names[: MAX_NAMES - 1], f"{len(names) - MAX_NAMES + 1} others"]
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def functions_of(report: Report, outcome: Outcome | None = None) -> list[str]:
    """Return the functions of an exercise, or those with a check that has this outcome."""
    concerned = (c.function for c in report.checks if outcome in (None, c.outcome))
    return list(dict.fromkeys(concerned))


def failing_case(report: Report) -> FailingCase | None:
    """Return the first failing case that may be shown; cases are written from small to large.

    One of the function that is to be mended first comes before others.
    """
    first = _mended_first(report)
    found = [FailingCase(spoken(c.name), c.evidence) for c in report.checks if c.evidence]
    return min(found, key=lambda case: case.evidence.function != first, default=None)


def failing_check(report: Report) -> CaseResult | None:
    """Return the first check that failed, of the function that is to be mended first if it can be.

    Hidden checks come after the others, and those that were not made come last.
    """
    first = _mended_first(report)
    failed = (check for check in report.checks if not check.passed)
    return min(
        failed,
        key=lambda c: (c.outcome is Outcome.SKIPPED, c.function != first, c.hidden),
        default=None,
    )


def _mended_first(report: Report) -> str:
    return next((each.function for each in report.diagnosis if each.function), "")


class Example(NamedTuple):
    """A check that failed, what to say of it, and what there is to work by hand."""

    name: str
    message: Text
    case: FailingCase | None

    @property
    def is_in_the_table(self) -> bool:
        """Whether yours beside wanted says what the message does."""
        kind = self.case.evidence.difference.kind if self.case else ""
        return kind in IN_THE_TABLE


def trouble_of(report: Report) -> list[Text]:
    """Return what to mend first: what is known of it, or else what the first failing check says."""
    diagnosis, more = explanations(report)
    texts = [each.message for each in diagnosis]
    check = failing_check(report)
    if check and worth_listing(report) and all(each.kind == "blame" for each in diagnosis):
        where = f"In `{check.function}`: " if len(functions_of(report)) > 1 else ""
        texts.append(check.message.after(where))
    return [text for text in (*texts, more) if text]


def example_of(report: Report) -> Example | None:
    """Return the smallest failing check, with what was not said of it already."""
    check = failing_check(report)
    if check is None or not worth_listing(report):
        return None
    name, message = spoken(check.name), _unsaid(check, report)
    if check.evidence:
        return Example(name, message, FailingCase(name, check.evidence))
    is_of_the_file = any(d.kind == "damage" and not d.function for d in report.diagnosis)
    return None if is_of_the_file or not message else Example(name, message, None)


def of_one_check(report: Report, check: CaseResult) -> Report:
    """Return a report on one check that did not pass, and on what concerns its function."""
    concerning = tuple(d for d in report.diagnosis if d.function in ("", check.function))
    return replace(report, checks=(check,), diagnosis=concerning)


def _unsaid(check: CaseResult, report: Report) -> Text:
    """Return the message of a check, but for what stands in the report already."""
    is_explained = any(d.mistake and d.function == check.function for d in report.diagnosis)
    message = check.message
    if is_explained:
        is_in_the_table = check.evidence and check.evidence.difference.kind in IN_THE_TABLE
        message = Text() if is_in_the_table else check.brief or message
    said = "\n".join(map(str, trouble_of(report)))
    groups = (tuple(b for b in group if str(b) not in said) for group in message.groups)
    return Text(tuple(group for group in groups if group))


def count_of(report: Report, most: int | None = None) -> str:
    """Return how many checks passed, and which did not, at most so many of them by name."""
    passed = sum(check.passed for check in report.checks)
    failed = [c for c in report.checks if not c.passed and c.outcome is not Outcome.SKIPPED]
    named = failed[:most]
    text = f"{passed} of {len(report.checks)} checks passed."
    if not named:
        return text
    several = len(functions_of(report)) > 1
    lists = []
    for function in dict.fromkeys(check.function for check in named):
        names = ", ".join(spoken(check.name) for check in named if check.function == function)
        lists.append(f" in {function}: {names}" if several else f": {names}")
    more = f", and {len(failed) - len(named)} more" if len(failed) > len(named) else ""
    return f"{text} Failed{';'.join(lists)}{more}."


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
    is_clue = check.evidence.difference.kind in ("shape", "type", "content", "check")
    return check.message if is_clue or not has_example else Text()
