"""Answers and reports as they are kept, checked as each is read: they are most of all marks."""

from __future__ import annotations

import math
from typing import Any

from grader.classroom.packets import unpacked
from grader.course.database_check import DamagedError, is_texts
from grader.files import json_of
from grader.records import Outcome, Submission

# What of a check, and of an answer to a question, is read here.
_OF_CHECKS = ("function", "name", "outcome", "message")
_OF_ANSWERS = ("question", "type", "ask", "outcome", "because")
_OUTCOMES = {outcome.value for outcome in Outcome}
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


def sound_report(body: str) -> dict[str, Any]:
    """Return a report, be it on a quiz; raise `DamagedError` where it is not as we write it."""
    try:
        report = json_of(body.encode("utf-8", "replace"))
    except ValueError as error:
        raise DamagedError(f"a report: {error}") from error
    if not (isinstance(report, dict) and (_is_report(report) or _is_of_quiz(report))):
        raise DamagedError("a report is not as the grader writes it")
    return report


def _is_report(report: dict[str, Any]) -> bool:
    checks, diagnosis = report.get("checks"), report.get("diagnosis")
    return (
        isinstance(checks, list)
        and isinstance(diagnosis, list)
        and all(_has(each, *_OF_CHECKS) and each["outcome"] in _OUTCOMES for each in checks)
        and all(_has(each, "message") and _is_text(each.get("mistake")) for each in diagnosis)
        and _has(report, "outcome", "printed")
        and _is_seed(report.get("seed"))
    )


def _is_of_quiz(report: dict[str, Any]) -> bool:
    answers = report.get("answers")
    return (
        isinstance(answers, list)
        and all(map(_is_marked, answers))
        and is_texts(report.get("unread", []))
        and _is_seed(report.get("seed"))
    )


def _is_marked(answer: object) -> bool:
    """Tell whether an answer to a question was marked so that it can be told and counted."""
    return (
        isinstance(answer, dict)
        and _has(answer, *_OF_ANSWERS)
        and answer["outcome"] in _MARKS
        and all(_is_number(answer.get(name)) for name in ("points", "max_points"))
        and answer["max_points"] > 0
        and all(_is_given(answer.get(name)) for name in ("chosen", "right"))
        and (answer["type"] != "choice" or answer["right"] is not None)
    )


def _is_given(value: object) -> bool:
    if isinstance(value, dict):
        return is_texts([*value.values()])
    return _is_text(value) or is_texts(value)


def _is_number(value: object) -> bool:
    return type(value) in (int, float) and math.isfinite(value) and abs(value) <= 1_000_000  # type: ignore[arg-type]


def _is_seed(value: object) -> bool:
    return type(value) in (int, type(None))


def _is_text(value: object) -> bool:
    """Tell whether something is a text, or nothing."""
    return value is None or isinstance(value, str)


def _has(value: object, *names: str) -> bool:
    """Tell whether something is a mapping that has texts of these names."""
    return isinstance(value, dict) and all(isinstance(value.get(name), str) for name in names)
