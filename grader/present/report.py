"""A report as a learner reads it in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from grader.present.arrays import beside, describe_argument
from grader.present.style import Style, points, readable
from grader.records import CaseResult, Diagnosis, Evidence, Outcome, Report

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
_CHECK_WORDS = WORDS | {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "WRONG",
    Outcome.TIMED_OUT: "TIME OUT",
    Outcome.OUT_OF_MEMORY: "MEMORY",
    Outcome.SKIPPED: "skipped",
}
_ROLES = {Outcome.PASSED: "good", Outcome.SKIPPED: "faint", Outcome.NOT_ATTEMPTED: "warn"}


def render_report(report: Report, style: Style, next_step: str = "") -> str:
    """Return the whole report as text: verdict, diagnosis, checks, one failing case, next step."""
    blocks = [
        [_headline(report, style), style.paint(f"  {readable(report.path)}", "faint")],
        *_explained(report.diagnosis, style),
    ]
    if _worth_listing(report):
        blocks += _checks(report, style)
        if evidence := smallest_evidence(report.checks):
            title = f"  The smallest failing check: {_spoken(evidence[0])}"
            blocks.append(_evidence(title, evidence[1], style))
    blocks.append(_printed(report.printed, style) if report.outcome is not Outcome.PASSED else [])
    blocks.append(_footer(report, style, next_step))
    return "\n\n".join("\n".join(block) for block in blocks if block)


def render_check(report: Report, check: CaseResult, style: Style) -> str:
    """Return one check that did not pass, apart from the others: what it found, and why."""
    told = style.wrap(readable(check.message), "  ")
    concerning = [d for d in report.diagnosis if d.function in ("", check.function)]
    blocks = [told, *(_diagnosis(each, style) for each in concerning)]
    if check.evidence:
        blocks.insert(1, _evidence(f"  {_spoken(check.name)}", check.evidence, style))
    return "\n\n".join("\n".join(block) for block in blocks if block)


def render_summary(reports: Sequence[Report], style: Style) -> str:
    """Return one line for each of several reports, and their sum."""
    width = max(len(report.exercise) for report in reports)
    lines = [
        f"  {report.exercise:<{width}}  {_score(report):>13}  "
        + style.paint(WORDS[report.outcome], _ROLES.get(report.outcome, "bad"))
        for report in reports
    ]
    passed = sum(report.outcome is Outcome.PASSED for report in reports)
    return "\n".join([*lines, f"{passed} of {len(reports)} exercises passed."])


def smallest_evidence(checks: Sequence[CaseResult]) -> tuple[str, Evidence] | None:
    """Return the first failing case that may be shown; cases are written from small to large."""
    shown = ((check.name, check.evidence) for check in checks if check.evidence)
    return next(((name, evidence) for name, evidence in shown if evidence), None)


def _headline(report: Report, style: Style) -> str:
    word = style.paint(WORDS[report.outcome], _ROLES.get(report.outcome, "bad"))
    score = f"{_score(report)} points" if report.checks else ""
    room = style.width - len(report.exercise) - len(WORDS[report.outcome]) - 2
    return f"{style.paint(report.exercise, 'bold')}  {word}{score:>{max(room, len(score) + 2)}}"


def _score(report: Report) -> str:
    return f"{points(report.points)} of {points(report.max_points)}"


def _explained(diagnosis: Sequence[Diagnosis], style: Style) -> list[list[str]]:
    """Return what concerns the file, and one thing to mend; the others come when that is done."""
    whole = [each for each in diagnosis if not each.function]
    functional = [each for each in diagnosis if each.function]
    blocks = [_diagnosis(each, style) for each in [*whole, *functional[:1]]]
    if functions := list(dict.fromkeys(each.function for each in functional[1:])):
        told = f"Mend that first. There is something to say on {' and '.join(functions)}, too."
        blocks.append(style.wrap(told, "  "))
    return blocks


def _diagnosis(diagnosis: Diagnosis, style: Style) -> list[str]:
    first, *rest = style.wrap(readable(diagnosis.message), "  ")
    return [style.paint(first, "bold"), *rest]


def _worth_listing(report: Report) -> bool:
    """Tell whether the checks say more than the verdict: not when none of them was made."""
    return any(check.outcome is not Outcome.SKIPPED for check in report.checks)


def _checks(report: Report, style: Style) -> list[list[str]]:
    functions = list(dict.fromkeys(check.function for check in report.checks))
    width = max(len(check.name) for check in report.checks)
    explained = {diagnosis.function for diagnosis in report.diagnosis if diagnosis.mistake}
    blocks = []
    for function in functions:
        above = ""
        lines = [style.paint(f"  {function}", "name")] if len(functions) > 1 else []
        for check in report.checks:
            if check.function == function:
                known = function in explained and bool(above) and check.evidence is not None
                lines += _check(check, width, above, known, style)
                above = check.message or above
        blocks.append(lines)
    return blocks


def _check(check: CaseResult, width: int, above: str, known: bool, style: Style) -> list[str]:
    """Return a check's line and its message, unless that stands `above` or is `known` already."""
    word = f"{_CHECK_WORDS[check.outcome]:<8}"
    name = _spoken(check.name)
    score = f"{points(check.points)} / {points(check.max_points)}"
    painted = style.paint(word, _ROLES.get(check.outcome, "bad"))
    line = f"  {painted}  {name:<{width}}  {score}"
    if not check.message or known:
        return [line]
    if check.message == above:
        return [f"{line}  as above"]
    return [line, *style.wrap(readable(check.message), " " * 12)]


def _evidence(title: str, evidence: Evidence, style: Style) -> list[str]:
    call = f"{evidence.function}({', '.join(evidence.inputs)})"
    arguments = [
        f"    {line}"
        for name, value in evidence.inputs.items()
        for line in describe_argument(name, value)
    ]
    table = [f"    {line}".rstrip() for line in beside(evidence, style.width - 4)]
    lines = [style.paint(title, "bold"), f"    {call}", *arguments]
    return [*lines, "", *table] if table else lines


def _spoken(name: str) -> str:
    return name.replace("_", " ")


def _printed(text: str, style: Style) -> list[str]:
    if not text.strip():
        return []
    lines = readable(text).rstrip().split("\n")
    cut = [f"    ... and {len(lines) - 10} lines more"] if len(lines) > 10 else []
    return [
        style.paint("  Your code printed", "bold"),
        *(f"    {line}" for line in lines[:10]),
        *cut,
    ]


def _footer(report: Report, style: Style, next_step: str) -> list[str]:
    release = f", release: {report.release}" if report.release else ""
    again = f"Same inputs again: --seed {report.seed}   (tier: {report.tier}{release})"
    return [*(style.wrap(next_step) if next_step else []), style.paint(again, "faint")]
