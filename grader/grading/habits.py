"""Habits from elsewhere: what to say of an exception that gives one away, from a file of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from grader.course.course import Course
from grader.errors import CourseError
from grader.files import MAX_YAML, read_regular, yaml_of
from grader.records import Raised

_NOTHING = ("", "~", "null")  # as YAML spells it
# A pattern is tried in every way in which it could fit. That takes for ever where a group is
# repeated, and long where much is. Of ours it is known that they are soon done with so many
# characters; those of a course are held to this.
_MAX_TEXT = 300
_MAX_REPEATS, _MAX_WAYS = 3, 8
_MAX_TRIES = 100_000_000  # of all patterns of a course, one after the other
_MAX_SAID = 2000  # characters of a sentence, and of what it is filled with
_ESCAPED = re.compile(r"\\(\D)", re.DOTALL)
_REPEAT = re.compile(r"[*+]|\{\d*,")
_WAY = re.compile(r"(?<!\()[?|]")
_REPEATED_GROUP = re.compile(r"\)[*+{]")
# What makes of a pattern another one than can be seen: white space without a meaning, and groups
# that fit what was found before.
_HARD_TO_READ = re.compile(r"\(\?[a-zA-Z-]*x|\\\d|\(\?P=")
_BUILT_IN = Path(__file__).with_suffix(".yaml")


class Habit(NamedTuple):
    """Where a habit shows, and the sentence for it; an empty pattern fits everything."""

    raises: tuple[str, ...]
    say: str
    message: str = ""
    line: str = ""

    @property
    def fault(self) -> str:
        """Why its patterns cannot be trusted to come to an end soon; nothing where they can."""
        for pattern in (self.message, self.line):
            if _HARD_TO_READ.search(pattern):
                return f"{pattern!r} has white space without a meaning, or looks back at a group"
            pattern = _ESCAPED.sub("x", pattern)  # each stands for one character
            if _REPEATED_GROUP.search(pattern):
                return f"{pattern!r} repeats a group, which may take for ever"
            if len(_REPEAT.findall(pattern)) > _MAX_REPEATS:
                return f"{pattern!r} repeats more than {_MAX_REPEATS} things, which may take long"
            if len(_WAY.findall(pattern)) > _MAX_WAYS:
                return f"{pattern!r} has more than {_MAX_WAYS} of ? and |, which may take long"
        return ""

    @property
    def tries(self) -> int:
        """In how many ways its patterns may be tried."""
        patterns = (_ESCAPED.sub("x", pattern) for pattern in (self.message, self.line))
        return sum(_MAX_TEXT ** len(_REPEAT.findall(each)) for each in patterns)

    def advice_for(self, raised: Raised, line: str) -> str:
        """Return the sentence if all of the habit fits, else nothing."""
        if not {raised.type, *raised.types}.intersection(self.raises):
            return ""
        pairs = (self.message, raised.message), (self.line, line)
        found = [re.search(pattern, text[:_MAX_TEXT]) for pattern, text in pairs]
        if not all(found):
            return ""
        groups = {name: text for each in found if each for name, text in each.groupdict().items()}
        said = re.sub(r"\{(\w+)\}", lambda name: groups.get(name[1]) or name[0], self.say)
        return said[:_MAX_SAID]


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
    if course.packages:
        known.pop("torch", None)
    packages = ", ".join(["NumPy", *(each.partition(">=")[0] for each in course.packages)])
    known = {name: habit and _with_packages(habit, packages) for name, habit in known.items()}
    return tuple(habit for habit in (*own.values(), *known.values()) if habit)


def _with_packages(habit: Habit, packages: str) -> Habit:
    return habit._replace(say=habit.say.replace("{packages}", packages))


def _read(path: Path) -> dict[str, Habit | None]:
    try:
        loaded = yaml_of(read_regular(path, MAX_YAML)) or {}
        if not isinstance(loaded, dict):
            raise ValueError("this is not a table of habits by their names")
        habits = dict(_habits(loaded))
        if path != _BUILT_IN:
            _require_soon_done(habits)
        return habits
    except (OSError, ValueError) as error:
        raise CourseError(
            getattr(error, "strerror", None) or str(error),
            where=f"{path}{getattr(error, 'place', '')}",
            next="A habit has `raises` and `say`, and may have `message` and `line`, two patterns.",
        ) from error


def _require_soon_done(habits: dict[str, Habit | None]) -> None:
    tries = 0
    for name, habit in habits.items():
        if habit and habit.fault:
            raise ValueError(f"the habit {name}: {habit.fault}")
        tries += habit.tries if habit else 0
        if tries > _MAX_TRIES:
            raise ValueError(
                f"down to the habit {name} there is so much repeated that it takes long"
            )


def _habits(loaded: dict[Any, Any]) -> Iterator[tuple[str, Habit | None]]:
    for name, fields in loaded.items():
        try:
            yield str(name), None if fields in _NOTHING else _habit(fields)
        except (TypeError, AttributeError, OverflowError, RecursionError, re.error) as error:
            raise ValueError(f"the habit {name} does not make sense: {error}") from error


def _habit(fields: dict[str, Any]) -> Habit:
    names = fields.get("raises", ())
    raises = (names,) if isinstance(names, str) else tuple(names)
    habit = Habit(**{**fields, "raises": raises})
    for pattern in (habit.message, habit.line):
        re.compile(pattern)  # raises where it is none
    if not raises or not all(isinstance(text, str) and text for text in (*raises, habit.say)):
        raise TypeError("`raises` and `say` are to be text")
    if len(habit.say) > _MAX_SAID:
        raise TypeError(f"`say` is to have at most {_MAX_SAID:,} characters")
    return habit
