"""Grades for Gradescope: `python -m grader.classroom.platforms.gradescope /autograder`.

Read there: `source/` (the autograder as it was packed) and `submission/`. Written there:
`results/results.json`. Only the staff sees what is printed.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from grader.classroom.platforms.assignment import Assignment, read_assignment
from grader.classroom.platforms.uploads import lay_out
from grader.errors import say_fault
from grader.grading.batch import Job, Pool
from grader.learner.outside.sandbox import Sandbox
from grader.present.readable import all_readable, readable
from grader.present.report_text import render_report, render_summary
from grader.present.style import Style
from grader.records import CaseResult, Outcome, Report
from grader.records.text import listed

_UNWALLED = (
    "This machine offers no walls: submissions run as another user, and that is all. Verdicts are"
    " honest all the same. docs/security.md says what each tier keeps out."
)

_NOT_JUDGED = (
    "NOT JUDGED: the grader failed, and not you. The points for {} say nothing: they are to be"
    " given when your teachers have mended it and run this again."
)
_UNSHOWN = "The report cannot be shown. What every check gave is below."
_WITHOUT_REPORT = (Outcome.PASSED, Outcome.NOT_ATTEMPTED, Outcome.GRADER_ERROR)


def main(root: Path) -> int:
    """Grade what was submitted and write the results, whatever happens; 3 for a fault of ours.

    Without results Gradescope blames the submission. So a fault of ours is written down as what it
    is: what was judged keeps its points, and the student is told that the rest is not judged yet.
    """
    place = root / "results" / "results.json"
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        results = _grade(root)
    except Exception as error:  # whatever it is, it is not the student's
        print(readable(say_fault(error)))
        results = _unjudged()
    whole = place.with_suffix(".part")
    whole.write_text(json.dumps(results, indent=2), "utf-8")
    os.replace(whole, place)
    return 3 if results["extra_data"].get("not_judged") else 0


def _unjudged() -> dict[str, Any]:
    """Return results in which nothing was judged."""
    return {
        "score": 0.0,
        "output": _NOT_JUDGED.format("your submission"),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [],
        "extra_data": {"not_judged": ["everything"]},
    }


def _grade(root: Path) -> dict[str, Any]:
    source = root / "source"
    assignment = read_assignment(source)
    with TemporaryDirectory() as scratch, Sandbox() as sandbox:
        place = Path(scratch, "course")
        uploads = lay_out(source / "course", root / "submission", place, assignment.exercises)
        jobs = [Job(name, uploads.answers.get(name)) for name in assignment.exercises]
        graded = (report for _, report in Pool(uploads.course, sandbox).grade(jobs))
        results = results_of(graded, assignment, uploads.notes)
        print(f"tier: {sandbox.tier}")
        if sandbox.notice:
            print(readable(sandbox.notice))
        if sandbox.tier == "process":
            print(_UNWALLED)
    return results


def results_of(
    graded: Iterable[Report], assignment: Assignment, notes: Sequence[str] = ()
) -> dict[str, Any]:
    """Return reports, taken one by one, as the results.json that Gradescope documents.

    A report of a fault of ours is printed, for the staff, and told to the student as one.
    """
    reports, texts = list[Report](), list[str]()
    for report in graded:  # what was compared may be large, and is shown at once or never
        texts.append(_text_of(report, assignment))
        reports.append(report.without_values())
    faults = [report for report in reports if report.outcome is Outcome.GRADER_ERROR]
    for message in dict.fromkeys(str(d.message) for report in faults for d in report.diagnosis):
        print(readable(message))
    failed = [report.exercise for report in faults]
    told = [_NOT_JUDGED.format(listed(failed))] if failed else []
    tests = [t for n, r in enumerate(reports, 1) for t in _tests(n, r, assignment.hidden_checks)]
    extra = {"seed": reports[0].seed, "tier": reports[0].tier} if reports else {}
    results = {
        "score": round(sum(report.points for report in reports), 4),
        "output": "\n\n".join([*told, _whole_output(reports, texts, assignment, notes)]),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "execution_time": round(sum(report.seconds for report in reports), 2),
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
        "extra_data": extra | ({"not_judged": failed} if failed else {}),
    }
    return dict(all_readable(results))


def _tests(number: int, report: Report, hidden_checks: str) -> list[dict[str, Any]]:
    """Return an entry for every check, or a single one for a file that was not checked at all."""
    if all(check.outcome is Outcome.SKIPPED for check in report.checks):
        whole = {"number": f"{number}", "name": report.exercise, "status": "failed"}
        message = "\n\n".join(str(each.message) for each in report.diagnosis)
        if report.outcome is Outcome.NOT_ATTEMPTED:
            message = "Not attempted."
        if report.outcome is Outcome.GRADER_ERROR:
            message = _NOT_JUDGED.format(report.exercise)
        return [whole | _points(0.0, report.max_points, message, "visible")]
    several = len({check.function for check in report.checks}) > 1
    return [
        {
            "number": f"{number}.{place}",
            "name": _name(report, check, several),
            "status": "passed" if check.passed else "failed",
            **_points(
                check.points,
                check.max_points,
                str(check.message),
                hidden_checks if check.hidden else "visible",
            ),
        }
        for place, check in enumerate(report.checks, 1)
    ]


def _points(score: float, max_score: float, output: str, visibility: str) -> dict[str, Any]:
    return {
        "score": score,
        "max_score": max_score,
        "output": output,
        "visibility": visibility,
    }


def _name(report: Report, check: CaseResult, several: bool) -> str:
    whose = f"{report.exercise}, {check.function}" if several else report.exercise
    return f"{whose}: {check.name.replace('_', ' ')}"


def _text_of(report: Report, assignment: Assignment) -> str:
    """Return what is wrong with a file, if anything is; points are not lost where that fails."""
    shown = _as_shown(report, assignment)
    try:
        return "" if shown.outcome in _WITHOUT_REPORT else render_report(shown, Style())
    except Exception as error:
        print(readable(say_fault(error)))
        return _UNSHOWN


def _whole_output(
    reports: Sequence[Report], texts: Sequence[str], assignment: Assignment, notes: Sequence[str]
) -> str:
    """Return what concerns the whole submission: a summary, and what is wrong with each file."""
    is_hiding = assignment.hidden_checks != "visible"
    hidden = is_hiding and any(check.hidden for report in reports for check in report.checks)
    said = ["Some checks are hidden: they count, and are not in this table."] if hidden else []
    try:
        visible = [_as_shown(report, assignment) for report in reports]
        return "\n\n".join([render_summary(visible, Style()), *notes, *said, *filter(None, texts)])
    except Exception as error:
        print(readable(say_fault(error)))
        return "\n\n".join([*notes, _UNSHOWN])


def _as_shown(report: Report, assignment: Assignment) -> Report:
    """Return a report as it would be without the checks that are hidden, if it has others."""
    if assignment.hidden_checks == "visible":
        return report
    visible = tuple(check for check in report.checks if not check.hidden)
    if visible and all(check.passed for check in visible):
        return replace(report, outcome=Outcome.PASSED, checks=visible, diagnosis=())
    return replace(report, checks=visible) if visible else report


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
