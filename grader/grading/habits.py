"""Habits from elsewhere: what to say of an exception that gives one away, from a file of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from grader.course.course import Course
from grader.errors import CourseError, in_one_line
from grader.files import MAX_YAML, read_regular, yaml_of
from grader.grading.patterns import Pattern, Steps
from grader.records import Raised

_NOTHING = ("", "~", "null")  # as YAML spells it
# What stands behind a line, and texts, in which a # begins none.
_COMMENT = re.compile(r"""(?P<text>'(?:[^\\']|\\.)*'?|"(?:[^\\"]|\\.)*"?)|#.*""")
_MAX_TEXT = 300
_MAX_SAID = 2000  # characters of a sentence, and of what it is filled with
# Of a course's own, all together: our own are known to be soon done with.
_MAX_HABITS, _MAX_NAMES = 300, 20  # names of exceptions are of each
_MAX_PATTERNS = 20_000  # characters of their patterns, and steps that these are written in
_MAX_STEPS = 1_000_000  # of all searches in what one file raises
_FIELDS = ("raises", "say", "message", "line")
_BUILT_IN = Path(__file__).with_suffix(".yaml")


Search = Callable[[str, str], Mapping[str, str | None] | None]


def _by_python(pattern: str, text: str) -> Mapping[str, str | None] | None:
    found = re.search(pattern, text)
    return found and found.groupdict()


class Habit(NamedTuple):
    """Where a habit shows, and the sentence for it; an empty pattern fits everything.

    `search` returns what the groups of a pattern found in a text, or None.
    """

    raises: tuple[str, ...]
    say: str
    message: str = ""
    line: str = ""
    search: Search = _by_python

    def advice_for(self, raised: Raised, line: str) -> str:
        """Return the sentence if all of the habit fits, else nothing."""
        if not {raised.type, *raised.types}.intersection(self.raises):
            return ""
        groups: dict[str, str | None] = {}
        for pattern, text in ((self.message, raised.message), (self.line, line)):
            found = self.search(pattern, text[:_MAX_TEXT])
            if found is None:
                return ""
            groups |= found
        said = re.sub(r"\{(\w+)\}", lambda name: groups.get(name[1]) or name[0], self.say)
        return in_one_line(said[:_MAX_SAID])


def advice_for(raised: Raised, line: str, habits: Sequence[Habit]) -> str:
    """Return what there is to say of an exception that came from this line of the learner's."""
    line = _COMMENT.sub(lambda found: found["text"] or "", line)
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
        return habits if path == _BUILT_IN else _bounded(habits)
    except (OSError, ValueError) as error:
        raise CourseError(
            getattr(error, "strerror", None) or str(error),
            where=f"{path}{getattr(error, 'place', '')}",
            next="A habit has `raises` and `say`, and may have `message` and `line`, two patterns.",
        ) from error


def _habits(loaded: dict[Any, Any]) -> Iterator[tuple[str, Habit | None]]:
    for name, fields in loaded.items():
        try:
            yield str(name), None if fields in _NOTHING else _habit(fields)
        except (TypeError, AttributeError) as error:
            raise ValueError(f"the habit {name} does not make sense: {error}") from error


def _habit(fields: dict[str, Any]) -> Habit:
    if unknown := [str(name) for name in fields if name not in _FIELDS]:
        raise TypeError(f"there is no {unknown[0]!r} in a habit")
    names = fields.get("raises", ())
    raises = (names,) if isinstance(names, str) else tuple(names)
    habit = Habit(**{"say": "", **fields, "raises": raises})
    if not all(isinstance(pattern, str) for pattern in (habit.message, habit.line)):
        raise TypeError("`message` and `line` are to be text")
    if not raises or not all(isinstance(text, str) and text for text in (*raises, habit.say)):
        raise TypeError("`raises` and `say` are to be text")
    if len(raises) > _MAX_NAMES:
        raise TypeError(f"`raises` is to have at most {_MAX_NAMES} names")
    if len(habit.say) > _MAX_SAID:
        raise TypeError(f"`say` is to have at most {_MAX_SAID:,} characters")
    return habit


def _bounded(habits: dict[str, Habit | None]) -> dict[str, Habit | None]:
    """Return a course's habits with a search that comes to an end soon, for all of them together.

    Raise `ValueError` where they are too many, or a pattern is none that can be searched for so.
    """
    own = {name: habit for name, habit in habits.items() if habit}
    texts = [text for habit in own.values() for text in (habit.message, habit.line)]
    if len(habits) > _MAX_HABITS or sum(map(len, texts)) > _MAX_PATTERNS:
        raise ValueError(
            f"this is more than {_MAX_HABITS} habits, or than {_MAX_PATTERNS:,} characters of"
            " patterns"
        )
    patterns: dict[str, Pattern] = {}
    for name, habit in own.items():
        try:
            patterns |= {text: Pattern(text) for text in (habit.message, habit.line)}
        except (ValueError, OverflowError, RecursionError, re.error) as error:
            raise ValueError(f"the habit {name} does not make sense: {error}") from error
        if sum(len(each.program) for each in patterns.values()) > _MAX_PATTERNS:
            raise ValueError(f"down to the habit {name} there is too much repeated")
    steps = Steps(_MAX_STEPS)

    def search(pattern: str, text: str) -> dict[str, str] | None:
        return patterns[pattern].search(text, steps)

    return habits | {name: habit._replace(search=search) for name, habit in own.items()}
