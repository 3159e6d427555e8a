"""The story of one grade, in order: load, read, draw, run, judge, diagnose, report."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from grader.backstop import within_bounds
from grader.course.course import Course
from grader.course.seed import fresh_seed
from grader.errors import TierError, say_fault
from grader.exercise.silent import silent
from grader.grading.checks import raised_outcome
from grader.grading.examiner import draw_paper
from grader.grading.experiment import Experiment
from grader.grading.kept_values import with_values_kept
from grader.grading.of_the_file import (
    Unread,
    is_untouched,
    place_of,
    read_answer,
    say_imports,
    say_of_the_file,
)
from grader.grading.room import Sitting
from grader.grading.sitting import sit, unmade_checks
from grader.grading.trials import Paper
from grader.learner.outside.sandbox import Sandbox
from grader.records import (
    CaseResult,
    Diagnosis,
    Limits,
    Outcome,
    Report,
    Stopped,
    Submission,
)

_MOST_EXPLAINING = 60.0  # seconds of computing
_FROM_WORST = (
    Outcome.FAILED,
    Outcome.TIMED_OUT,
    Outcome.OUT_OF_MEMORY,
    Outcome.REFUSED,
    Outcome.CRASHED,
)


def grade(
    course: Course,
    name: str,
    answer: Path | Submission | None = None,
    *,
    sandbox: Sandbox,
    seed: int | None = None,
    paper: Paper | None = None,
    limits: Limits | None = None,
) -> Report:
    """Grade a file as the `answer` to the exercise `name`, whatever state the file is in.

    It may have been read already: a notebook's cells are. Without an `answer` it is the learner's
    file in the course's folder. Without a `seed`, or a
    `paper` that was drawn before, the inputs are drawn anew. What goes wrong on the grader's side
    ends in a report as well, with the outcome `grader_error`; only a tier that was asked for and
    is not to be had raises `UsageError`.
    """
    began = time.perf_counter()
    seed = fresh_seed() if seed is None else seed
    answer = answer or course.exercise_path(name)
    try:
        paper = paper or draw_paper(course, name, seed)
        seed = paper.seed
        report = _grade_file(course, paper, answer, limits or Limits(), sandbox)
    except TierError:
        raise
    except Exception as error:  # whatever it is, it is ours, and the next report must not miss it
        fault = Diagnosis("blame", say_fault(error))
        report = Report(name, place_of(course, answer), Outcome.GRADER_ERROR, (), (fault,))
    finally:
        if paper:
            paper.processes.end()
    seconds = round(time.perf_counter() - began, 4)
    release = course.checked_release
    return replace(report, seed=seed, seconds=seconds, tier=sandbox.tier, release=release)


def exit_code(reports: Sequence[Report]) -> int:
    """Return 0 when all passed, 3 when the grader failed, else 1: not yet."""
    outcomes = {report.outcome for report in reports}
    if Outcome.GRADER_ERROR in outcomes:
        return 3
    return 0 if outcomes <= {Outcome.PASSED} else 1


def _grade_file(
    course: Course, paper: Paper, answer: Path | Submission, limits: Limits, sandbox: Sandbox
) -> Report:
    name, place = paper.definition.name, place_of(course, answer)
    submission = read_answer(course, name, answer)
    if isinstance(submission, Unread):
        return _ungraded(paper, place, *submission)
    sitting = sit(course, paper, submission, limits, sandbox)
    experiment = Experiment(course, paper, submission, sitting, limits, sandbox)
    named = () if sitting.passed else _diagnosis(paper, sitting, experiment)
    return Report(
        name,
        place,
        _outcome(sitting),
        with_values_kept(sitting.checks),
        (*say_of_the_file(course, paper.definition, submission, sitting), *named),
        printed=sitting.run.printed,
        imports=say_imports(submission, sitting),
    )


def _diagnosis(paper: Paper, sitting: Sitting, experiment: Experiment) -> tuple[Diagnosis, ...]:
    """Explain what went wrong; a verdict is not lost where that fails."""
    from grader.grading.diagnose.explain import diagnose  # what passes does not wait for it

    try:
        # NumPy may warn of numbers that we try, and not of the learner's.
        with silent(), within_bounds(seconds=_MOST_EXPLAINING, memory=0):
            found = diagnose(paper, sitting.run.answers, sitting.sources, experiment.ask)
    except Exception as error:
        message = f"The verdict stands, but it could not be explained. {say_fault(error)}"
        return (Diagnosis("blame", message), *sitting.first)
    # What is to be mended first comes first, and what depends on it after its own explanation.
    order = list(paper.definition.references)
    return tuple(sorted((*found, *sitting.first), key=lambda each: order.index(each.function)))


def _ungraded(paper: Paper, path: str, outcome: Outcome, message: str) -> Report:
    """Report a file that was not run: every check is there, and none was made."""
    why = (Diagnosis("damage", message),)
    return Report(paper.definition.name, path, outcome, unmade_checks(paper), why)


def _outcome(sitting: Sitting) -> Outcome:
    """Return the one word for it all: a wrong answer outweighs a crash or a time-out."""
    failure = sitting.run.load_failure
    if all(check.passed for check in sitting.checks):
        return Outcome.PASSED
    if is_untouched(sitting):
        return Outcome.NOT_ATTEMPTED
    if isinstance(failure, Stopped):
        return failure.outcome
    return raised_outcome(failure) if failure else _worst(sitting.checks)


def _worst(checks: Sequence[CaseResult]) -> Outcome:
    seen = [check.outcome for check in checks]
    return next((outcome for outcome in _FROM_WORST if outcome in seen), Outcome.FAILED)
