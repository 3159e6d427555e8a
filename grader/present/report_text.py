"""A report as a learner reads it in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from grader.present.failing_case import FailingCase
from grader.present.printed_text import printed_text
from grader.present.prose_text import packed, within, wrapped
from grader.present.readable import readable
from grader.present.report_outline import (
    CHECK_WORDS,
    WORDS,
    Row,
    explanations,
    failing_case,
    rows_of,
    score_of,
    spoken,
    worth_listing,
)
from grader.present.style import Style
from grader.records import Diagnosis, Outcome, Report
from grader.records.text import Text, parse

_INWARDS = " " * 12  # below the name of a check
_ROLES = {Outcome.PASSED: "good", Outcome.SKIPPED: "faint", Outcome.NOT_ATTEMPTED: "warn"}


def render_report(report: Report, style: Style, next_step: str = "") -> str:
    """Return the whole report: verdict, diagnosis, checks, one failing case, prints, next step."""
    diagnosis, more = explanations(report, is_whole=True)
    blocks = [
        head(report, style),
        *(_diagnosis(each, style) for each in diagnosis),
        style.wrap(more, "  "),
        *(_checks(report, style) if worth_listing(report) else []),
    ]
    if case := failing_case(report):
        blocks.append(_failing_case(case, f"The smallest failing check: {case.name}", style))
    if report.outcome is not Outcome.PASSED:
        blocks.append(printed(printed_text(report), style))
    blocks.append(_footer(report, style, next_step))
    return joined([within(block, style.width) for block in blocks])


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


def same_inputs(report: Report) -> str:
    """Return how to draw the same inputs again."""
    return f"Same inputs again: --seed {report.seed}"


def steps(next_step: str, style: Style, most: int | None = None) -> list[str]:
    """Return what to do next, and below it other things to type, at most so many of them."""
    first, *others = [str(Text((group,))) for group in parse(next_step).groups] or [""]
    return [*style.wrap(first), *packed(others[:most], style.width)]


def joined(blocks: Sequence[Sequence[str]]) -> str:
    """Return blocks of lines as text, a blank line between them."""
    return "\n\n".join("\n".join(block) for block in blocks if block)


def head(report: Report, style: Style) -> list[str]:
    """Return what a report begins with: the exercise, the verdict, the points, and the file."""
    path = style.fold(f"  {report.path}")
    return [*headline(report, style), *(style.paint(line, "faint") for line in path)]


def headline(report: Report, style: Style) -> list[str]:
    """Return the exercise, the verdict and the points, in one line where they fit."""
    score = f"{score_of(report)} points" if report.checks else ""
    name, word = readable(report.exercise), WORDS[report.outcome]
    room = style.width - len(name) - len(word) - 2
    line = f"{style.paint(name, 'bold')}  {_outcome(report, style)}"
    if room >= len(score) + 2:
        return [f"{line}{score:>{room}}"]
    scores = [f"  {score}"] if score else []
    if room >= 0:
        return [line, *scores]
    names = [style.paint(part, "bold") for part in style.fold(name)]
    return [*names, f"  {_outcome(report, style)}", *scores]


def again(report: Report, style: Style) -> list[str]:
    """Return how to draw the same inputs again, and where the code was run."""
    release = f", release: {report.release}" if report.release else ""
    lines = packed([same_inputs(report), f"(tier: {report.tier}{release})"], style.width)
    if report.release:
        lines += style.wrap("For practice: marks come from the whole course, with fresh inputs.")
    if report.imports:
        lines += style.wrap(f"Imported: {', '.join(report.imports)}")
    return [style.paint(line, "faint") for line in lines]


def printed(text: str, style: Style, most: int = 10) -> list[str]:
    """Return the first lines of what the code printed, and how many there are besides."""
    if not text.strip():
        return []
    lines = text.rstrip().split("\n")
    first = [part for line in lines[:most] for part in style.fold(f"    {line}")]
    more = [f"    ... and {len(lines) - most} lines more"] if len(lines) > most else []
    return [style.paint("  Your code printed", "bold"), *first, *more]


def _outcome(report: Report, style: Style) -> str:
    return style.paint(WORDS[report.outcome], _ROLES.get(report.outcome, "bad"))


def _diagnosis(diagnosis: Diagnosis, style: Style) -> list[str]:
    first, *rest = style.wrap(diagnosis.message, "  ")
    return [style.paint(first, "bold"), *rest]


def _checks(report: Report, style: Style) -> list[list[str]]:
    rows_by_function = rows_of(report)
    scores = max(len(score_of(check, "/")) for check in report.checks)
    longest = max(len(check.name) for check in report.checks)
    width = min(longest, style.width - len(_INWARDS) - scores - 2)
    blocks = []
    for function, rows in rows_by_function.items():
        lines = [style.paint(f"  {function}", "name")] if len(rows_by_function) > 1 else []
        blocks.append([*lines, *(line for row in rows for line in _row(row, width, style))])
    return blocks


def _row(row: Row, width: int, style: Style) -> list[str]:
    check = row.check
    word = style.paint(f"{CHECK_WORDS[check.outcome]:<8}", _ROLES.get(check.outcome, "bad"))
    name, *more = wrapped(spoken(check.name), width)
    names = [f"{_INWARDS}{part}" for part in more]
    end = f"  {name:<{width}}  {score_of(check, '/')}"
    if row.is_above and len(_INWARDS) + len(end) + 8 <= style.width:
        return [f"  {word}{end}  as above", *names]
    message = parse("as above") if row.is_above else row.message
    return [f"  {word}{end}", *names, *style.wrap(message, _INWARDS)]


def _failing_case(case: FailingCase, title: str, style: Style) -> list[str]:
    titles = [style.paint(line, "bold") for line in style.fold(f"  {title}")]
    return [*titles, *(f"    {line}".rstrip() for line in case.lines(style.width - 4))]


def _footer(report: Report, style: Style, next_step: str) -> list[str]:
    return [*steps(next_step, style), *again(report, style)]
