"""What is said of an answer as a whole: it is not there, does not load, or is of something else."""

from __future__ import annotations

import inspect
import re
import shlex
from collections.abc import Iterator, Sequence, Set
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from grader.course.course import Course
from grader.errors import GraderError, RefusedError
from grader.exercise.definition import Definition
from grader.exercise.manners import manner_of
from grader.grading.checks import is_unwritten
from grader.grading.examiner import examiner_of
from grader.grading.imports import functions_of
from grader.grading.room import Sitting
from grader.grading.tracebacks import OUTSIDE_OF_FUNCTIONS, line_of, say_raised, say_stopped
from grader.grading.trusted import TRUSTED
from grader.learner.outside.submission import read_submission
from grader.records import (
    Diagnosis,
    Missing,
    Outcome,
    Raised,
    Stopped,
    Submission,
)
from grader.records.text import Text, listed, parse

_LONGEST_NAME = 100  # that is compared, letter by letter
_MOST_COMPARED = 100  # names of a file: one of a megabyte has a hundred thousand
MAX_NAMES = 5  # of a file's own functions, where it lacks one
# What is no trial of somebody's own, and cannot be moved under that line.
_BELONGS_OUTSIDE = re.compile(r"\s*(?:(?:def|async|class|import|from)\b|@)")
# Texts of several lines, in which an older answer may stand; and comments and other texts. One that
# is not closed goes on to the end of the file, even where that is a backslash, so that each fits
# where it begins and no character is looked at twice.
_TEXTS = re.compile(
    r"""#[^\r\n]*"""
    r"""|(?P<lines>\'\'\'(?:[^\\']|\\.|'(?!''))*(?:\'\'\'|\\?\Z)"""
    r"""|"{3}(?:[^\\"]|\\.|"(?!""))*(?:"{3}|\\?\Z))"""
    r"""|'(?:[^\\'\r\n]|\\.)*'?|"(?:[^\\"\r\n]|\\.)*"?""",
    re.DOTALL,
)
_BOUND = re.compile(r"^(?:async +)?(?:def|class) +(\w+)|^(\w+) *(?::[^=\n]*)?=(?!=)", re.MULTILINE)


class Unread(NamedTuple):
    """Why there is nothing to run: how that ends, and what is said of it."""

    outcome: Outcome
    reason: str


def read_answer(course: Course, name: str, answer: Path | Submission) -> Submission | Unread:
    """Read the answer to an exercise, if there is one."""
    place = place_of(course, answer)
    again = f"`grader reset {name}` writes the stub again."
    try:
        if isinstance(answer, Submission):
            submission = answer
        else:
            submission = read_submission(course, name, answer)
    except FileNotFoundError:
        return Unread(Outcome.NOT_ATTEMPTED, f"There is no file {place}. {again}")
    except RefusedError as error:
        return Unread(Outcome.REFUSED, say_refused(error))
    if submission.refusal:
        return Unread(Outcome.REFUSED, submission.refusal)
    if not submission.source.decode("utf-8-sig").strip():
        return Unread(Outcome.NOT_ATTEMPTED, _say_empty(submission))
    return submission


def say_refused(error: RefusedError) -> str:
    """Say why an answer is not run, and what to do about it."""
    return f"{error.where}: {error.what}. {error.next}"


def place_of(course: Course, answer: Path | Submission) -> str:
    """Return where an answer is, as people see it."""
    return answer.path if isinstance(answer, Submission) else course.display(answer)


def is_untouched(sitting: Sitting) -> bool:
    """Tell whether nothing is written yet: the file says so itself, or each of its functions."""
    failure = sitting.run.load_failure
    if failure:
        return is_unwritten(failure)
    return all(map(is_unwritten, sitting.run.answers))


def say_of_the_file(
    course: Course, definition: Definition, submission: Submission, sitting: Sitting
) -> tuple[Diagnosis, ...]:
    """Say what concerns the file as a whole: what it is, that it does not load, what it lacks.

    Which earlier exercises do not work is said as well, unless it is an answer to another one.
    """
    if sitting.passed:
        return sitting.blame
    if not _has_own(definition, submission, sitting) and (
        another := _say_another(course, definition, submission)
    ):
        return (Diagnosis("damage", another),)
    said = _said(definition, submission, sitting)
    return (*(Diagnosis("damage", message) for message in said), *sitting.blame)


def say_imports(submission: Submission, sitting: Sitting) -> tuple[str, ...]:
    """Say of an answer that was handed in what was taken for the exercises that it imports."""
    beside = submission.beside
    if beside is None:
        return ()
    return tuple(
        f"{name} from {beside[name].path if name in beside else 'the reference'}"
        for name, is_seen in sitting.imported.items()
        if is_seen
    )


def _said(definition: Definition, submission: Submission, sitting: Sitting) -> Iterator[str | Text]:
    failure = sitting.run.load_failure
    if isinstance(failure, Stopped):
        yield say_stopped(failure, sitting.sources).after("The file could not be loaded: ")
    elif is_untouched(sitting):
        yield f"Not attempted yet: write {listed(definition.references)} in {submission.path}."
    elif failure:
        yield _say_unloadable(failure, sitting)
    else:
        yield from _classes(definition, submission, sitting)
        yield from _missing(definition, submission, sitting)


def _say_empty(submission: Submission) -> str:
    name, place = submission.exercise, submission.path
    if not place.endswith(".py"):  # the cells of a notebook
        why = f" {submission.absence}" if submission.absence else ""
        return f"There is nothing of {name} in {place}.{why}"
    return f"{place} is empty. `grader reset {name}` writes the stub again."


def _has_own(definition: Definition, submission: Submission, sitting: Sitting) -> bool:
    """Tell whether a file has a function of the exercise: some was called, or is defined within."""
    if not sitting.run.load_failure and not all(
        isinstance(answer, Missing) for answer in sitting.run.answers
    ):
        return True
    names = definition.references
    return any(_line_of(submission, rf"^[ \t]+(async +)?def +{name}\b") for name in names)


def _say_another(course: Course, definition: Definition, submission: Submission) -> str:
    """Say that this is an answer to another exercise, if it defines that one's functions alone."""
    found_in = _BOUND.findall(_code_of(submission.source))
    defined = {name for pair in found_in for name in pair if name}
    if not defined or defined & definition.references.keys():
        return ""
    best, found = "", list[str]()
    for other in course.exercises:
        functions = functions_of(course, other)
        there = [name for name in functions if name in defined]
        if other != definition.name and len(there) > len(found):
            best, found = other, there
    if not found or _is_misspelt(definition, defined - {*found}):  # beside a helper
        return ""
    path = submission.path
    if _is_stub(course, best, submission):
        again = f"`grader reset {definition.name}` writes that of {definition.name} again."
        return f"{path} is the stub of {best}. {again}"
    message = f"{path} defines {listed(found)}: it answers {best}, not {definition.name}."
    if not path.endswith(".py"):  # the cells of a notebook
        return message
    return f"{message} To grade it as that: `grader grade {best} --file {shlex.quote(path)}`"


def _is_misspelt(definition: Definition, defined: Set[str]) -> bool:
    """Tell whether one of these names is nearly that of a function of the exercise."""
    others = sorted(name for name in defined if len(name) <= _LONGEST_NAME)[:_MOST_COMPARED]
    asked = (name for name in definition.references if len(name) <= _LONGEST_NAME)
    return any(get_close_matches(name, others) for name in asked)


def _is_stub(course: Course, exercise: str, submission: Submission) -> bool:
    try:
        with TRUSTED:
            stub = examiner_of(course, exercise).stub
    except GraderError:
        return False
    return submission.source.decode("utf-8-sig").split() == stub.split()


def _say_unloadable(failure: Raised, sitting: Sitting) -> Text:
    text = say_raised(failure, sitting.sources).after("The file could not be loaded.\n")
    if _is_a_trial(failure, sitting):
        return Text((*text.groups, *parse(OUTSIDE_OF_FUNCTIONS).groups))
    return text


def _is_a_trial(failure: Raised, sitting: Sitting) -> bool:
    """Tell whether the file failed in what somebody tries out in it."""
    # These are about the file whatever is in it; and what is known already is said.
    others = {"SyntaxError", "ImportError", "RecursionError", "MemoryError"}
    if failure.advice or not failure.frames or others.intersection(failure.types):
        return False
    line = line_of(sitting.sources, failure.frames[0])
    return not _BELONGS_OUTSIDE.match(line or "")


def _classes(definition: Definition, submission: Submission, sitting: Sitting) -> Iterator[str]:
    """Say which functions are classes: calling one makes an object, where a result is wanted."""
    works = {check.function for check in sitting.checks if check.passed}
    for name, reference in definition.references.items():
        is_asked = manner_of(reference).get("script")
        line = None if is_asked else _line_of(submission, rf"^class +{name}\b")
        if line and name not in works and not _line_of(submission, rf"^def +{name}\b"):
            call = f"{name}{inspect.signature(reference)}"
            yield (
                f"{submission.place(line)}: `{name}` is a class, and calling a class makes an"
                f" object. A function is wanted here: write `def {call}:` in its place."
            )


def _missing(definition: Definition, submission: Submission, sitting: Sitting) -> Iterator[str]:
    """Say of the functions that are missing what stands in their place, or which they may be."""
    missing = [each for each in sitting.run.answers if isinstance(each, Missing)]
    answers = {each.function: each for each in reversed(missing)}  # hidden ones, the last, say less
    unexplained: list[str] = []
    for name in filter(answers.__contains__, definition.references):
        inside = _line_of(submission, rf"^[ \t]+(async +)?def +{name}\b")
        there = _line_of(submission, rf"^(async +)?def +{name}\b")
        replaced = _line_of(submission, rf"^{name} *(:[^=\n]*)?=(?!=)")
        if replaced:
            yield (
                f"{submission.place(replaced)}: `{name}` is something that cannot be called,"
                " from this line on. Give it another name here."
            )
        elif there:
            yield (
                f"{submission.place(there)}: `{name}` is defined here, and no longer there when it"
                " is called: other lines give its name to something else, or delete it."
            )
        elif inside:
            yield (
                f"{submission.place(inside)}: `{name}` is defined inside of something else, where"
                " the checks cannot call it. Move it to the left margin."
            )
        else:
            unexplained.append(name)
    if unexplained:
        yield _say_missing(definition, submission, unexplained, answers[unexplained[0]].defined)


def _say_missing(
    definition: Definition, submission: Submission, names: Sequence[str], defined: Sequence[str]
) -> str:
    path = submission.path
    plural = "s" if len(names) > 1 else ""
    message = f"{path} has no function{plural} called {listed(names)}."
    others = [name for name in defined if name not in definition.references]
    if not others:
        return message
    which = "are these the ones" if plural and len(others) > 1 else "is it one of these"
    more = f" and {len(others) - MAX_NAMES} more" if len(others) > MAX_NAMES else ""
    return f"{message} It defines {', '.join(others[:MAX_NAMES])}{more}: {which}, renamed?"


@lru_cache(maxsize=2)  # it is asked for each name
def _code_of(source: bytes) -> str:
    """Return a file without what stands in texts of several lines."""
    return _TEXTS.sub(_blank, source.decode("utf-8-sig"))


def _blank(found: re.Match[str]) -> str:
    """Return a text of several lines without what stands in it, and anything else as it is."""
    return re.sub(r"[^\r\n]", " ", found[0]) if found["lines"] else found[0]


def _line_of(submission: Submission, pattern: str) -> int:
    """Return the number of the last line that a pattern fits, or 0."""
    text = _code_of(submission.source)
    starts = [found.start() for found in re.finditer(pattern, text, re.MULTILINE)]
    return len(re.findall(r"\r\n|\r|\n", text[: starts[-1]])) + 1 if starts else 0
