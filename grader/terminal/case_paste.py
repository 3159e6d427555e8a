"""A failing check as lines to paste, for `grader grade --case NAME`."""

from __future__ import annotations

from grader.course.course import Course
from grader.errors import UsageError
from grader.grading.examiner import draw_paper
from grader.present.case_python import is_too_much_to_paste, render_paste
from grader.records import Report


def case_paste(course: Course, report: Report, name: str) -> str:
    """Return the lines that rebuild a check of a report which did not pass.

    Raises
    ------
    UsageError
        There is no such check, it passed, it is hidden, or it is too large. The message
        lists those that there are.
    """
    name = name.strip().replace(" ", "_")
    paper = draw_paper(course, report.exercise, report.seed)
    trials = {trial.case.name: trial for trial in paper.trials if not trial.case.hidden}
    failing = [c.name for c in report.checks if not c.passed and c.name in trials]
    if name in failing and is_too_much_to_paste(trials[name]):
        others = [each for each in failing if not is_too_much_to_paste(trials[each])]
        what = f"the check {name} is too large to paste"
        raise UsageError(what, next=_say_failing(others), lines=_indented(others))
    if name in failing:
        return render_paste(paper.definition, trials[name], report.seed)
    why = _say_why_not(report, name)
    raise UsageError(why, next=_say_failing(failing), lines=_indented(failing))


def _say_why_not(report: Report, name: str) -> str:
    found = [check for check in report.checks if check.name == name]
    if not found:
        return f"{report.exercise} has no check called {name!r}"
    if all(check.passed for check in found):
        return f"the check {name} passes with these inputs (--seed {report.seed})"
    if any(check.hidden for check in found):
        return f"the check {name} is hidden: its inputs are not shown"
    return f"the check {name} has no inputs of its own: it looks at those of all the others"


def _say_failing(names: list[str]) -> str:
    if not names:
        return "None that fails can be shown."
    return "Those that fail:" if len(names) > 1 else "One fails:"


def _indented(names: list[str]) -> list[str]:
    return [f"  {name}" for name in names]
