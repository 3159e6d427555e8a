"""The translator of dates, on the learner's own functions: what it writes and what it looks at."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from grader.course.course import Course
from grader.errors import RefusedError, UsageError
from grader.grading.models import dates
from grader.grading.models.company import MODEL, candidates
from grader.grading.models.job import Done, Job, run_job
from grader.grading.sitting import passes
from grader.learner.outside.sandbox import Sandbox
from grader.learner.outside.submission import read_submission
from grader.records import Limits, Submission

ABLATIONS = ("positions", "scaling", "masks")


class Translation(NamedTuple):
    """A date as it was read and as it was written, and what was looked at for each character.

    `attention` is the mean over the heads of a decoder block: (written and the stop, read). It is
    `borrowed` where the learner's functions do not pass through their attention, so that the
    reference had to show its own; None where there is no reference.
    """

    source: str
    target: str
    attention: np.ndarray[Any, Any] | None
    borrowed: bool = False


class Ablation(NamedTuple):
    """How many of `total` held-out dates are right `without` something, and one that is not.

    It is `borrowed` where the learner's functions do not call what is taken away, so that the
    references had to do it.
    """

    without: str
    right: int
    total: int
    example: tuple[str, str]
    borrowed: bool = False


class Credits(NamedTuple):
    """Whose functions worked: exercises in the course's order."""

    yours: tuple[str, ...]
    reference: tuple[str, ...]


@dataclass
class Translator:
    """Translates with the learner's files in `own`, and with references where there are none."""

    course: Course
    own: Mapping[str, Submission]
    sandbox: Sandbox
    used: set[str] = field(default_factory=set)

    @property
    def credits(self) -> Credits:
        """Whose functions have worked so far."""
        used = [name for name in candidates(self.course) if name in self.used]
        yours = tuple(name for name in used if name in self.own)
        return Credits(yours, tuple(name for name in used if name not in self.own))

    @property
    def is_mixed(self) -> bool:
        """Whether learner's functions and references work side by side."""
        return 0 < len(self.own) < len(candidates(self.course))

    def translate(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Translate dates."""
        return self._do(Job(tuple(map(dates.normalised, texts)))).written

    def watch(self, text: str) -> Translation:
        """Translate one date, and tell what was looked at."""
        job = Job((dates.normalised(text),), watched=True)
        done = self._do(job)
        seen = done if done.is_whole else self._borrow(job)
        (read,), (written,) = job.texts, done.written
        attention = None
        if seen and seen.attention:
            attention = seen.attention[-1].mean(axis=0)[: len(written) + 1, : len(read)]
        return Translation(read, written, attention, seen is not done)

    def ablate(self, without: str, pairs: Sequence[dates.Pair]) -> Ablation:
        """Translate dates without something, or with everything where that is empty.

        Raises
        ------
        UsageError
            It cannot be taken away from the learner's functions, and there are no others.
        """
        job = Job(tuple(pair.text for pair in pairs), without)
        done = self._do(job)
        made = done if done.is_whole else self._borrow(job)
        if made is None:
            raise UsageError(
                f"{without} cannot be taken away: your functions do not call what makes them",
                next="Call the functions of earlier exercises where there is one for it.",
            )
        both = list(zip(pairs, made.written, strict=True))
        wrong = [(pair.text, written) for pair, written in both if written != pair.iso]
        example = wrong[0] if wrong else (pairs[0].text, made.written[0])
        return Ablation(without, len(pairs) - len(wrong), len(pairs), example, made is not done)

    def _do(self, job: Job) -> Done:
        done = run_job(self.course, self.own, job, self.sandbox)
        self.used |= done.used
        return done

    def _borrow(self, job: Job) -> Done | None:
        """Let the references do what the learner's cannot do all of, if they are at hand."""
        return None if self.course.release else run_job(self.course, {}, job, self.sandbox)


def open_translator(
    course: Course, sandbox: Sandbox, path: Path | None = None, only_references: bool = False
) -> Translator:
    """Return a translator with those of the learner's files that pass their checks.

    The file at `path` takes the place of their transformer.

    Raises
    ------
    UsageError
        This course has no transformer.
    """
    if MODEL not in course.exercises:
        raise UsageError(
            f"this course has no exercise called {MODEL}, and the translator is one",
            next="It runs in a course that has the units attention and transformer.",
        )
    own = {} if only_references else owned(course, path, sandbox)
    return Translator(course, own, sandbox)


def owned(course: Course, path: Path | None, sandbox: Sandbox) -> dict[str, Submission]:
    """Return the learner's files that pass: what is judged is what will run."""
    limits, own = Limits(seconds=2.0), {}
    for name in candidates(course):
        with contextlib.suppress(FileNotFoundError, RefusedError):
            submission = read_submission(course, name, path if name == MODEL else None)
            if passes(course, submission, limits, sandbox):
                own[name] = submission
    return own
