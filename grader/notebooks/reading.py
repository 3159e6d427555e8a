"""Reads the cells of a notebook file, whatever wrote it and whatever became of it.

nbformat reads what is valid. Learners hand in more than that: cells without ids, metadata that
another program rewrote, the formats of ten years ago. All of them are JSON, and of all that they
hold only the code of the cells and the marks that we gave them matter here; of other cells, whether
one was code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any, NamedTuple

from grader.course.course import Course
from grader.errors import RefusedError
from grader.files import MAX_JSON, json_of
from grader.learner.outside.submission import read_regular

MAX_CODE = 400_000  # characters, of all cells together
MAX_TEXT = 100_000  # characters of a cell that is not code: it is only looked at
MAX_TEXTS = 1_000_000  # characters of all of these
CODE = "code"
_FORM_FEED = re.compile(r"^[ \t\f]*\f", re.MULTILINE)  # for Python, a line begins behind it
_DEFINED = re.compile(r"^[ \t]*(?:async +)?def +(\w+)", re.MULTILINE)
ROLES = ("lesson", "stub", "check", "show", "hints")  # the cells of an exercise, as in their ids
_SAVE_AGAIN = "Open it in Jupyter and save it again, or take an older copy of it."


class Cell(NamedTuple):
    """A cell: its `place` as a person finds it, the exercise that it is marked for, and its kind.

    Of a cell that is not code, the source may be cut. `defines` are the functions that one of a
    file defines, as it looks, in their order.
    """

    place: str
    source: str
    exercise: str | None = None
    kind: str = CODE
    defines: tuple[str, ...] = ()


class Notebook(NamedTuple):
    """Cells of code, in order. `has_run` says that they are what a kernel was given, one by one.

    `texts` are the cells that are not code, `listed` the exercises that it was written for.
    """

    path: str
    cells: tuple[Cell, ...]
    has_run: bool = False
    texts: tuple[Cell, ...] = ()
    listed: frozenset[str] = frozenset()


def read_notebook(course: Course, path: Path) -> Notebook:
    """Read the cells of a notebook file, once, following no link.

    Raises
    ------
    FileNotFoundError
        There is no such file.
    RefusedError
        It is not a regular file, not a notebook, or too large.
    """
    return notebook_of(course, course.display(path), body_of(course, path))


def body_of(course: Course, path: Path) -> bytes:
    """Return what is in a notebook file, as `read_notebook` reads it."""
    return read_regular(course, path, MAX_JSON, "Clear its outputs and save it again.")


def notebook_of(course: Course, where: str, body: bytes) -> Notebook:
    """Return the notebook in a file, called as in `where`, that somebody else has read.

    Raises
    ------
    RefusedError
        It is not a notebook, or too large.
    """
    contents = _parse(body, where)
    exercises = frozenset(course.exercises)
    every = tuple(_cells(contents, exercises))
    cells = tuple(cell for cell in every if cell.kind == CODE)
    if sum(len(cell.source) for cell in cells) > MAX_CODE:
        raise RefusedError(
            f"its cells hold more than {MAX_CODE:,} characters of code",
            where=where,
            next="An answer is a few lines: take out data and generated text.",
        )
    texts = tuple(cell for cell in every if cell.kind != CODE)
    return Notebook(where, cells, texts=texts, listed=_listed(contents, exercises))


def plain_text(source: str) -> str:
    """Return source with plain line ends, and without what cannot be written as UTF-8."""
    plain = source.replace("\r\n", "\n").replace("\r", "\n")
    plain = _FORM_FEED.sub("", plain).replace("\f", " ")
    return plain.encode("utf-8", "replace").decode("utf-8")


def _parse(body: bytes, where: str) -> dict[str, Any]:
    if not body.strip():
        raise RefusedError("the file is empty", where=where, next=_SAVE_AGAIN)
    try:
        contents = json_of(body)
    except json.JSONDecodeError as error:
        where = f"{where}:{error.lineno}:{error.colno}"
        fault = f"this notebook breaks off or is damaged here: {error.msg}"
        raise RefusedError(fault, where=where, next=_SAVE_AGAIN) from error
    except ValueError as error:  # not text, nested without end, or of very many parts
        fault = f"this is not a notebook that can be read: {error}"
        next = "Clear its outputs and save it again, or take an older copy of it."
        raise RefusedError(fault, where=where, next=next) from error
    if not isinstance(contents, dict) or not {"cells", "worksheets"} & contents.keys():
        raise RefusedError("this is JSON, but not a notebook", where=where, next=_SAVE_AGAIN)
    return contents


def _cells(contents: dict[str, Any], exercises: Set[str]) -> Iterator[Cell]:
    """Yield the cells, counted as a reader does."""
    left = MAX_TEXTS
    for number, cell in enumerate(_dicts_of_cells(contents), start=1):
        kind = str(cell.get("cell_type"))
        source = next((cell[key] for key in ("source", "input", "code") if key in cell), "")
        parts = source if isinstance(source, list) else [source]  # a list holds its lines
        text = "".join(part for part in parts if isinstance(part, str))
        if kind != CODE:
            text = text[: min(MAX_TEXT, left)]
            left -= len(text)
        text = plain_text(text)
        defines = tuple(dict.fromkeys(_DEFINED.findall(text)))
        yield Cell(f"cell {number}", text, _mark(cell.get("metadata"), exercises), kind, defines)


def _dicts_of_cells(contents: dict[str, Any]) -> list[dict[str, Any]]:
    has_cells = isinstance(contents.get("cells"), list)  # those before format 4 had sheets of them
    sheets = [contents] if has_cells else _dicts(contents.get("worksheets"))
    return [cell for sheet in sheets for cell in _dicts(sheet.get("cells"))]


def _listed(contents: dict[str, Any], exercises: Set[str]) -> frozenset[str]:
    """Return the exercises that the notebook was written for, as far as that is left in it."""
    metadata = contents.get("metadata")
    ours = metadata.get("grader") if isinstance(metadata, dict) else None
    names = ours.get("exercises") if isinstance(ours, dict) else None
    names = names if isinstance(names, list) else []
    listed = {name for name in names if isinstance(name, str)} & exercises
    ids = {cell.get("id") for cell in _dicts_of_cells(contents) if isinstance(cell.get("id"), str)}
    return frozenset(
        listed | {name for name in exercises for role in ROLES if f"{name}-{role}" in ids}
    )


def _mark(metadata: Any, exercises: Set[str]) -> str | None:
    """Return the exercise that a cell is marked for, by our metadata or by a tag of its name."""
    metadata = metadata if isinstance(metadata, dict) else {}
    ours, tags = metadata.get("grader"), metadata.get("tags")
    named = [*tags] if isinstance(tags, list) else []
    if isinstance(ours, dict) and ours.get("role") == "stub":
        named.insert(0, ours.get("exercise"))
    return next((n for n in named if isinstance(n, str) and n in exercises), None)


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
