"""What is meant by a name that a course does not have: a path, an abbreviation, a function, a slip.

Nothing here is a list of words: an exercise is known by its own name, by its functions' names, and
by what its lesson speaks of.
"""

from __future__ import annotations

import ast
import difflib
import os
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from grader.course.answer_key import read_key
from grader.course.course import Course
from grader.course.solutions import source_of
from grader.errors import GraderError, UsageError, in_one_line
from grader.exercise.stub_text import function_names

_MOST = 3  # names that are offered
_FEW = 8  # names that are listed where none is near


class Subject(NamedTuple):
    """What else an exercise is known by: its functions, and the words of its lesson."""

    functions: tuple[str, ...] = ()
    lesson: str = ""


def exercise_of(course: Course, word: str) -> str:
    """Return the exercise that is meant by what is not its name: the path of one of its files.

    Raises
    ------
    UsageError
        It is no such path. The message offers what may be meant.
    """
    if not _is_path(word):
        raise _unknown(word, "exercise", _subjects(course), _elsewhere(course, word))
    found, given = _whose(course, _exercise_files(course), word), Path(word.replace("\\", "/"))
    if found is None and given.exists():
        raise _not_of_an_exercise(course, word)
    if found is None and given.name == word and given.stem in course.exercises:
        return given.stem
    if found is None:
        raise _unknown(word, "exercise", _subjects(course))
    return found


def quiz_of(course: Course, word: str) -> str:
    """Return the quiz whose file a path leads to; else raise `UsageError`, as `exercise_of`."""
    found = _whose(course, _quiz_files(course), word)
    if found is None:
        is_exercise = word in course.exercises
        instead = f"It is an exercise: grader grade {word}" if is_exercise else ""
        raise _unknown(word, "quiz", dict.fromkeys(course.quizzes, Subject()), instead)
    return found


def exercise_or_quiz(course: Course, word: str) -> str:
    """Return the exercise or the quiz whose file a path leads to; else raise `UsageError`."""
    if found := _whose(course, _exercise_files(course) | _quiz_files(course), word):
        return found
    if _is_path(word):
        return exercise_of(course, word)
    quizzes = dict.fromkeys(course.quizzes, Subject())
    raise _unknown(word, "exercise or quiz", quizzes | _subjects(course))


def meant(word: str, subjects: Mapping[str, Subject]) -> list[str]:
    """Return the names that are likeliest meant, the likeliest first.

    Before the distance between words comes what a person does on purpose: leaving letters out, or
    naming a function; after it, what lessons speak of.
    """
    by_name = [(name, name) for name in subjects]
    by_function = [(each, name) for name, known in subjects.items() for each in known.functions]
    is_function = _letters(word) in {_letters(each) for each, _ in by_function}
    for pairs in (by_function, by_name) if is_function else (by_name, by_function):
        if found := _abbreviated(word, pairs):
            return found[:_MOST]
    owners = {_letters(each): name for each, name in (*by_function, *by_name)}
    near = _nearest(_letters(word), owners)
    return list(dict.fromkeys(owners[each] for each in near)) or _speaking_of(word, subjects)


def _nearest(word: str, known: Iterable[str]) -> list[str]:
    """Return what a word is a slip of, and not what is much farther from it than the nearest."""
    near = difflib.get_close_matches(word, known, n=_MOST, cutoff=0.6)
    likeness = [difflib.SequenceMatcher(None, each, word).ratio() for each in near]
    return [each for each, like in zip(near, likeness, strict=True) if like > likeness[0] - 0.15]


def _is_path(word: str) -> bool:
    return "/" in word or "\\" in word or word.endswith(".py")


def _whose(course: Course, files: Mapping[Path, str], word: str) -> str | None:
    """Return to what a path belongs, seen from here or from the course's folder.

    A path with backslashes is one of Windows, whatever the system.
    """
    word = word.replace("\\", "/")
    for path in (Path.cwd() / word, course.root / word):
        place = Path(os.path.normpath(path))
        for each in (place, place.parent.resolve() / place.name):
            if each in files:
                return files[each]
    return None


def _exercise_files(course: Course) -> dict[Path, str]:
    """Return the files that stand for an exercise: the learner's, its definition, its key."""
    files: dict[Path, str] = {}
    for name in course.exercises:
        own = course.exercise_path(name)
        inside = Path("solutions", course.unit_of(name), own.name)
        homes = (own, course.root / inside, course.solution_path(name), course.key_path(name))
        files |= dict.fromkeys(homes, name)
    return files


def _quiz_files(course: Course) -> dict[Path, str]:
    return {course.quiz_path(name): name for name in course.quizzes}


def _subjects(course: Course) -> dict[str, Subject]:
    return {name: _subject(course, name) for name in course.exercises}


def _subject(course: Course, name: str) -> Subject:
    """Return what an exercise is known by: by its name alone where nothing of it can be read."""
    try:
        if course.release:
            key = read_key(course.key_path(name))
            return Subject(tuple(each["name"] for each in key["functions"]), key["lesson"])
        source = source_of(course, name)
        lesson = ast.get_docstring(ast.parse(source.text)) or ""
        return Subject(function_names(source), lesson)
    except (OSError, ValueError, SyntaxError, GraderError):  # what is asked about is another's name
        return Subject()


def _elsewhere(course: Course, word: str) -> str:
    """Say what a word is the name of, if it is one of the course and no exercise's."""
    for unit in course.units:
        if unit.name == word and unit.exercises:
            return f"It is a unit. Its exercises: {', '.join(unit.exercises)}."
    return f"It is a quiz: grader quiz {word}" if word in course.quizzes else ""


def _not_of_an_exercise(course: Course, word: str) -> UsageError:
    path = Path(word)
    if path.is_dir():
        return UsageError(
            "this is a folder, and exercises are named one by one",
            where=word,
            next="To grade all of the course: grader grade --all",
        )
    name = path.stem if path.stem in course.exercises else "NAME"
    shown = in_one_line(shlex.quote(word))
    in_place = f"To grade it in place of one: grader grade {name} --file {shown}"
    return UsageError(
        "this is not the file of an exercise",
        where=word,
        next=in_place if path.suffix == ".py" else "Name an exercise. To see them all, run: grader",
    )


def _unknown(
    word: str, kind: str, subjects: Mapping[str, Subject], instead: str = ""
) -> UsageError:
    """Return what to say where there is nothing of that name, with what may be meant."""
    searched = Path(word.replace("\\", "/")).stem if _is_path(word) else word
    return UsageError(
        f"there is no {kind} called {word!r}", next=instead or _say_near(searched, subjects)
    )


def _say_near(word: str, subjects: Mapping[str, Subject]) -> str:
    near = meant(word, subjects)
    if not near:
        listed = ", ".join(subjects)
        return f"There are: {listed}." if len(subjects) <= _FEW else "To see them all, run: grader"
    *others, last = near
    question = f"Did you mean {', '.join(others)} or {last}?" if others else f"Did you mean {last}?"
    functions = subjects[near[0]].functions
    asked = next((each for each in functions if _letters(each) == _letters(word)), None)
    is_function = asked and len(near) == 1 and _letters(last) != _letters(word)
    return f"{question} It asks for {asked}." if is_function else question


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()


def _abbreviated(word: str, pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Return whom a word is short for: parts of a name from their first letters on, in order."""
    letters, ranked = _letters(word), []
    if len(letters) < 2:
        return []
    for each, name in pairs:
        parts = [part for part in each.lower().split("_") if part]
        left_out = _left_out(letters, parts)
        if left_out is not None:
            is_initials = letters == "".join(part[0] for part in parts)
            ranked.append((not is_initials, left_out, len(each), name))
    ranked.sort(key=lambda rank: rank[:3])
    return list(dict.fromkeys(name for *_, name in ranked))


def _left_out(letters: str, parts: Sequence[str]) -> int | None:
    """Return how few parts of a name letters leave out; None where they are not short for it.

    Each part gives its first letter and any others in order, or nothing.
    """
    ends = {0: 0}  # how many letters are used up, and with how few parts left out
    for part in parts:
        after = {used: count + 1 for used, count in ends.items()}
        for used, count in ends.items():
            for end in _ends_within(letters, used, part):
                after[end] = min(count, after.get(end, count))
        ends = after
    return ends.get(len(letters))


def _ends_within(letters: str, start: int, part: str) -> Iterator[int]:
    """Yield where letters from `start` on can end that one part of a name gives."""
    place = 0 if letters.startswith(part[0], start) else -1
    while place >= 0:
        start += 1
        yield start
        place = part.find(letters[start], place + 1) if start < len(letters) else -1


def _speaking_of(word: str, subjects: Mapping[str, Subject]) -> list[str]:
    """Return the exercise whose lesson has a word most often; a letter is no word."""
    if len(word) < 3:
        return []
    whole = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
    counts = {name: len(whole.findall(each.lesson)) for name, each in subjects.items()}
    most = max(counts, key=counts.__getitem__, default="")
    return [most] if most and counts[most] else []
