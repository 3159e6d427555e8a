"""The answers in a notebook, for `grader grade --file NOTEBOOK`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.backstop import within_bounds
from grader.course.course import Course
from grader.errors import UsageError
from grader.grading.batch import Job
from grader.notebooks.collect import collect
from grader.notebooks.reading import read_notebook
from grader.terminal.commands.common import remark


def notebook_jobs(course: Course, path: Path, names: Sequence[str], everything: bool) -> list[Job]:
    """Return the answers in a notebook, and say on standard error where in it they were found."""
    wanted = course.exercises if everything else [course.require_exercise(name) for name in names]
    with within_bounds(course.display(path)):
        found = collect(course, read_notebook(course, path), dict.fromkeys(wanted))
    if not found:
        raise UsageError(
            "no cell of this notebook belongs to an exercise of the course",
            where=course.display(path),
            next="An exercise is known by its functions: leave them the names of their stubs.",
        )
    for each in found:
        place = course.display(path)
        remark(f"{each.submission.exercise}: taken from {each.where} of {place}")
        for note in each.notes:
            remark(f"  {note}")
    return [Job(each.submission.exercise, each.submission) for each in found]
