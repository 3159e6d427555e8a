"""A report as a learner reads it in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
CHECK_WORDS = WORDS | {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "WRONG",
    Outcome.TIMED_OUT: "TIME OUT",
    Outcome.OUT_OF_MEMORY: "MEMORY",
    Outcome.SKIPPED: "skipped",
}
_ROLES = {Outcome.PASSED: "good", Outcome.SKIPPED: "faint", Outcome.NOT_ATTEMPTED: "warn"}


def render_report(
    report: Report, style: Style, next_step: str = "", height: int | None = None
) -> str:
    """Return the whole report as text: verdict, diagnosis, checks, one failing case, next step.

    Where it would have more lines than `height`, what is told last of all goes first: the checks
    that passed, then the failing case, and at last all checks.
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


def _body(report: Report, style: Style, left_out: Sequence[str] = ()) -> list[list[str]]:
    blocks = [
        [_headline(report, style), style.paint(f"  {readable(report.path)}", "faint")],
        *_explained(report, style),
    ]
    if "checks" not in left_out and worth_listing(report):
        blocks += _checks(report, style, "passed" not in left_out)
    if "case" not in left_out and (found := smallest_evidence(report.checks, headed(report))):
        title = f"  The smallest failing check: {_spoken(found[0])}"
        blocks.append(_evidence(title, found[1], style))
    blocks.append(_printed(report.printed, style) if report.outcome is not Outcome.PASSED else [])
    return blocks


def _join(blocks: Sequence[Sequence[str]]) -> str:
    return "\n\n".join("\n".join(block) for block in blocks if block)


def render_check(report: Report, check: CaseResult, style: Style) -> str:
    """Return one check that did not pass, apart from the others: what it found, and why."""
    told = style.wrap(readable(check.message), "  ")
    concerning = [d for d in report.diagnosis if d.function in ("", check.function)]
    blocks = [told, *(_diagnosis(each, style) for each in concerning)]
    if check.evidence:
        blocks.insert(1, _evidence(f"  {_spoken(check.name)}", check.evidence, style))
    return _join(blocks)


def render_summary(
    reports: Sequence[Report], style: Style, listed: Sequence[Report] | None = None
) -> str:
    """Return one line for each of several reports, or for those `listed`, and their sum."""
    listed = reports if listed is None else listed
    width = max((len(report.exercise) for report in listed), default=0)
    lines = [
        f"  {report.exercise:<{width}}  {_score(report):>13}  "
        + style.paint(WORDS[report.outcome], _ROLES.get(report.outcome, "bad"))
        for report in listed
    ]
    passed = sum(report.outcome is Outcome.PASSED for report in reports)
    return "\n".join([*lines, f"{passed} of {len(reports)} exercises passed."])


def render_end(reports: Sequence[Report], style: Style, next_step: str = "") -> str:
    """Return what ends several reports: those that are not passed, the sum, and what is next."""
    open_ones = [report for report in reports if report.outcome is not Outcome.PASSED]
    told = [render_summary(reports, style, open_ones)]
    return _join([told, _footer(reports[-1], style, next_step)])


def smallest_evidence(
    checks: Sequence[CaseResult], function: str = ""
) -> tuple[str, Evidence] | None:
    """Return the first failing case that may be shown; cases are written from small to large.

    One of the `function` that is spoken of comes before others.
    """
    shown = [(check.name, check.evidence) for check in checks if check.evidence]
    shown.sort(key=lambda found: found[1].function != function)
    return shown[0] if shown else None


def headed(report: Report) -> str:
    """Return the function that the first thing to mend is about, or nothing."""
    return next((each.function for each in report.diagnosis if each.function), "")


def _headline(report: Report, style: Style) -> str:
    word = style.paint(WORDS[report.outcome], _ROLES.get(report.outcome, "bad"))
    score = f"{_score(report)} points" if report.checks else ""
    room = style.width - len(report.exercise) - len(WORDS[report.outcome]) - 2
    return f"{style.paint(report.exercise, 'bold')}  {word}{score:>{max(room, len(score) + 2)}}"


def _score(report: Report) -> str:
    return f"{points(report.points)} of {points(report.max_points)}"


def _explained(report: Report, style: Style) -> list[list[str]]:
    told, more = explanations(report)
    blocks = [_diagnosis(each, style) for each in told]
    return [*blocks, style.wrap(more, "  ")] if more else blocks


def explanations(report: Report) -> tuple[list[Diagnosis], str]:
    """Return what concerns the file, and one thing to mend; then a word on what comes after it."""
    whole = [each for each in report.diagnosis if not each.function]
    functional = [each for each in report.diagnosis if each.function]
    if not functional:
        return whole, ""
    first, *others = functional
    if first.function not in first.message.partition("\n")[0] and len(_functions(report)) > 1:
        first = replace(first, message=f"In `{first.function}`: {first.message}")
    more = []
    if functions := dict.fromkeys(f"`{each.function}`" for each in others):
        told = f"There is something to say on {' and '.join(functions)}, too."
        more.append(f"Mend that first. {told}")
    explained = {each.function for each in functional}
    more += [
        f"`{function}` is wrong too, in a way that is not recognised."
        for function in _functions(report, Outcome.FAILED)
        if function not in explained
    ]
    return [*whole, first], " ".join(more)


def _functions(report: Report, outcome: Outcome | None = None) -> list[str]:
    """Return the functions of an exercise, or those with a check that has this outcome."""
    concerned = (c.function for c in report.checks if outcome in (None, c.outcome))
    return list(dict.fromkeys(concerned))


def _diagnosis(diagnosis: Diagnosis, style: Style) -> list[str]:
    first, *rest = style.wrap(readable(diagnosis.message), "  ")
    return [style.paint(first, "bold"), *rest]


def worth_listing(report: Report) -> bool:
    """Tell whether the checks say more than the verdict: not when none of them was made."""
    return any(check.outcome is not Outcome.SKIPPED for check in report.checks)


def _checks(report: Report, style: Style, with_passed: bool = True) -> list[list[str]]:
    functions = _functions(report)
    width = max(len(check.name) for check in report.checks)
    explained = {diagnosis.function for diagnosis in report.diagnosis if diagnosis.mistake}
    blocks = []
    for function in functions:
        told: set[str] = set()
        lines = [style.paint(f"  {function}", "name")] if len(functions) > 1 else []
        for check in report.checks:
            if check.function == function and (with_passed or not check.passed):
                message = _message(check, told, function in explained)
                lines += _check(check, message, width, style)
                told.add(check.message)
        blocks.append(lines)
    passed = sum(check.passed for check in report.checks)
    kept_back = [] if with_passed or not passed else [[f"  and {passed} checks that passed"]]
    return [*(lines for lines in blocks if lines), *kept_back]


def _message(check: CaseResult, told: set[str], is_explained: bool) -> str:
    """Return what to say of a check: not what was told before, nor what follows from a mistake.

    A shape is always told: it is a clue of its own, which the numbers that differ are not.
    """
    if check.message and check.message in told:
        return "as above"
    evidence = check.evidence
    if not is_explained or evidence is None:
        return check.brief if is_explained and check.brief else check.message
    is_clue = evidence.difference.kind in ("shape", "type") or not any(told)
    return check.message if is_clue else ""


def _check(check: CaseResult, message: str, width: int, style: Style) -> list[str]:
    word = f"{CHECK_WORDS[check.outcome]:<8}"
    score = f"{points(check.points)} / {points(check.max_points)}"
    painted = style.paint(word, _ROLES.get(check.outcome, "bad"))
    line = f"  {painted}  {_spoken(check.name):<{width}}  {score}"
    if message == "as above":
        return [f"{line}  as above"]
    return [line, *style.wrap(readable(message), " " * 12)] if message else [line]


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
    shown = [folded for line in lines[:10] for folded in style.fold(f"    {line}")]
    return [style.paint("  Your code printed", "bold"), *shown, *cut]


def _footer(report: Report, style: Style, next_step: str) -> list[str]:
    release = f", release: {report.release}" if report.release else ""
    again = f"Same inputs again: --seed {report.seed}   (tier: {report.tier}{release})"
    return [*(style.wrap(next_step) if next_step else []), style.paint(again, "faint")]
