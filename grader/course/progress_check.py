"""Tells a record of progress that is as we write it from one that something else has been at.

What is accepted of a course may be all that is written of it, so these bounds are as wide: a record
that we have written ourselves is never one that we refuse.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from grader.course import database_check
from grader.course.database_check import (
    asked,
    is_texts,
    let_ask,
    number,
    of_json,
    or_null,
    text,
    whole,
)

MAX_BYTES = 50_000_000
MAX_PARTS = 100  # of one reply
MAX_SHOWN = 1_000_000  # hints of an exercise, however often it is asked for one
_MOST_POINTS = 10**15  # of all checks or questions together, each of which has a million at most
_LONGEST_LIST = 5_000_000  # bytes of ids, as all quizzes of a course have at most, or of a reply
_LATEST = 100_000_000_000  # in seconds since 1970: later times are more than a calendar holds

# What holds of every row of a table, whatever types SQLite would let it have.
_ROWS: Mapping[str, tuple[str, ...]] = {
    "grades": (
        *map(text, ("exercise", "outcome", "checks")),
        *(number(name, _MOST_POINTS) for name in ("points", "max_points")),
        whole("seed"),
        number("at", _LATEST),
    ),
    "hints": (text("exercise"), whole("shown"), number("shown", MAX_SHOWN)),
    "sittings": (
        *map(text, ("quiz", "scope")),
        "mode IN ('practice', 'exam', 'review')",
        *map(whole, ("seed", "is_whole", "is_open")),
        number("at", _LATEST),
        asked("is_names", "questions", _LONGEST_LIST),
        *(or_null(name, number(name, _MOST_POINTS)) for name in ("score", "max_score")),
        or_null("minutes", number("minutes")),
        "(score IS NULL) = (max_score IS NULL)",
    ),
    "replies": (
        *map(text, ("question", "key")),
        asked("is_given", "given", _LONGEST_LIST),
        "mark IN ('right', 'partly', 'wrong', 'skipped')",
        "(confidence IS NULL OR confidence IN (1, 2, 3))",
        number("at", _LATEST),
    ),
    "doubts": (text("question"),),
}


def require_rows(database: sqlite3.Connection) -> None:
    """Raise `DamagedError` unless every row is one that we could have written."""
    let_ask(database, "is_names", of_json(is_texts))
    let_ask(database, "is_given", of_json(_is_given))
    database_check.require_rows(database, _ROWS)


def _is_given(value: object) -> bool:
    if isinstance(value, (dict, list)) and len(value) > MAX_PARTS:
        return False
    if isinstance(value, dict):
        return all(isinstance(item, str) for item in value.values())
    return value is None or isinstance(value, str) or is_texts(value)
