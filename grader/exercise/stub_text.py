"""What a learner gets to see of a definition's source: the stub, and at the end the solution."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from grader.errors import CourseError

UNWRITTEN = "raise NotImplementedError"
_TASK = """\
# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade {name}        (stuck? grader hint {name})
# in the folder of the course."""
# What no docstring says again and every exercise asks for.
PROMISE = """\
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise."""
# What whoever reads the lessons has to know, once.
READING = """\
# In a shape, `...` means any number of axes in front, also none. These batch axes hold separate
# problems of the same kind, so count axes from the end: -1 is the last. reshape takes no `...`:
# write `x.reshape(*x.shape[:-1], 2, 3)`. In a formula, `x w` is the matrix product `x @ w`.
# You may add helper functions, and imports from NumPy and the standard library. Prints and warnings
# cost nothing."""
_LATER = """\
# Later exercises can import this one: `from exercises.{unit}.{name} import {function}`
# takes your own {function}, from this file."""
_IMPORTS = """\
# What is imported from `exercises` is your own, from the files of those names; while one of them is
# wrong, the grader uses a right one in its place."""


class DefinitionSource(NamedTuple):
    """The file of a definition, the modules in solutions/ that are exercises, and its place.

    The stub of the first exercise says more, because it is the first that a learner reads.
    """

    path: Path
    exercises: Collection[str]
    is_first: bool = False

    @property
    def text(self) -> str:
        """What is in the file."""
        return self.path.read_text("utf-8")


def stub_text(source: DefinitionSource) -> str:
    """Return the stub of a definition: its lesson, imports, signatures and docstrings.

    The imports are those that the references and their helpers use, with earlier solutions turned
    into the learner's own exercises.

    Raises
    ------
    CourseError
        A reference or a helper of it uses what is in solutions/ and not an exercise.
    """
    text = source.text
    lines, tree = text.splitlines(), ast.parse(text)
    references = [node for node in _functions(tree) if _is_reference(node)]
    lesson = "\n".join(lines[: tree.body[0].end_lineno])
    bodies = ["\n".join([*_head(node, lines), f"    {UNWRITTEN}"]) for node in references]
    imports = _imports(source, tree, _with_helpers(tree))
    notes = _notes(source, references, "\n".join(imports))
    return "\n\n".join([lesson, notes, *imports]) + "\n\n\n" + "\n\n\n".join(bodies) + "\n"


def _notes(source: DefinitionSource, references: Sequence[ast.FunctionDef], imports: str) -> str:
    """Return the comment that says how to work on an exercise."""
    notes = [_TASK, PROMISE]
    if source.is_first:
        notes += [READING, _LATER]
    if "from exercises." in imports:
        notes.append(_IMPORTS)
    unit, name = source.path.parent.name, source.path.stem
    return "\n#\n".join(
        note.format(unit=unit, name=name, function=references[0].name) for note in notes
    )


def is_untouched(source: bytes) -> bool:
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


def function_names(source: DefinitionSource) -> tuple[str, ...]:
    """Return the functions that a definition asks for, without running it."""
    text = source.text
    return tuple(re.findall(r"^@exercise\.reference\n(?:@.*\n)*def (\w+)", text, re.MULTILINE))


def solution_text(source: DefinitionSource) -> str:
    """Return the references of a definition, with the helpers that they use."""
    text = source.text
    lines, tree = text.splitlines(), ast.parse(text)
    functions = _with_helpers(tree)
    bodies = ["\n".join(lines[node.lineno - 1 : node.end_lineno]) for node in functions]
    imports = _imports(source, tree, functions)
    return "\n\n".join(imports) + "\n\n\n" + "\n\n\n".join(bodies) + "\n"


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
    source: DefinitionSource, tree: ast.Module, functions: Sequence[ast.FunctionDef]
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
            _require_exercise(source, node)
            blocks[2].append(line.replace("from solutions.", "from exercises."))
        else:
            blocks[0 if package in sys.stdlib_module_names else 1].append(line)
    return ["\n".join(block) for block in blocks if block]


def _require_exercise(source: DefinitionSource, node: ast.Import | ast.ImportFrom) -> None:
    """Raise where a reference uses what a learner does not have: helpers that draw inputs."""
    if not (isinstance(node, ast.ImportFrom) and node.module in source.exercises):
        raise CourseError(
            f"a reference cannot use what `{ast.unparse(node)}` imports: learners do not have it",
            where=f"{source.path}:{node.lineno}",
            next="They have exercises only: define what a reference calls in its own file.",
        )


def _head(function: ast.FunctionDef, lines: Sequence[str]) -> list[str]:
    """Return the lines of a function from its `def` to the end of its docstring."""
    return list(lines[function.lineno - 1 : function.body[0].end_lineno])
