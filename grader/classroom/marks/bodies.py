"""Answers and reports as they are kept, checked as each is read: they are most of all marks."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from grader.classroom.marks.check import QUIZ
from grader.classroom.packets import unpacked
from grader.course.database_check import DamagedError, is_texts
from grader.errors import UsageError
from grader.files import MAX_JSON, json_of
from grader.records import Outcome, Submission

_OUTCOMES = {outcome.value for outcome in Outcome}
_MOST = 1_000_000  # points, which is more than anything has
_MARKS = ("right", "partly", "wrong", "skipped")


def sound_answer(body: bytes, exercise: str) -> Submission:
    """Return the answer that is kept of an exercise; raise `DamagedError` where it is another."""
    try:
        answer = unpacked(body)
    except ValueError as error:
        raise DamagedError(f"an answer: {error}") from error
    if answer.exercise != exercise:
        raise DamagedError("an answer is not the one that was handed in")
    return answer


def sound_report(body: str, exercise: str) -> dict[str, Any]:
    """Return a report on an exercise, or a quiz among them; raise `DamagedError` where it is odd.

    All that is read of one anywhere is looked at here, and nowhere else.
    """
    try:
        report = json_of(body.encode("utf-8", "replace"))
    except ValueError as error:
        raise DamagedError(f"a report: {error}") from error
    is_quiz = exercise.startswith(QUIZ)
    if not any(fits(report) for fits in ((_is_of_quiz, _is_failed) if is_quiz else (_is_report,))):
        raise DamagedError("a report is not as the grader writes it")
    return dict(report)


def why_not_kept(points: float, max_points: float, report: str, exercise: str) -> str:
    """Say why a report that we have made would not be read again; nothing where it would be."""
    if not (_is_number(points) and _is_number(max_points)):
        return f"it has {points:g} of {max_points:g} points, where {_MOST:,} are the most"
    try:
        if len(report.encode()) > MAX_JSON:
            return f"the report has more than {MAX_JSON:,} bytes"
        sound_report(report, exercise)
    except (UnicodeEncodeError, DamagedError) as error:
        return str(error)
    return ""


def failed_report(exercise: str, why: str) -> str:
    """Return a report, as JSON, that only says why there is none."""
    said = f"The report cannot be kept: {why}"
    if exercise.startswith(QUIZ):
        return json.dumps({"version": 1, "answers": [], "fault": said})
    told = [{"mistake": None, "message": said}]
    ours = {"outcome": Outcome.GRADER_ERROR.value, "checks": [], "diagnosis": told}
    return json.dumps({**ours, "printed": "", "seed": None})


def require_points(name: str, points: float) -> None:
    """Raise `UsageError` where something has more points than are kept, or none that can be."""
    if not _is_number(points):
        raise UsageError(
            f"{name} has {points:g} points, and {_MOST:,} are the most that are kept",
            next="Give its parts smaller weights.",
        )


def _has(value: object, **tests: Callable[[Any], bool]) -> bool:
    """Tell whether something is a mapping that has all of these names, with what fits them."""
    return isinstance(value, dict) and all(
        name in value and fits(value[name]) for name, fits in tests.items()
    )


def _all(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(map(fits, value))


def _is_report(report: object) -> bool:
    return _has(
        report,
        outcome=_is_outcome,
        printed=_is_text,
        seed=_is_seed,
        checks=_all(_is_check),
        diagnosis=_all(lambda each: _has(each, message=_is_text, mistake=_is_text_or_nothing)),
    )


def _is_check(check: object) -> bool:
    return _has(
        check,
        function=_is_text,
        name=_is_text,
        outcome=_is_outcome,
        message=_is_text,
        points=_is_number,
        max_points=_is_number,
    )


def _is_of_quiz(report: object) -> bool:
    return _has(report, seed=_is_seed, unread=is_texts, answers=_all(_is_marked))


def _is_failed(report: object) -> bool:
    """Tell whether a report only says that the grader failed at it."""
    return _has(report, fault=_is_text, answers=lambda answers: answers == [])


def _is_marked(answer: object) -> bool:
    """Tell whether an answer to a question was marked so that it can be told and counted."""
    return _has(
        answer,
        question=_is_text,
        type=_is_text,
        ask=_is_text,
        because=_is_text,
        outcome=lambda value: _is_text(value) and value in _MARKS,
        points=_is_number,
        max_points=lambda value: _is_number(value) and value > 0,
        chosen=_is_given,
        right=_is_given,
    ) and not (answer["type"] == "choice" and answer["right"] is None)  # type: ignore[index]


def _is_outcome(value: object) -> bool:
    return isinstance(value, str) and value in _OUTCOMES


def _is_given(value: object) -> bool:
    if isinstance(value, dict):
        return is_texts([*value.values()])
    return _is_text_or_nothing(value) or is_texts(value)


def _is_number(value: object) -> bool:
    return type(value) in (int, float) and 0 <= value <= _MOST  # type: ignore[operator]


def _is_seed(value: object) -> bool:
    return type(value) in (int, type(None))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_text_or_nothing(value: object) -> bool:
    return value is None or isinstance(value, str)
