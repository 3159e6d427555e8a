"""The story of one grade, in order: load, read, draw, run, judge, diagnose, report."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from grader.course.course import Course
from grader.course.seed import fresh_seed
from grader.errors import RefusedError, TierError, say_fault
from grader.exercise.definition import Definition
from grader.grading.checks import is_unwritten, raised_outcome
from grader.grading.examiner import draw_paper
from grader.grading.sitting import Sitting, sit, unmade_checks
from grader.grading.tracebacks import say_raised, say_stopped
from grader.grading.trials import Paper
from grader.learner.outside.sandbox import Sandbox
from grader.learner.outside.submission import read_submission
from grader.records import (
    CaseResult,
    Diagnosis,
    Limits,
    Missing,
    Outcome,
    Raised,
    Report,
    Stopped,
    Submission,
)
from grader.records.text import Text, parse

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
        report = Report(name, _place(course, answer), Outcome.GRADER_ERROR, (), (fault,))
    seconds = round(time.perf_counter() - began, 4)
    return replace(report, seed=seed, seconds=seconds, tier=sandbox.tier, release=course.release)


def exit_code(reports: Sequence[Report]) -> int:
    """Return 0 when all passed, 3 when the grader failed, else 1: not yet."""
    outcomes = {report.outcome for report in reports}
    if Outcome.GRADER_ERROR in outcomes:
        return 3
    return 0 if outcomes <= {Outcome.PASSED} else 1


class Unread(NamedTuple):
    """Why there is nothing to run: how that ends, and what is said of it."""

    outcome: Outcome
    reason: str


def read_answer(course: Course, name: str, answer: Path | Submission) -> Submission | Unread:
    """Read the answer to an exercise, if there is one."""
    place = _place(course, answer)
    again = f"`grader reset {name}` writes the stub again."
    try:
        if isinstance(answer, Submission):
            submission = answer
        else:
            submission = read_submission(course, name, answer)
    except FileNotFoundError:
        return Unread(Outcome.NOT_ATTEMPTED, f"There is no file {place}. {again}")
    except RefusedError as error:
        return Unread(Outcome.REFUSED, f"{error.where}: {error.what}. {error.next}")
    if not submission.source.strip():
        return Unread(Outcome.NOT_ATTEMPTED, _say_empty(submission))
    return submission


def _grade_file(
    course: Course, paper: Paper, answer: Path | Submission, limits: Limits, sandbox: Sandbox
) -> Report:
    name, place = paper.definition.name, _place(course, answer)
    submission = read_answer(course, name, answer)
    if isinstance(submission, Unread):
        return _ungraded(paper, place, *submission)
    sitting = sit(course, paper, submission, limits, sandbox)
    named = () if sitting.passed else _diagnosis(paper, sitting)
    return Report(
        name,
        place,
        _outcome(sitting),
        sitting.checks,
        (*say_of_the_file(paper.definition, submission, sitting), *sitting.blame, *named),
        printed=sitting.run.printed,
    )


def _place(course: Course, answer: Path | Submission) -> str:
    return answer.path if isinstance(answer, Submission) else course.display(answer)


def _diagnosis(paper: Paper, sitting: Sitting) -> tuple[Diagnosis, ...]:
    """Explain what went wrong; a verdict is not lost where that fails."""
    from grader.grading.diagnose.explain import diagnose  # what passes does not wait for it

    try:
        found = diagnose(paper, sitting.run.answers, sitting.sources)
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
    if failure:
        return _load_outcome(failure)
    if all(is_unwritten(answer) for answer in sitting.run.answers):
        return Outcome.NOT_ATTEMPTED
    return _worst(sitting.checks)


def _load_outcome(failure: Raised | Stopped) -> Outcome:
    if isinstance(failure, Stopped):
        return failure.outcome
    if is_unwritten(failure):
        return Outcome.NOT_ATTEMPTED
    return raised_outcome(failure)


def _worst(checks: Sequence[CaseResult]) -> Outcome:
    seen = [check.outcome for check in checks]
    return next((outcome for outcome in _FROM_WORST if outcome in seen), Outcome.FAILED)


def say_of_the_file(
    definition: Definition, submission: Submission, sitting: Sitting
) -> tuple[Diagnosis, ...]:
    """Say what concerns the file as a whole: it does not load, or lacks a function."""
    failure = sitting.run.load_failure
    if isinstance(failure, Stopped):
        why = say_stopped(failure, sitting.sources).after("The file could not be loaded: ")
        return (Diagnosis("damage", why),)
    if failure and not is_unwritten(failure):
        return (Diagnosis("damage", _say_unloadable(failure, sitting)),)
    if _outcome(sitting) is Outcome.NOT_ATTEMPTED:
        *others, last = definition.references
        functions = f"{', '.join(others)} and {last}" if others else last
        message = f"Not attempted yet: write {functions} in {submission.path}."
        return (Diagnosis("damage", message),)
    missing = {a.function: a for a in sitting.run.answers if isinstance(a, Missing)}
    return tuple(_say_missing(definition, submission, answer) for answer in missing.values())


def _say_empty(submission: Submission) -> str:
    name, place = submission.exercise, submission.path
    if not place.endswith(".py"):  # the cells of a notebook
        return f"There is nothing of {name} in {place}."
    return f"{place} is empty. `grader reset {name}` writes the stub again."


_OUTSIDE_OF_FUNCTIONS = (
    "What stands outside of functions runs whenever the file is loaded. Put trials of your own"
    ' under `if __name__ == "__main__":`.'
)


def _say_unloadable(failure: Raised, sitting: Sitting) -> Text:
    text = say_raised(failure, sitting.sources).after("The file could not be loaded.\n")
    if failure.column is None and "ImportError" not in failure.types:
        return Text((*text.groups, *parse(_OUTSIDE_OF_FUNCTIONS).groups))
    return text


def _say_missing(definition: Definition, submission: Submission, answer: Missing) -> Diagnosis:
    others = [name for name in answer.defined if name not in definition.references]
    listed = f" It defines {', '.join(others)}: is it one of these, renamed?" if others else ""
    message = f"{submission.path} has no function called {answer.function}.{listed}"
    return Diagnosis("damage", message)
