"""Proves what a learner reads and sees: hints, formulas, docstrings and pictures."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from grader.authoring.proof import Problem
from grader.course.lesson import unplaced
from grader.errors import BrokenGraderError
from grader.exercise.definition import Definition, place_of
from grader.exercise.docstrings import docstring_of
from grader.exercise.manners import manner_of
from grader.exercise.pictures import MAX_PICTURES, Panel
from grader.grading.pictures import view_results
from grader.grading.trials import Examiner

SHORTEST = 6  # characters of a body of one line that are more than a name
TELLING = 20  # characters; a longer line of a reference is much of the answer


def text_problems(definition: Definition) -> Iterator[Problem]:
    """Find hints that are missing or say too much, bad formulas, and silent docstrings."""
    hints = definition.hints
    if not hints or not all(hint.strip() for hint in hints):
        yield Problem(definition.path, "an exercise needs hints, and none of them empty")
    for what in _formula_problems(definition):
        yield Problem(definition.path, what)
    for name, function in definition.references.items():
        manner = manner_of(function)
        returns = not {"prints", "changes", "script"} & {*manner}
        if returns and not docstring_of(function).results:
            where = "`Yields`, a line such as `total : int`"
            if "yields" not in manner:
                where = "`Returns`, a line such as `weights : (..., n)`"
            what = f"the docstring of {name} does not state its results: under {where}"
            yield Problem(place_of(function), what)
        for line in _telling_lines(function):
            if any(_says(hint, line) for hint in hints):
                yield Problem(place_of(function), f"a hint gives a line of {name} away: {line}")
            for mistake in definition.mistakes_of(name):
                if _says(mistake.message, line):
                    what = f"the message of {mistake.name} gives a line of {name} away: {line}"
                    yield Problem(mistake.where, what)


def text_warnings(definition: Definition) -> Iterator[Problem]:
    """Find functions that nobody wrote a mistake for: wrong answers to them are not explained."""
    for name, function in definition.references.items():
        if not definition.mistakes_of(name):
            what = f"{name} has no mistakes: whoever gets it wrong is told no more than where"
            yield Problem(place_of(function), what)


def _says(text: str, line: str) -> bool:
    """Tell whether a text has a line of code in it, however it is spaced."""
    return _squeezed(line) in _squeezed(text)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s`]", "", text).replace("'", '"')


def _formula_problems(definition: Definition) -> Iterator[str]:
    for line in unplaced(definition):
        yield (
            f"the formula {line!r} has to be the beginning of one line that is indented in the"
            " lesson, and of one alone"
        )
    for line, tex in definition.formulas.items():
        if tex.count("{") != tex.count("}") or tex.count(r"\left") != tex.count(r"\right"):
            yield f"the formula {line!r} leaves a bracket open"


def _telling_lines(function: object) -> list[str]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))  # type: ignore[arg-type]
    (definition,) = tree.body
    methods = definition.body if isinstance(definition, ast.ClassDef) else []
    parts = [definition, *methods]
    written = [part for part in parts if isinstance(part, ast.FunctionDef)]
    body = [each for part in written for each in part.body[_has_docstring(part) :]]
    lines = [line for statement in body for line in ast.unparse(statement).split("\n")]
    if len(lines) == 1:  # all of the answer, however short
        whole = lines[0].removeprefix("return ")
        return [whole] if len(whole) > SHORTEST else []
    return [line for line in lines if len(line) > TELLING]


def _has_docstring(function: ast.FunctionDef) -> bool:
    return ast.get_docstring(function) is not None


def picture_problems(examiner: Examiner) -> Iterator[Problem]:
    """Draw every picture twice, and find those that cannot be drawn or are not the same again."""
    if len(examiner.definition.pictures) > MAX_PICTURES:
        many = f"there are more than {MAX_PICTURES} pictures"
        yield Problem(examiner.definition.path, many)
    for picture in examiner.definition.pictures:
        try:
            panels, again = ([p.panel for p in view_results(examiner, picture)] for _ in range(2))
        except BrokenGraderError as error:
            yield Problem(error.where or picture.where, error.what)
            continue
        if not panels:
            yield Problem(picture.where, f"the picture {picture.name} returns no views")
        for panel, other in zip(panels, again, strict=False):
            what = None if _in_a_row(panels) else _panel_problem(panel)
            if what is None and not _is_same(panel.values, other.values):
                what = "it is another one every time; draw it from fixed numbers"
            if what:
                yield Problem(picture.where, f"the picture {picture.name}, {panel.title}: {what}")


def _in_a_row(panels: Sequence[Panel]) -> bool:
    """Tell whether all panels are single numbers that can be drawn as one row."""
    values = [panel.values for panel in panels]
    return len(values) > 1 and all(v.ndim == 0 and np.all(np.isfinite(v)) for v in values)


def _panel_problem(panel: Panel) -> str | None:
    values = panel.values
    if values.dtype.kind not in "biuf":
        return f"what is drawn is not made of real numbers but of {values.dtype}"
    if values.ndim not in (1, 2) or not values.size:
        return f"what is drawn is of shape {values.shape}: choose a `part` of one or two axes"
    if np.isinf(values).any():
        return "an infinity has no place on a scale"
    lengths = {"rows": len(values) if panel.is_table else 0, "columns": values.shape[-1]}
    for name, length in lengths.items():
        labels = len(getattr(panel, name))
        if labels not in (0, length):
            return f"there are {labels} labels for {length} {name}"
    return None


def _is_same(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> bool:
    return one.shape == other.shape and bool(
        np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    )
