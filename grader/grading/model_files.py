"""Which of a learner's files a model runs on, and whose functions worked in the end."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from grader.course.course import Course
from grader.errors import RefusedError
from grader.exercise.unwritten import is_untouched
from grader.grading.merit import passes
from grader.grading.stand_ins import earlier_answer
from grader.learner.outside.sandbox import Sandbox
from grader.learner.outside.submission import read_submission
from grader.records import Limits, Submission

_LIMITS = Limits(seconds=5.0)  # for each file: several may hold an endless loop, or be slow here
_SECONDS = 30.0  # for all of them


class Choice(Enum):
    """Which files of the learner's a model runs on; references take the place of the others."""

    PASSING = "those that pass"
    WRITTEN = "all that are written"
    NONE = "none"


class Credits(NamedTuple):
    """Whose functions work: exercises in the course's order.

    `wrong` are those that the learner has written and that do not pass, on whichever side they are.
    """

    yours: tuple[str, ...]
    reference: tuple[str, ...]
    wrong: tuple[str, ...] = ()


class ModelFiles(NamedTuple):
    """The files of the learner's that were chosen, by exercise, and which do not pass."""

    own: Mapping[str, Submission]
    wrong: frozenset[str] = frozenset()


def choose_files(
    course: Course, exercise: str, path: Path | None, choice: Choice, sandbox: Sandbox
) -> ModelFiles:
    """Choose among the learner's files up to an exercise, whose own file is the one at `path`."""
    if choice is Choice.NONE:
        return ModelFiles({})
    own = None
    with contextlib.suppress(FileNotFoundError, RefusedError):
        own = read_submission(course, exercise, path)
    beside = own.beside if own else None if path is None else {}
    files = {name: earlier_answer(course, beside, name) for name in course.earlier(exercise)}
    written: dict[str, Submission] = {}
    for name, file in (files | {exercise: own}).items():
        if file and file.source.strip() and not is_untouched(file.source):
            written[name] = file._replace(beside=beside)
    end, judged = time.monotonic() + _SECONDS, dict[str, bool]()
    for name, file in written.items():
        if time.monotonic() >= end:
            break
        if (is_right := passes(course, file, _LIMITS, sandbox)) is not None:
            judged[name] = is_right  # of those that there is no time for, nothing is said
    wrong = frozenset(name for name, is_right in judged.items() if not is_right)
    if choice is Choice.WRITTEN:
        return ModelFiles(written, wrong)
    return ModelFiles({name: written[name] for name in judged if name not in wrong}, wrong)
