"""What `grader grade` and `grader watch` are about: a course, its record, and a sandbox."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import NamedTuple

from grader.course.course import Course
from grader.course.kept_work import keep_work
from grader.course.next_steps import first_open, whats_next
from grader.course.progress import Progress
from grader.errors import UsageError
from grader.grading.batch import Job
from grader.grading.examiner import load_definition
from grader.grading.forked import graded_at_once
from grader.learner.outside.sandbox import Sandbox
from grader.present.next_step_text import GradedBy, say_after, say_next, say_what_to_see
from grader.records import Limits, Outcome, Report
from grader.terminal.commands.common import (
    complain,
    cores,
    current_course,
    open_progress,
)
from grader.terminal.overwritten import tell_overwritten

MANY = 4  # exercises: fewer are graded by the time a second sandbox has started
MOST = 4  # processes


class GradingSession(NamedTuple):
    """A course, the learner's record, and where their code runs."""

    course: Course
    progress: Progress
    sandbox: Sandbox

    def chosen(self, names: Sequence[str], everything: bool) -> Sequence[str]:
        """Return the exercises that are named, all of them, or the first that is not passed yet."""
        course = self.course
        if not course.exercises:
            raise course.lacks("exercise")
        if everything:
            return course.exercises
        if names:
            return list(dict.fromkeys(map(course.require_exercise, names)))
        following = first_open(course, self.progress)
        return [following] if following else []

    def grade(
        self, jobs: Sequence[Job], seed: int | None, limits: Limits, is_recorded: bool
    ) -> Iterator[Report]:
        """Yield the report of each in turn, once it is in the record."""
        is_much = len(jobs) >= MANY and self.sandbox.tier != "process"
        processes = min(cores(), MOST) if is_much else 1
        work, began = (self.course, self.sandbox, jobs, processes), time.time_ns()
        for _, report in graded_at_once(*work, seed=seed, limits=limits):
            if is_recorded:
                self._record(report, began)
            yield report

    def next_step(self, report: Report) -> str:
        """Return what to do next after one report, as a sentence."""
        following = following_step(self.course, self.progress, report)
        return say_after(report, GradedBy.COMMAND, following)

    def _record(self, report: Report, began: int) -> None:
        """Record a report; where that fails in the middle of it, the report is there to be read."""
        try:
            record(self.course, self.progress, report, began)
        except UsageError as error:
            complain(str(error))


def record(course: Course, progress: Progress, report: Report, began: int) -> None:
    """Record how the learner's file was graded, and keep a copy of what was graded.

    What was saved since grading `began`, in nanoseconds, may be something else than what passed.
    """
    progress.record(report)
    if progress.is_kept:
        passed = report.outcome is Outcome.PASSED
        keep_work(course, report.exercise, passed and not _was_saved(course, report, began))


def _was_saved(course: Course, report: Report, began: int) -> bool:
    try:
        return course.exercise_path(report.exercise).stat().st_mtime_ns > began
    except OSError:
        return True


@contextmanager
def open_session(sandbox: Sandbox) -> Iterator[GradingSession]:
    """Find the course and open the learner's record, to grade in a sandbox; then close both."""
    with closing(sandbox):
        course = current_course()
        course.installed_packages()  # what is missing is told before anything is judged
        tell_overwritten(course)
        with open_progress(course) as progress:
            yield GradingSession(course, progress, sandbox)


def following_step(course: Course, progress: Progress, report: Report) -> str:
    """Return what comes next once an exercise is passed, and what there is to look at now."""
    if report.outcome is not Outcome.PASSED:
        return ""
    steps = whats_next(course, progress)
    if steps.model and report.exercise not in (*course.earlier(steps.model), steps.model):
        steps = steps._replace(model="")  # it has no part in that
    following = say_next(course, steps)
    to_see = say_what_to_see(course, load_definition(course, report.exercise), steps.model)
    return "\n\n".join(part for part in (following, to_see) if part)
