"""New exercises and quizzes: each begins as a small one that works, to be changed bit by bit."""

from __future__ import annotations

import keyword
import re
from pathlib import Path
from typing import NamedTuple

from grader.authoring.contents import add_name, rewrite, title_of
from grader.authoring.init import refuse_taken, write_new
from grader.authoring.stubs import write_stub
from grader.course.course import CONTENTS, Course, read_course
from grader.errors import UsageError

EXERCISE = '''\
"""TITLE: the largest entry of every row becomes 0.

This is the lesson, which stands at the top of the learner's file too. The exercise works as it is,
so change it bit by bit: what the function does and what for, the formula, the shapes. Hints go from
a nudge to nearly there. A case draws inputs from `rng`, and the first that fails is shown: small
ones first. A mistake is what people get wrong, as code; its docstring is what they then read.
"""

import numpy as np

from grader.exercise import Exercise, inputs

exercise = Exercise(
    hints=[
        "Which entry has to be subtracted, and is it the same one for every row?",
        "Look up `keepdims`: each row's largest entry has to line up with that row.",
    ]
)


@exercise.reference
def NAME(x):
    """Subtract from every row its largest entry.

    Parameters
    ----------
    x : (..., n)
        Finite numbers.

    Returns
    -------
    shifted : (..., n)
        Of the shape of x; 0 where a row has its largest entry, and less elsewhere.
    """
    return x - x.max(axis=-1, keepdims=True)


@exercise.case
def one_row(rng):
    return inputs(rng.normal(size=3).round(1))


@exercise.case(tags=["oblong"])
def two_rows(rng):
    return inputs(rng.normal(size=(2, 3)).round(1))


@exercise.case(tags=["float32"])
def single_precision(rng):
    return inputs(rng.normal(size=(2, 3)).astype(np.float32))


@exercise.mistake
def subtracts_the_largest_of_all(x):
    """You subtract the largest entry of the whole array.

    With one row that is the same. With two, each has a largest entry of its own.
    """
    return x - x.max()
'''

QUIZ = """\
# Change these questions and add your own. An id never changes once somebody has answered.
# Instead of `choices` a question may have: answer (true, false or arithmetic), accept (words),
# shape, order, match, or prints (with code). To check all of it: grader prove NAME
quiz: NAME
title: TITLE
questions:
- id: DASHED-rows
  ask: From an array x of shape (2, 3), x.max(axis=-1) makes an array of which shape?
  choices:
  - right: (2,)
    because: The last axis is the one that is reduced, so there is one number for every row.
  - wrong: (3,)
    because: That is axis=0, with one number for every column.
  - wrong: (2, 1)
    because: That takes keepdims=True.
- id: DASHED-entries
  vars: {n: [4, 6], d: [8, 16]}
  ask: How many numbers does an array of shape ({n}, {d}) hold?
  answer: "{n} * {d}"
  because: Each of the {n} rows holds {d}.
"""

_NAME = re.compile(r"[a-z][a-z0-9_]*")
# Names that mean something else in a definition, as a folder or to a command.
_RESERVED = {"exercise", "inputs", "np", "documents", "quizzes", "exercises"}
_RESERVED.update(re.findall(r"^def ([a-z]\w*)", EXERCISE, re.MULTILINE))


class Created(NamedTuple):
    """The files that were written, the one to change first, and whether the unit is a new one."""

    files: tuple[Path, ...]
    unit_is_new: bool


def new_exercise(course: Course, name: str, unit: str) -> Created:
    """Write a definition that works, its line in course.yaml, and its stub."""
    _check(course, name, unit, "exercise", course.exercises)
    inside = Path(unit, f"{name}.py")
    definition, stub = (course.root / folder / inside for folder in ("solutions", "exercises"))
    refuse_taken([stub])
    contents = add_name(course.root / CONTENTS, unit, "exercises", name)
    write_new({definition: _filled(EXERCISE, name)})
    rewrite(course.root / CONTENTS, contents)
    write_stub(read_course(course.root), name)
    return Created((definition, stub), unit_is_new=not _has_unit(course, unit))


def new_quiz(course: Course, name: str, unit: str) -> Created:
    """Write a quiz of two questions, and its line in course.yaml."""
    _check(course, name, unit, "quiz", course.quizzes)
    contents = add_name(course.root / CONTENTS, unit, "quizzes", name)
    write_new({course.quiz_path(name): _filled(QUIZ, name)})
    rewrite(course.root / CONTENTS, contents)
    return Created((course.quiz_path(name),), unit_is_new=not _has_unit(course, unit))


def _has_unit(course: Course, unit: str) -> bool:
    return any(known.name == unit for known in course.units)


def _filled(template: str, name: str) -> str:
    dashed = name.replace("_", "-")
    return template.replace("NAME", name).replace("TITLE", title_of(name)).replace("DASHED", dashed)


def _check(course: Course, name: str, unit: str, kind: str, taken: tuple[str, ...]) -> None:
    course.require_definitions()
    words = {kind: name} if _has_unit(course, unit) else {kind: name, "unit": unit}
    for thing, word in words.items():
        if not _NAME.fullmatch(word) or keyword.iskeyword(word):
            raise UsageError(
                f"{word!r} cannot be the name of {_a(thing)}",
                next="Take lower-case letters, digits and underscores, a letter first, and no word"
                " of Python's own: layer_norm, week_2.",
            )
    if name in _RESERVED:
        raise UsageError(
            f"{name!r} has a meaning of its own, and cannot be the name of {_a(kind)}",
            next="Choose another name.",
        )
    if name in taken:
        raise UsageError(
            f"there is {_a(kind)} called {name!r} already",
            next=f"Choose another name, or change that one and run: grader prove {name}",
        )


def _a(kind: str) -> str:
    return f"an {kind}" if kind == "exercise" else f"a {kind}"
