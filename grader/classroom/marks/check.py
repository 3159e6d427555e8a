"""Tells marks that are as we write them from marks that something else has been at.

Rows are checked when the database is opened; answers and reports, which are most of it, when each
is read.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from grader.classroom.hand_ins.record import HandIn
from grader.classroom.hand_ins.times import moment_of
from grader.classroom.marks.amounts import too_much
from grader.classroom.marks.lateness import deduction_of
from grader.course.database_check import (
    DamagedError,
    asked,
    guard,
    is_texts,
    let_ask,
    number,
    of_json,
    or_null,
    require_rows,
    text,
    whole,
)
from grader.course.places import is_name
from grader.errors import UsageError
from grader.files import MAX_PARTS, has_many_parts
from grader.records import Outcome

MAX_BESIDE = 1_000_000_000  # bytes of what SQLite keeps beside the file
_LONGEST = 4_000_000  # bytes of a text
_MAX_CLUES = 400_000  # bytes of what says who somebody is, or whose a hand-in is
MAX_ALL_CLUES = 20_000_000  # bytes of that of all people together, some hundred thousand
_MAX_ANSWER = 100_000_000  # bytes
MAX_VALUE = 2 * _MAX_ANSWER  # bytes of anything at all
_MOST = 10**15  # of what is counted, in seconds and in rows
_MOST_POINTS = 1_000_000  # as `number` has it
_OUTCOMES = ", ".join(f"'{outcome.value}'" for outcome in Outcome)
_OF_PEOPLE = ("people", "platform_people")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_POINTS = re.compile(r"[0-9]{1,100}(\.[0-9]{1,100})?")
QUIZ = "quiz:"  # what the name of a quiz begins with
_QUIZ_NAME = re.compile(QUIZ + r"[^/\\:\0]{1,200}")  # of its file, so no path


def _text(name: str) -> str:
    return text(name, _LONGEST)


def _count(name: str) -> str:
    return f"{whole(name)} AND {number(name, _MOST)}"


def _moment(name: str) -> str:
    return f"{name} = '' OR {asked('is_moment', name)}"


def _asked(function: str, name: str) -> str:
    return asked(function, name, _LONGEST)


def _clues(function: str) -> str:
    """Return the condition that a column holds clues, as JSON that spells other letters out."""
    is_plain = "length(clues) = length(CAST(clues AS BLOB))"
    return f"{asked(function, 'clues', _MAX_CLUES)} AND {is_plain}"


_TERMS = (
    *map(_count, ("position", "grace")),
    _text("version"),
    number("max_points"),
    _moment("due"),
    asked("is_taken_off", "late"),
    "keep IN ('best', 'last')",
)
# What holds of every row of a table, whatever types SQLite would let it have.
_ROWS: Mapping[str, tuple[str, ...]] = {
    "settings": (_text("name"), _text("value")),
    "exercises": (asked("is_name", "name"), *_TERMS),
    "quizzes": (
        asked("is_quiz", "name"),
        *_TERMS,
        _text("path"),
        "draws IN ('id', 'first')",
    ),
    "people": (
        _count("id"),
        _text("student"),
        or_null("position", _count("position")),
        _clues("is_clues"),
    ),
    "hand_ins": (
        _count("id"),
        *map(_text, ("digest", "source", "place", "form", "unmatched", "read_as")),
        _clues("is_list_of_clues"),
        _moment("submitted_at"),
        or_null("is_late", "is_late IN (0, 1)"),
        or_null("late_seconds", _count("late_seconds")),
    ),
    "appearances": (
        *map(_count, ("id", "hand_in")),
        *map(_text, ("source", "place")),
        _moment("submitted_at"),
        or_null("is_late", "is_late IN (0, 1)"),
        or_null("late_seconds", _count("late_seconds")),
    ),
    "read_in": (*map(_count, ("download", "hand_in")),),
    "drawn_for": (_count("person"), _text("student")),
    "owners": (*map(_count, ("hand_in", "person")),),
    "files": (
        *map(_count, ("id", "hand_in")),
        *map(_text, ("path", "exercise", "why")),
    ),
    "answers": (
        _text("hash"),
        asked("is_counted", "exercise"),
        _asked("is_names", "deciding"),
        f"typeof(body) = 'blob' AND length(body) <= {_MAX_ANSWER}",
    ),
    "reports": (
        _count("id"),
        *map(_text, ("answer", "grader", "graded_at")),
        whole("seed"),
        _asked("is_versions", "versions"),
        f"outcome IN ({_OUTCOMES})",
        *map(number, ("points", "max_points")),
        number("seconds", _MOST),
        "typeof(report) = 'text'",
    ),
    "by_hand": (
        _count("person"),
        *map(_text, ("exercise", "comment", "marked_at")),
        or_null("points", number("points")),
    ),
    "platform_people": (
        _count("id"),
        "platform IN ('canvas', 'moodle')",
        _clues("is_clues"),
    ),
    "platform_columns": (_text("heading"), asked("is_points", "points")),
    "made_of": (_text("version"), _asked("is_versions", "files")),
}


def require_sound(database: sqlite3.Connection) -> None:
    """Raise `DamagedError` unless every row is one that we could have written."""
    for name, holds in _OF_TEXT.items():
        let_ask(database, name, holds)
    for table, conditions in _ROWS.items():
        guard(database)
        try:
            require_rows(database, {table: conditions})
        except sqlite3.OperationalError as error:  # of a text that is none, say
            raise DamagedError(f"a row of {table}: {error}") from error
    if _has_many_clues(database):
        raise DamagedError("its rows say more of people than those of any class")
    guard(database)
    if why := too_much(database):
        raise DamagedError(f"there are {why}")
    guard(database)
    if found := database.execute("PRAGMA foreign_key_check").fetchone():
        raise DamagedError(f"a row of {found[0]} names what is not there")


def require_few_clues(database: sqlite3.Connection) -> None:
    """Raise `UsageError` where so much is said of people that the marks would not be read again."""
    if _has_many_clues(database):
        raise UsageError(
            f"what says who all these people are takes more than {MAX_ALL_CLUES:,} bytes",
            next="Part the class in several, with a folder of marks each.",
        )


def _has_many_clues(database: sqlite3.Connection) -> bool:
    """Tell whether more is said of all people than may be: whoever matches them has all at hand."""
    sums = (f"SELECT IFNULL(SUM(length(clues)), 0) FROM {table}" for table in _OF_PEOPLE)
    return any(database.execute(each).fetchone()[0] > MAX_ALL_CLUES for each in sums)


def told_of(hand_in: HandIn) -> tuple[str, tuple[str, int | None, int | None]]:
    """Return whose a hand-in is, as JSON, and when it came; nothing where that is beyond keeping.

    What a stranger has written down must not be what the marks are refused for.
    """
    at, late = hand_in.submitted_at, hand_in.late_seconds
    known = [[(kind, _encoded(value)) for kind, value in each] for each in hand_in.submitters]
    clues = json.dumps(known)
    is_known = late is not None and 0 <= late <= _MOST
    moment = at if _MOMENT.fullmatch(at) else ""
    return (
        clues if len(clues) <= _MAX_CLUES // 2 else "[]",
        (moment, hand_in.is_late, late if is_known else None),
    )


def says_no_more(clues: str, known: str) -> bool:
    """Tell whether clues, as JSON, say nothing of who handed in that is not known already."""
    said, before = ([{*map(tuple, each)} for each in json.loads(t)] for t in (clues, known))
    return len(said) == len(before) and all(any(n <= o for o in before) for n in said)


def _encoded(value: str) -> str:
    """Return a text that SQLite can keep: halves of characters are spelled out."""
    return value.encode("utf-8", "backslashreplace").decode()


def too_large(body: bytes) -> str:
    """Say what keeps an answer from being kept, as it would not be read; nothing where nothing."""
    if len(body) > _MAX_ANSWER:
        return f"it takes more than {_MAX_ANSWER:,} bytes"
    return f"it has more than {MAX_PARTS:,} parts" if has_many_parts(body) else ""


def _is_clues(value: object) -> bool:
    return isinstance(value, list) and all(is_texts(each) and len(each) == 2 for each in value)


def _is_list_of_clues(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_clues, value))


def _is_versions(value: object) -> bool:
    return isinstance(value, dict) and is_texts([*value.values()])


def _is_names(value: object) -> bool:
    return isinstance(value, list) and all(map(is_name, value))


def is_quiz_name(text: str) -> bool:
    """Tell whether marks may have a quiz of this name, which is that of a file behind `quiz:`."""
    return bool(_QUIZ_NAME.fullmatch(text)) and text.isprintable()


def _is_counted(text: str) -> bool:
    return is_name(text) or is_quiz_name(text)


def _is_moment(text: str) -> bool:
    return bool(_MOMENT.fullmatch(text)) and bool(moment_of(text))  # which raises ValueError


def _is_points(text: str) -> bool:
    return bool(_POINTS.fullmatch(text)) and float(text) <= _MOST_POINTS


def _is_taken_off(text: str) -> bool:
    try:
        deduction_of(text)
    except UsageError:
        return False
    return True


_OF_TEXT: Mapping[str, Callable[[Any], bool]] = {
    "is_name": is_name,
    "is_quiz": is_quiz_name,
    "is_counted": _is_counted,
    "is_moment": _is_moment,
    "is_points": _is_points,
    "is_taken_off": _is_taken_off,
    "is_clues": of_json(_is_clues),
    "is_list_of_clues": of_json(_is_list_of_clues),
    "is_versions": of_json(_is_versions),
    "is_names": of_json(_is_names),
}
