"""One job of the driver's: it is sent across the border, answered, and read with suspicion."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from grader.course.course import Course
from grader.errors import BrokenGraderError, GraderError, UsageError
from grader.grading.models import dates, weights
from grader.grading.models.company import Company, candidates
from grader.learner.outside.process import LearnerProcess
from grader.learner.outside.sandbox import Sandbox
from grader.records import (
    Answer,
    Frame,
    Inputs,
    Limits,
    Missing,
    Raised,
    Returned,
    Stopped,
    Submission,
    Unusable,
)

Array = np.ndarray[Any, Any]

DRIVER = Submission(
    "driver",
    "finale",
    "grader/grading/models/driver.py",
    Path(__file__).with_name("driver.py").read_bytes(),
)
LIMITS = Limits(seconds=120.0)
# Dates at once; the smaller where arrays cross the border, which are not to be large.
BATCH, CROSSING = 100, 16
# In whose place the driver puts something, and the function that has to be reached for it.
REPLACED = {
    "watched": ("attention", "attention"),
    "positions": ("positional_encoding", "sinusoidal_encoding"),
    "masks": ("decoder_block", "decoder_block"),
}


class Job(NamedTuple):
    """Texts to be translated, perhaps `without` something, perhaps `watched`."""

    texts: tuple[str, ...]
    without: str = ""
    watched: bool = False

    @property
    def replaced(self) -> tuple[tuple[str, str], ...]:
        """The exercises in which something is replaced, each with the function's name."""
        keys = [self.without, "watched" if self.watched else ""]
        return tuple(REPLACED[key] for key in keys if key in REPLACED)


class Done(NamedTuple):
    """What became of a job, the exercises it used, and whether all was reached that it replaced.

    `attention` are the cross-attentions of the last text: (heads, written, read) for each block.
    """

    written: tuple[str, ...]
    attention: tuple[Array, ...]
    used: frozenset[str]
    is_whole: bool


def run_job(course: Course, own: Mapping[str, Submission], job: Job, sandbox: Sandbox) -> Done:
    """Let the driver do a job with the learner's functions in `own`, and references elsewhere.

    Raises
    ------
    UsageError
        A function of the learner's fails in the model although it passes its checks, or one is
        missing that nothing can stand in for.
    """
    params = weights.unscaled() if job.without == "scaling" else weights.load()
    known = frozenset(array.tobytes() for array in weights.flat(params).values())
    through = frozenset(exercise for exercise, _ in job.replaced)
    is_mixed = bool(through) or 0 < len(own) < len(candidates(course))
    call = _call(job, params, CROSSING if is_mixed else BATCH)
    with sandbox.process_for(DRIVER, "translate", [call], LIMITS) as process:
        company = Company(course, own, through, known, process, LIMITS.seconds)
        answer = _answer(company, process)
        return _read(answer, company, job)


def _call(job: Job, params: dict[str, Any], batch: int) -> Inputs:
    source, lengths = dates.read_ids(job.texts, dates.MAX_READ)
    given = {
        "source": source,
        "lengths": lengths,
        "params": params,
        "num_heads": weights.HEADS,
        "start": dates.START,
        "steps": dates.MAX_WRITTEN,
        "batch": batch,
        "without": job.without,
        "watched": job.watched,
    }
    return Inputs((), given)


def _answer(company: Company, process: LearnerProcess) -> Answer:
    with company.at_work():
        failure = process.load(company.serve, LIMITS.seconds)
        return failure or process.answer("translate", company.serve, LIMITS.seconds)


def _read(answer: Answer, company: Company, job: Job) -> Done:
    """Return what was done, if it is what a job's answer looks like."""
    match answer:
        case Returned({"ids": np.ndarray() as ids, "attention": list(seen), "reached": reached}):
            shape = (len(job.texts), dates.MAX_WRITTEN)
            wanted = {name for _, name in job.replaced}
            if ids.shape == shape and ids.dtype.kind == "i" and isinstance(reached, list):
                written = tuple(map(dates.written, ids))
                pictures = _pictures(seen)
                is_whole = wanted <= set(map(str, reached)) and bool(pictures) >= job.watched
                return Done(written, pictures, frozenset(company.used), is_whole)
    raise _say_stopped(company.failure or answer, company)


def _pictures(seen: list[Any]) -> tuple[Array, ...]:
    """Return the weights of each block for the one text that is watched."""
    shape = (1, weights.HEADS, dates.MAX_WRITTEN, dates.MAX_READ)
    arrays = [each for each in seen if isinstance(each, np.ndarray) and each.shape == shape]
    return tuple(each[0] for each in arrays if each.dtype.kind == "f")


def _say_stopped(answer: Answer, company: Company) -> GraderError:
    """Say that a function stops the translator, and where."""
    match answer:
        case Raised(type=kind, message=message, frames=frames):
            told, where = f"{kind}: {message}", _place(frames)
        case Stopped(message=message) | Unusable(description=message):
            told, where = message, None
        case Missing(function=function):
            told, where = f"there is no {function}", None
        case _:
            told, where = "what came back was not a translation", None
    if not company.own:
        return BrokenGraderError(f"the translator stops: {told}", next="Please report this line.")
    return UsageError(
        f"your functions stop the translator, although they pass their checks: {told}",
        where=where,
        next="To see it run on the references alone: grader show transformer --reference",
    )


def _place(frames: tuple[Frame, ...]) -> str | None:
    """Return the last line of the learner's own that an exception passed through."""
    theirs = [frame for frame in frames if frame.path != DRIVER.path]
    return f"{theirs[-1].path}:{theirs[-1].line}" if theirs else None
