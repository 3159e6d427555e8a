"""The story of one grade, in order: load, read, draw, run, judge, diagnose, report."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from grader.attempt import Attempt, Task, attempt, on_its_own_merit
from grader.course import Course, load_definition
from grader.diagnose import diagnose
from grader.errors import RefusedError, say_fault
from grader.exercise import Definition
from grader.judge import is_unwritten, judge, say_raised
from grader.learner.process import TIER, LearnerProcess, Limits
from grader.learner.submission import read_submission
from grader.perform import draw_trials
from grader.records import (
    CaseResult,
    Diagnosis,
    Missing,
    Outcome,
    Raised,
    Report,
    Stopped,
    Submission,
    Trial,
)
from grader.seed import fresh_seed


def grade(
    course: Course,
    name: str,
    path: Path | None = None,
    *,
    seed: int | None = None,
    limits: Limits | None = None,
    process: LearnerProcess | None = None,
) -> Report:
    """Grade a file as the answer to the exercise `name`, whatever state the file is in.

    Without a `path` it is the learner's file in the course's folder, without a `seed` the inputs
    are drawn anew, and `process` is a learner's process that was started early. What goes wrong
    on the grader's side ends in a report as well, with the outcome `grader_error`.
    """
    began = time.perf_counter()
    seed = fresh_seed() if seed is None else seed
    path = path or course.exercise_path(name)
    shown = course.shown(path)
    try:
        definition = load_definition(course, name)
        trials = draw_trials(definition, seed)
        report = _grade_file(course, definition, trials, path, limits or Limits(), process)
    except Exception as error:  # whatever it is, it is ours, and the next report must not miss it
        told = Diagnosis("blame", say_fault(error))
        report = Report(name, shown, Outcome.GRADER_ERROR, (), (told,))
    finally:
        if process:
            process.stop()
    return replace(report, seed=seed, seconds=round(time.perf_counter() - began, 4), tier=TIER)


def grade_several(
    course: Course,
    names: Sequence[str],
    path: Path | None = None,
    *,
    seed: int | None = None,
    limits: Limits | None = None,
    process: LearnerProcess | None = None,
) -> Iterator[Report]:
    """Grade exercises one after the other; the next one's process starts while one is graded."""
    limits = limits or Limits()
    for index, name in enumerate(names):
        coming = LearnerProcess(limits) if index + 1 < len(names) else None
        try:
            yield grade(course, name, path, seed=seed, limits=limits, process=process)
        except BaseException:
            if coming:
                coming.stop()
            raise
        process = coming


def exit_code(reports: Sequence[Report]) -> int:
    """Return 0 when all passed, 3 when the grader failed, else 1: not yet."""
    outcomes = {report.outcome for report in reports}
    if Outcome.GRADER_ERROR in outcomes:
        return 3
    return 0 if outcomes <= {Outcome.PASSED} else 1


def _grade_file(
    course: Course,
    definition: Definition,
    trials: Sequence[Trial],
    path: Path,
    limits: Limits,
    process: LearnerProcess | None,
) -> Report:
    name, shown = definition.name, course.shown(path)
    try:
        submission = read_submission(course, name, path)
    except FileNotFoundError:
        told = f"There is no file {shown}. `grader reset {name}` writes the stub again."
        return _ungraded(definition, trials, shown, Outcome.NOT_ATTEMPTED, told)
    except RefusedError as error:
        told = f"{error.where}: {error.what}. {error.next}"
        return _ungraded(definition, trials, shown, Outcome.REFUSED, told)
    if not submission.source.strip():
        told = f"{shown} is empty. `grader reset {name}` writes the stub again."
        return _ungraded(definition, trials, shown, Outcome.NOT_ATTEMPTED, told)
    task = Task(course, definition, submission, trials, limits)
    judged, blame = on_its_own_merit(task, attempt(task, process=process))
    named = diagnose(definition, trials, judged.run.answers)
    return Report(
        name,
        shown,
        _outcome(judged),
        judged.checks,
        (*_damage(definition, submission, judged), *blame, *named),
        printed=judged.run.printed,
    )


def _ungraded(
    definition: Definition, trials: Sequence[Trial], path: str, outcome: Outcome, told: str
) -> Report:
    """Report a file that was not run: every check is there, and none was made."""
    answers = [Stopped(Outcome.SKIPPED, "not run")] * len(trials)
    checks = judge(definition, trials, answers, {})
    return Report(definition.name, path, outcome, checks, (Diagnosis("damage", told),))


def _outcome(judged: Attempt) -> Outcome:
    """Return the one word for it all: a wrong answer outweighs a crash or a time-out."""
    failure = judged.run.load_failure
    if all(check.passed for check in judged.checks):
        return Outcome.PASSED
    if failure:
        return _load_outcome(failure)
    if all(is_unwritten(answer) for answer in judged.run.answers):
        return Outcome.NOT_ATTEMPTED
    return _worst(judged.checks)


def _load_outcome(failure: Raised | Stopped) -> Outcome:
    if isinstance(failure, Stopped):
        return failure.outcome
    if is_unwritten(failure):
        return Outcome.NOT_ATTEMPTED
    return Outcome.OUT_OF_MEMORY if "MemoryError" in failure.types else Outcome.CRASHED


def _worst(checks: Sequence[CaseResult]) -> Outcome:
    seen = [check.outcome for check in checks]
    told = (Outcome.FAILED, Outcome.TIMED_OUT, Outcome.OUT_OF_MEMORY, Outcome.CRASHED)
    return next((outcome for outcome in told if outcome in seen), Outcome.FAILED)


def _damage(
    definition: Definition, submission: Submission, judged: Attempt
) -> tuple[Diagnosis, ...]:
    """Say what concerns the file as a whole: it does not load, or lacks a function."""
    failure = judged.run.load_failure
    if isinstance(failure, Stopped):
        return (Diagnosis("damage", f"The file could not be loaded: {failure.message}."),)
    if failure and not is_unwritten(failure):
        return (Diagnosis("damage", _say_unloadable(failure, judged)),)
    if _outcome(judged) is Outcome.NOT_ATTEMPTED:
        *others, last = definition.references
        functions = f"{', '.join(others)} and {last}" if others else last
        told = f"Not attempted yet: write {functions} in {submission.path}."
        return (Diagnosis("damage", told),)
    missing = {a.function: a for a in judged.run.answers if isinstance(a, Missing)}
    return tuple(_say_missing(definition, submission, answer) for answer in missing.values())


def _say_unloadable(failure: Raised, judged: Attempt) -> str:
    text = f"The file could not be loaded.\n{say_raised(failure, judged.sources)}"
    if failure.column is None and "ImportError" not in failure.types:
        text += (
            "\n\nWhat stands outside of functions runs whenever the file is loaded. Put trials of"
            ' your own under `if __name__ == "__main__":`.'
        )
    return text


def _say_missing(definition: Definition, submission: Submission, answer: Missing) -> Diagnosis:
    others = [name for name in answer.defined if name not in definition.references]
    listed = f" It defines {', '.join(others)}: is it one of these, renamed?" if others else ""
    told = f"{submission.path} has no function called {answer.function}.{listed}"
    return Diagnosis("damage", told)
