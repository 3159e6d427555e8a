"""Grades many submissions, one after the other, and tells of each as it ends.

Nothing is kept of a submission once its report is out, so a class of any size takes no more memory
than a few submissions do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

from grader.course.course import Course
from grader.course.seed import fresh_seed
from grader.grading.examiner import draw_paper
from grader.grading.grade import grade
from grader.grading.trials import Paper
from grader.grading.trusted import TRUSTED
from grader.learner.outside.sandbox import Sandbox
from grader.records import Limits, Report, Submission


class Job(NamedTuple):
    """A submission to be graded: the `answer`, or the learner's own file in the course."""

    exercise: str
    answer: Path | Submission | None = None


class Pool:
    """Grades in one sandbox. All who sit an exercise have the same paper, drawn from one seed."""

    def __init__(
        self,
        course: Course,
        sandbox: Sandbox,
        *,
        seed: int | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._course, self._sandbox, self._limits = course, sandbox, limits or Limits()
        self._seed = fresh_seed() if seed is None else seed
        self._papers: dict[str, Paper | None] = {}

    def grade(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Report]]:
        """Grade `jobs`, which are asked for as they are needed, and yield each with its report."""
        coming = iter(jobs)
        job = next(coming, None)
        while job:
            following = next(coming, None)
            self._sandbox.expects_more = following is not None
            with self._drawing_ahead(following):
                report = self._grade(job)
            yield job, report
            job = following

    @contextmanager
    def _drawing_ahead(self, job: Job | None) -> Iterator[None]:
        """Draw the paper of the next job meanwhile: most of a grade is waiting for the learner."""
        if job is None or job.exercise in self._papers:
            yield
            return
        drawing = Thread(target=self._paper, args=(job.exercise,))
        drawing.start()
        try:
            yield
        finally:
            drawing.join()

    def _grade(self, job: Job) -> Report:
        options: dict[str, Any] = {
            "seed": self._seed,
            "paper": self._paper(job.exercise),
            "limits": self._limits,
        }
        return grade(self._course, job.exercise, job.answer, sandbox=self._sandbox, **options)

    def _paper(self, exercise: str) -> Paper | None:
        """Return the paper of an exercise; None where it cannot be drawn, which `grade` reports."""
        with TRUSTED:  # a definition must not be loaded while a stand-in is in a reference's place
            if exercise not in self._papers:
                try:
                    self._papers[exercise] = draw_paper(self._course, exercise, self._seed)
                except Exception:  # `grade` meets it again, and reports it
                    self._papers[exercise] = None
        return self._papers[exercise]
