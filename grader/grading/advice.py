"""A word on exceptions that nobody wanted, where it is known what they come from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from grader.course.course import Course
from grader.grading.checks import is_unwritten
from grader.grading.habits import advice_for, read_habits
from grader.grading.imports import import_advice
from grader.grading.tracebacks import MAX_LINE, Sources, lines_of
from grader.grading.trials import Trial
from grader.records import Answer, Raised, Returned, Run
from grader.records.text import shortened

MAX_STATEMENT = 20  # lines of an import in brackets


def with_advice(course: Course, trials: Sequence[Trial], run: Run, sources: Sources) -> Run:
    """Return a run whose exceptions say what to do about them, where that is known.

    What is known is read only where something failed that was to return.
    """
    failed = any(
        isinstance(answer, Raised) and isinstance(trial.wanted, Returned)
        for trial, answer in zip(trials, run.answers, strict=True)
        if not is_unwritten(answer)
    )
    if not failed and not isinstance(run.load_failure, Raised):
        return run
    habits = read_habits(course)

    @cache
    def advised(raised: Raised) -> Raised:
        frame = raised.frames[-1] if raised.frames else None
        file = sources.get(frame.path) if frame else None
        lines = lines_of(file)[frame.line - 1 :] if file and frame else []
        imports = file and import_advice(course, file, raised, _statement(lines))
        return raised._replace(
            advice=shortened(
                imports or advice_for(raised, lines[0][:MAX_LINE] if lines else "", habits)
            )
        )

    def answered(answer: Answer) -> Answer:
        return advised(answer) if isinstance(answer, Raised) else answer

    failure = run.load_failure
    if isinstance(failure, Raised):
        failure = advised(failure)
    return run._replace(answers=tuple(map(answered, run.answers)), load_failure=failure)


def _statement(lines: Sequence[str]) -> str:
    """Return the statement that begins in the first of these lines, as far as brackets tell."""
    text = ""
    for line in lines[:MAX_STATEMENT]:
        text += f"{line}\n"
        if text.count("(") <= text.count(")"):
            break
    return text
