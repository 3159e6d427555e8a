"""Stubs: what of a definition a learner gets, and where it is written."""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Collection, Sequence
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from grader.course.course import Course
from grader.course.released import Key
from grader.errors import CourseError

UNWRITTEN = "raise NotImplementedError"
# What no docstring says again and every exercise asks for.
PROMISE = """\
# Every function leaves its arguments as they came and, unless its docstring says otherwise, gives
# back the floating dtype that it was given: float32 in, float32 out."""


def stub_of(course: Course, name: str) -> str:
    """Return the stub of an exercise: its lesson, imports, signatures and docstrings.

    The imports are those that the references and their helpers use, with earlier solutions turned
    into the learner's own exercises.

    Raises
    ------
    CourseError
        A reference or a helper of it uses what is in solutions/ and not an exercise.
    """
    if course.release:
        return Key(course.key_path(name)).stub
    lines, tree = _parse(course, name)
    references = [node for node in _functions(tree) if _is_reference(node)]
    lesson = "\n".join(lines[: tree.body[0].end_lineno])
    bodies = ["\n".join([*_head(node, lines), f"    {UNWRITTEN}"]) for node in references]
    imports = _imports(course, name, tree, _with_helpers(tree))
    return "\n\n".join([lesson, PROMISE, *imports]) + "\n\n\n" + "\n\n\n".join(bodies) + "\n"


def stub_code(course: Course, name: str, at_hand: Collection[str] = ()) -> str:
    """Return a stub without its lesson and without the imports of exercises that are `at_hand`."""
    source = stub_of(course, name)
    _, first, *_ = body = ast.parse(source).body
    modules = {f"exercises.{course.unit_of(other)}.{other}" for other in at_hand}
    imports = (node for node in body if isinstance(node, ast.ImportFrom))
    left_out = {node.lineno for node in imports if node.module in modules}
    lines = enumerate(source.splitlines(), start=1)
    code = [line for number, line in lines if number >= first.lineno and number not in left_out]
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(code)).strip("\n")


def reference_names(course: Course, name: str) -> tuple[str, ...]:
    """Return the functions that an exercise asks for, without loading its definition."""
    if course.release:
        functions = Key(course.key_path(name)).contents["functions"]
        return tuple(function["name"] for function in functions)
    source = course.solution_path(name).read_text("utf-8")
    return tuple(re.findall(r"^@exercise\.reference\n(?:@.*\n)*def (\w+)", source, re.MULTILINE))


def solution_text(course: Course, name: str) -> str:
    """Return the references of an exercise as source, with the helpers that they use."""
    course.require_definitions()
    lines, tree = _parse(course, name)
    functions = _with_helpers(tree)
    bodies = ["\n".join(lines[node.lineno - 1 : node.end_lineno]) for node in functions]
    imports = _imports(course, name, tree, functions)
    return "\n\n".join(imports) + "\n\n\n" + "\n\n\n".join(bodies) + "\n"


class StubState(Enum):
    """What is where the stub of an exercise belongs."""

    CURRENT = "the stub of its definition"
    OUTDATED = "a stub, but not its definition's"
    MISSING = "nothing"
    WORKED_ON = "somebody's work"


def stub_state(course: Course, name: str) -> StubState:
    """Compare the learner's file of an exercise with the stub of its definition."""
    path = course.exercise_path(name)
    if not os.path.lexists(path):
        return StubState.MISSING
    if path.is_symlink() or not path.is_file():
        return StubState.WORKED_ON
    source = path.read_bytes()
    if source == stub_of(course, name).encode():
        return StubState.CURRENT
    return StubState.OUTDATED if _is_untouched(source) else StubState.WORKED_ON


class Renewal(NamedTuple):
    """What became of a stub that was out of step: it was written, or left alone.

    It is left alone where somebody has worked in it. If it was written all the same, their work is
    at `saved`.
    """

    exercise: str
    is_written: bool
    saved: Path | None = None


def outdated_stubs(course: Course, names: Sequence[str]) -> list[str]:
    """Return the exercises whose file is not the stub of their definition."""
    return [name for name in names if stub_state(course, name) is not StubState.CURRENT]


def renew_stubs(course: Course, names: Sequence[str], force: bool) -> list[Renewal]:
    """Write the stubs that are out of step, and with `force` those that somebody worked in too."""
    return [
        Renewal(name, is_written=False)
        if stub_state(course, name) is StubState.WORKED_ON and not force
        else Renewal(name, True, write_stub(course, name))
        for name in outdated_stubs(course, names)
    ]


def write_stub(course: Course, name: str) -> Path | None:
    """Write the stub of an exercise; return where somebody's work is now, if there was any."""
    path, state = course.exercise_path(name), stub_state(course, name)
    text = stub_of(course, name)
    saved = None
    if state is StubState.WORKED_ON:
        stamp = f"{datetime.now():%Y%m%d-%H%M%S-%f}"
        saved = course.root / ".grader" / "kept" / f"{name}-{stamp}{path.suffix}"
        saved.parent.mkdir(parents=True, exist_ok=True)
        os.replace(path, saved)
    if state is not StubState.CURRENT:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    return saved


def _is_untouched(source: bytes) -> bool:
    """Tell whether every function in `source` still only raises NotImplementedError."""
    try:
        functions = [n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return bool(functions) and all(
        ast.unparse(function.body[-1]) == UNWRITTEN
        and len(function.body) == 1 + (ast.get_docstring(function) is not None)
        for function in functions
    )


def _parse(course: Course, name: str) -> tuple[list[str], ast.Module]:
    source = course.solution_path(name).read_text("utf-8")
    return source.splitlines(), ast.parse(source)


def _functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]


def _is_reference(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(item) == "exercise.reference" for item in function.decorator_list)


def _names_in(functions: Sequence[ast.FunctionDef]) -> set[str]:
    return {n.id for f in functions for n in ast.walk(f) if isinstance(n, ast.Name)}


def _with_helpers(tree: ast.Module) -> list[ast.FunctionDef]:
    """Return the references and the undecorated functions that they call, in order."""
    found = [node for node in _functions(tree) if _is_reference(node)]
    while True:
        used = _names_in(found)
        more = [
            node
            for node in _functions(tree)
            if node in found or (node.name in used and not node.decorator_list)
        ]
        if len(more) == len(found):
            return more
        found = more


def _imports(
    course: Course, name: str, tree: ast.Module, functions: Sequence[ast.FunctionDef]
) -> list[str]:
    """Return the imports that the functions use, NumPy always, in blocks as a learner writes them.

    The blocks are the standard library, other packages, and the learner's earlier exercises.
    """
    used = _names_in(functions) | {"np"}
    blocks: list[list[str]] = [[], [], []]
    for node in tree.body:
        if not isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        node.names = [a for a in node.names if (a.asname or a.name).split(".")[0] in used]
        if not node.names:
            continue
        line = ast.unparse(node)
        package = line.split()[1].split(".")[0]
        if package == "solutions":
            _require_exercise(course, name, node)
            blocks[2].append(line.replace("from solutions.", "from exercises."))
        else:
            blocks[0 if package in sys.stdlib_module_names else 1].append(line)
    return ["\n".join(block) for block in blocks if block]


def _require_exercise(course: Course, name: str, node: ast.Import | ast.ImportFrom) -> None:
    """Raise where a reference uses what a learner does not have: helpers that draw inputs."""
    exercises = {f"solutions.{course.unit_of(each)}.{each}" for each in course.exercises}
    if not (isinstance(node, ast.ImportFrom) and node.module in exercises):
        raise CourseError(
            f"a reference cannot use what `{ast.unparse(node)}` imports: learners do not have it",
            where=f"{course.solution_path(name)}:{node.lineno}",
            next="They have exercises only: define what a reference calls in its own file.",
        )


def _head(function: ast.FunctionDef, lines: Sequence[str]) -> list[str]:
    """Return the lines of a function from its `def` to the end of its docstring."""
    return list(lines[function.lineno - 1 : function.body[0].end_lineno])
