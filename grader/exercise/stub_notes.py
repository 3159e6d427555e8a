"""The comment below a stub's lesson: how to work on it, and what no docstring says of it."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grader.exercise.asked import Asked
from grader.syntax import tree_of

Reference = ast.FunctionDef | ast.ClassDef
WIDTH = 100
# How paragraphs begin that are not about what one exercise asks for.
_TASK, _READING, _LATER, _YOUR_OWN = "Replace each", "You may add", "Later exercises", "What is imp"
_BATCHES = """In a shape, `...` means any number of axes in front, also none. These batch axes hold
separate problems of the same kind, so count axes from the end: -1 is the last. reshape takes no
`...`: write `x.reshape(*x.shape[:-1], 2, 3)`."""
_PRODUCTS = "In a formula, `x w` is the matrix product `x @ w`."
_BATCHED = re.compile(r"^ *\w+ : .*\(\.\.\.", re.MULTILINE)


class Reading(NamedTuple):
    """What whoever reads the lessons of a course has to know, once.

    `batched` says that shapes have axes in front, `products` that formulas are of such arrays, and
    `built_on` that exercises import earlier ones. `packages` are there beside NumPy.
    """

    batched: bool = False
    products: bool = False
    built_on: bool = False
    packages: tuple[str, ...] = ()


def reading_of(texts: Sequence[str], packages: Sequence[str]) -> Reading:
    """Return what there is to know of a course, by the source of its definitions."""
    whole = "\n".join(texts)
    batched = bool(_BATCHED.search(whole))
    built_on = re.search(r"^from solutions\.\w+\.\w+ import", whole, re.MULTILINE)
    names = tuple(package.partition(">=")[0] for package in packages)
    return Reading(batched, batched and " @ " in whole, bool(built_on), names)


def task_note(name: str) -> str:
    """Return what to do with a stub, as every one says it."""
    return f"""\
# {_TASK} `raise NotImplementedError` below with your code, save this file, and run
#     grader grade {name}        (stuck? grader hint {name})
# in the folder of the course."""


def notes_on_reading(reading: Reading, asked: Asked, module: str, function: str) -> Iterator[str]:
    """Yield what the stub of the first exercise says besides."""
    words = f"{_BATCHES} {_PRODUCTS if reading.products else ''}" if reading.batched else ""
    numpy = ["NumPy"] if asked.arrays else []
    libraries = [*numpy, *reading.packages, "the standard library"]
    free = "Prints and warnings cost nothing." if asked.arrays else "Prints cost nothing."
    named = f"{', '.join(libraries[:-1])} and {libraries[-1]}" if libraries[1:] else libraries[0]
    yield _comment(f"{words} {_READING} helper functions, and imports from {named}. {free}")
    if reading.built_on:
        yield _comment(
            f"{_LATER} can import this one: `from {module} import {function}` takes your own"
            f" {function}, from this file."
        )


def note_on_imports() -> str:
    """Return what imports of earlier exercises mean."""
    return _comment(
        f"{_YOUR_OWN}orted from `exercises` is your own, from the files of those names; while one"
        " of them is wrong, the grader uses a right one in its place."
    )


def particular_notes(
    tree: ast.Module, references: Sequence[Reference], asked: Asked
) -> Iterator[str]:
    """Yield what every exercise of such a kind asks for, then what this one does."""
    changed = [(name, each.name) for each in references if (name := _changed_by(each))]
    if promise := _promise(asked, changed):
        yield _comment(promise)
    if banned := _without(tree):
        listed = ", ".join(f"`{name}`" for name in banned)
        yield _comment(f"Not to be used here, by any name: {listed}.")
    for each in references:
        if isinstance(each, ast.ClassDef) and (names := _attributes(tree, each)):
            said = ", ".join(f"`{name}`" for name in names)
            yield _comment(f"Objects of {each.name} also have: {said}.")


def _promise(asked: Asked, changed: Sequence[tuple[str, str]]) -> str:
    slip = "x += ..." if asked.arrays else "x.sort()"
    parts = [f"leave arguments as they came (no `{slip}`)"] if asked.untouched else []
    if parts and changed:
        named = " and ".join(f"`{name}` of {function}" for name, function in changed)
        parts = [f"leave arguments as they came, but for {named}, which has to be changed"]
    if asked.floats:
        parts.append("return the float type you were given, float32 for float32")
    text = ", and ".join(parts)
    return f"{text[:1].upper()}{text[1:]}, unless a docstring says otherwise." if text else ""


def _changed_by(reference: Reference) -> str:
    """Return the argument that a reference is to change, if there is one."""
    calls = [mark for mark in reference.decorator_list if isinstance(mark, ast.Call)]
    words = [word.value for call in calls for word in call.keywords if word.arg == "changes"]
    return next((str(word.value) for word in words if isinstance(word, ast.Constant)), "")


def _without(tree: ast.Module) -> list[str]:
    """Return what is to be done without, as far as it stands in the source."""
    return [
        item.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "Exercise"
        for word in call.keywords
        if word.arg == "without"
        for item in ast.walk(word.value)
        if isinstance(item, ast.Constant) and isinstance(item.value, str)
    ]


def _attributes(tree: ast.Module, reference: ast.ClassDef) -> list[str]:
    """Return the attributes of objects that cases name in their calls."""
    stored = {
        node.attr
        for node in ast.walk(reference)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "calls"
    ]
    named = [
        step.elts[0].value
        for call in calls
        for step in ast.walk(call)
        if isinstance(step, ast.Tuple) and step.elts and isinstance(step.elts[0], ast.Constant)
    ]
    return [name for name in dict.fromkeys(named) if isinstance(name, str) and name in stored]


def _comment(text: str) -> str:
    return textwrap.fill(
        " ".join(text.split()),
        WIDTH,
        initial_indent="# ",
        subsequent_indent="# ",
        break_on_hyphens=False,
        break_long_words=False,
    )


class Split(NamedTuple):
    """The notes of a stub as prose: on reading all lessons, and on what one exercise asks for."""

    reading: tuple[str, ...]
    particular: tuple[str, ...]


def split_notes(stub: str) -> Split:
    """Return what a stub says below its lesson, but for how a file is worked on."""
    lesson, *_ = tree_of(stub).body
    block: list[str] = []
    for line in stub.splitlines()[lesson.end_lineno :]:
        if block and not line.startswith("#"):
            break
        block += [line] if line.startswith("#") else []
    texts = (
        " ".join(line.lstrip("# ") for line in note.split("\n"))
        for note in "\n".join(block).split("\n#\n")
    )
    told = [text for text in texts if text and not text.startswith((_TASK, _LATER, _YOUR_OWN))]
    reading = tuple(text for text in told if _READING in text)
    return Split(reading, tuple(text for text in told if text not in reading))
