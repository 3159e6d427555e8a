"""A report as a learner reads it in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from grader.present.printed_text import printed_text
from grader.present.report_outline import (
    CHECK_WORDS,
    WORDS,
    FailingCase,
    Row,
    explanations,
    failing_case,
    rows_of,
    score_of,
    spoken,
    worth_listing,
)
from grader.present.style import Style
from grader.records import CaseResult, Diagnosis, Outcome, Report

_ROLES = {Outcome.PASSED: "good", Outcome.SKIPPED: "faint", Outcome.NOT_ATTEMPTED: "warn"}


def render_report(
    report: Report, style: Style, next_step: str = "", height: int | None = None
) -> str:
    """Return the whole report as text: verdict, diagnosis, checks, one failing case, next step.

    Where it would have more lines than `height`, what matters least goes first: the checks that
    passed, then the failing case, and at last all checks.
    """
    footer = _footer(report, style, next_step)
    for left_out in (), ("passed",), ("passed", "case"), ("passed", "case", "checks"):
        text = _join([*_body(report, style, left_out), footer])
        if height is None or text.count("\n") < height:
            break
    return text


def render_in_passing(report: Report, style: Style) -> str:
    """Return one of several reports: a line where there is nothing to mend, else all but its end.

    What comes next, and how to see the same inputs again, is said once for all of them.
    """
    if report.outcome in (Outcome.PASSED, Outcome.NOT_ATTEMPTED):
        return _headline(report, style)
    return f"\n{_join(_body(report, style))}\n"


def render_check(report: Report, check: CaseResult, style: Style) -> str:
    """Return one check that did not pass, apart from the others: what it found, and why."""
    concerning = [d for d in report.diagnosis if d.function in ("", check.function)]
    blocks = [style.wrap(check.message, "  "), *(_diagnosis(each, style) for each in concerning)]
    if check.evidence:
        case = FailingCase(spoken(check.name), check.evidence)
        blocks.insert(1, _failing_case(case, case.name, style))
    return _join(blocks)


def render_summary(
    reports: Sequence[Report], style: Style, listed: Sequence[Report] | None = None
) -> str:
    """Return one line for each of several reports, or for those `listed`, and their sum."""
    listed = reports if listed is None else listed
    width = max((len(report.exercise) for report in listed), default=0)
    lines = [
        f"  {report.exercise:<{width}}  {score_of(report):>13}  {_outcome(report, style)}"
        for report in listed
    ]
    passed = sum(report.outcome is Outcome.PASSED for report in reports)
    return "\n".join([*lines, f"{passed} of {len(reports)} exercises passed."])


def render_end(reports: Sequence[Report], style: Style, next_step: str = "") -> str:
    """Return what ends several reports: those that are not passed, the sum, and what is next."""
    open_ones = [report for report in reports if report.outcome is not Outcome.PASSED]
    summary = [render_summary(reports, style, open_ones)]
    return _join([summary, _footer(reports[-1], style, next_step)])


def _body(report: Report, style: Style, left_out: Sequence[str] = ()) -> list[list[str]]:
    diagnosis, more = explanations(report)
    blocks = [
        [_headline(report, style), style.paint(f"  {report.path}", "faint")],
        *(_diagnosis(each, style) for each in diagnosis),
        style.wrap(more, "  "),
    ]
    if "checks" not in left_out and worth_listing(report):
        blocks += _checks(report, style, "passed" not in left_out)
    if "case" not in left_out and (case := failing_case(report)):
        blocks.append(_failing_case(case, f"The smallest failing check: {case.name}", style))
    blocks.append(
        _printed(printed_text(report), style) if report.outcome is not Outcome.PASSED else []
    )
    return blocks


def _join(blocks: Sequence[Sequence[str]]) -> str:
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _outcome(report: Report, style: Style) -> str:
    return style.paint(WORDS[report.outcome], _ROLES.get(report.outcome, "bad"))


def _headline(report: Report, style: Style) -> str:
    score = f"{score_of(report)} points" if report.checks else ""
    room = style.width - len(report.exercise) - len(WORDS[report.outcome]) - 2
    name = style.paint(report.exercise, "bold")
    return f"{name}  {_outcome(report, style)}{score:>{max(room, len(score) + 2)}}"


def _diagnosis(diagnosis: Diagnosis, style: Style) -> list[str]:
    first, *rest = style.wrap(diagnosis.message, "  ")
    return [style.paint(first, "bold"), *rest]


def _checks(report: Report, style: Style, with_passed: bool) -> list[list[str]]:
    width = max(len(check.name) for check in report.checks)
    rows_by_function = rows_of(report)
    blocks = []
    for function, rows in rows_by_function.items():
        lines = [style.paint(f"  {function}", "name")] if len(rows_by_function) > 1 else []
        for row in rows:
            if with_passed or not row.check.passed:
                lines += _row(row, width, style)
        blocks.append(lines)
    passed = sum(check.passed for check in report.checks)
    return [*blocks, [] if with_passed or not passed else [f"  and {passed} checks that passed"]]


def _row(row: Row, width: int, style: Style) -> list[str]:
    check = row.check
    word = style.paint(f"{CHECK_WORDS[check.outcome]:<8}", _ROLES.get(check.outcome, "bad"))
    line = f"  {word}  {spoken(check.name):<{width}}  {score_of(check, '/')}"
    if row.is_above:
        return [f"{line}  as above"]
    return [line, *style.wrap(row.message, " " * 12)]


def _failing_case(case: FailingCase, title: str, style: Style) -> list[str]:
    lines = [f"    {line}".rstrip() for line in case.lines(style.width - 4)]
    return [style.paint(f"  {title}", "bold"), *lines]


def _printed(text: str, style: Style) -> list[str]:
    if not text.strip():
        return []
    lines = text.rstrip().split("\n")
    first = [folded for line in lines[:10] for folded in style.fold(f"    {line}")]
    more = [f"    ... and {len(lines) - 10} lines more"] if len(lines) > 10 else []
    return [style.paint("  Your code printed", "bold"), *first, *more]


def _footer(report: Report, style: Style, next_step: str) -> list[str]:
    release = f", release: {report.release}" if report.release else ""
    again = f"Same inputs again: --seed {report.seed}   (tier: {report.tier}{release})"
    return [*style.wrap(next_step), style.paint(again, "faint")]
