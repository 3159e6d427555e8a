"""Habits from elsewhere: what to say of an exception that gives one away, from a file of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from grader.course.course import Course
from grader.errors import CourseError
from grader.records import Raised

_BUILT_IN = Path(__file__).with_suffix(".yaml")


class Habit(NamedTuple):
    """Where a habit shows, and the sentence for it; an empty pattern fits everything."""

    raises: tuple[str, ...]
    say: str
    message: str = ""
    line: str = ""

    def advice_for(self, raised: Raised, line: str) -> str:
        """Return the sentence if all of the habit fits, else nothing."""
        if not {raised.type, *raised.types}.intersection(self.raises):
            return ""
        found = re.search(self.message, raised.message), re.search(self.line, line)
        if not all(found):
            return ""
        groups = {name: text for each in found if each for name, text in each.groupdict().items()}
        return re.sub(r"\{(\w+)\}", lambda name: groups.get(name[1]) or name[0], self.say)


def advice_for(raised: Raised, line: str, habits: Sequence[Habit]) -> str:
    """Return what there is to say of an exception that came from this line of the learner's."""
    return next(filter(None, (habit.advice_for(raised, line) for habit in habits)), "")


def read_habits(course: Course) -> tuple[Habit, ...]:
    """Return the habits of a course, its own before those that the grader knows.

    Raises
    ------
    CourseError
        The course's file of them does not make sense.
    """
    own = _read(course.habits_path) if course.habits_path.is_file() else {}
    known = {name: habit for name, habit in _read(_BUILT_IN).items() if name not in own}
    return tuple(habit for habit in (*own.values(), *known.values()) if habit)


def _read(path: Path) -> dict[str, Habit | None]:
    import yaml  # only where something crashed: it takes longer than judging an answer

    try:
        loaded = yaml.load(path.read_bytes(), getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or {}
        if not isinstance(loaded, dict):
            raise ValueError("this is not a table of habits by their names")
        return dict(_habits(loaded))
    except (yaml.YAMLError, ValueError) as error:
        raise CourseError(
            str(error),
            where=str(path),
            next="A habit has `raises` and `say`, and may have `message` and `line`, two patterns.",
        ) from error


def _habits(loaded: dict[Any, Any]) -> Iterator[tuple[str, Habit | None]]:
    for name, fields in loaded.items():
        try:
            yield str(name), None if fields is None else _habit(fields)
        except (TypeError, AttributeError, re.error) as error:
            raise ValueError(f"the habit {name} does not make sense: {error}") from error


def _habit(fields: dict[str, Any]) -> Habit:
    names = fields.get("raises", ())
    raises = (names,) if isinstance(names, str) else tuple(names)
    habit = Habit(**{**fields, "raises": raises})
    for pattern in (habit.message, habit.line):
        re.compile(pattern)  # raises where it is none
    if not raises or not all(isinstance(text, str) and text for text in (*raises, habit.say)):
        raise TypeError("`raises` and `say` are to be text")
    return habit
