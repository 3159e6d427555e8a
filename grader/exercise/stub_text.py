"""What a learner gets to see of a definition's source: the stub, and at the end the solution."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from grader.errors import CourseError
from grader.exercise.asked import Asked, asked_of
from grader.exercise.stub_notes import (
    Reading,
    note_on_imports,
    notes_on_reading,
    particular_notes,
    task_note,
)
from grader.exercise.unwritten import (
    Constant,
    Written,
    constants_of,
    names_in,
    signature_parts,
    unwritten,
)
from grader.files import read_regular

MAX_BYTES = 1_000_000
_REFERENCE = r"^@exercise\.reference(?:\(.*\))?\n(?:@.*\n)*(?:def|class) (\w+)"


class DefinitionSource(NamedTuple):
    """The file of a definition, and the modules in solutions/ that are exercises.

    The stub of the first exercise has what there is to know of the `reading`, because it is the
    first that a learner reads.
    """

    path: Path
    exercises: Collection[str]
    reading: Reading | None = None

    @property
    def text(self) -> str:
        """What is in the file."""
        try:
            return read_regular(self.path, MAX_BYTES).decode("utf-8").replace("\r\n", "\n")
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise CourseError(f"it cannot be read: {reason}", where=str(self.path)) from error

    @property
    def tree(self) -> ast.Module:
        """The same, taken apart; raise `CourseError` where it does not compile."""
        try:
            return ast.parse(self.text)
        except SyntaxError as error:
            raise CourseError(
                f"this definition does not compile: {error.msg}",
                where=f"{self.path}:{error.lineno}",
                next="Mend that line; a stub is made from what the file says.",
            ) from error


def stub_text(source: DefinitionSource) -> str:
    """Return the stub of a definition: its lesson, imports, signatures and docstrings.

    The imports are earlier solutions that the references and their helpers use, turned into the
    learner's own exercises, packages, NumPy where there are arrays, and what signatures need.

    Raises
    ------
    CourseError
        A reference or a helper of it uses what is in solutions/ and not an exercise.
    """
    text = source.text
    lines, tree = text.splitlines(), source.tree
    references = [node for node in _functions(tree) if _is_reference(node)]
    asked = asked_of(tree, references, _with_helpers(tree))
    lesson = "\n".join(lines[: tree.body[0].end_lineno])
    bodies = ["\n".join(unwritten(node, lines)) for node in references]
    said = _names_in_signatures(references)
    imports = _imports(source, tree, said | ({"np"} if asked.arrays else set()), is_a_stub=True)
    constants = [ast.unparse(node) for node in _constants(tree, said)]
    notes = "\n#\n".join(_notes(source, references, "\n".join(imports), asked))
    head = [lesson, notes, *imports, *(["\n".join(constants)] if constants else [])]
    return "\n\n".join(head) + "\n\n\n" + "\n\n\n".join(bodies) + "\n"


def _notes(
    source: DefinitionSource, references: Sequence[Written], imports: str, asked: Asked
) -> Iterator[str]:
    """Yield the comments that say how to work on an exercise."""
    unit, name = source.path.parent.name, source.path.stem
    yield task_note(name)
    yield from particular_notes(source.tree, references, asked)
    if source.reading:
        module = f"exercises.{unit}.{name}"
        yield from notes_on_reading(source.reading, asked, module, references[0].name)
    if "from exercises." in imports:
        yield note_on_imports()


def function_names(source: DefinitionSource) -> tuple[str, ...]:
    """Return the functions that a definition asks for, without running it."""
    text = source.text
    return tuple(re.findall(_REFERENCE, text, re.MULTILINE))


def solution_text(source: DefinitionSource) -> str:
    """Return the references of a definition, with the helpers that they use."""
    tree = source.tree
    return _text_of(source, tree, _with_helpers(tree))


def check_text(source: DefinitionSource) -> str:
    """Return the checks that an author wrote, with the helpers that they use; "" if there are none.

    Raises
    ------
    CourseError
        A check uses what only the solution has.
    """
    tree = source.tree
    roots = [node for node in _functions(tree) if _is_marked(node, "exercise.check")]
    functions = _with_helpers(tree, roots)
    secret = {node.name: node for node in _with_helpers(tree)}
    for node in functions:
        leaks = sorted({*secret} & {node.name, *names_in([node])})
        if leaks:
            raise CourseError(
                f"the check uses {leaks[0]}, which a release cannot have: it is of the solution",
                where=f"{source.path}:{node.lineno}",
                next="It gets the reference's answer as `wanted`; write for it what else it needs.",
            )
    return _text_of(source, tree, functions) if roots else ""


def _text_of(source: DefinitionSource, tree: ast.Module, functions: Sequence[Written]) -> str:
    lines = source.text.splitlines()
    bodies = ["\n".join(lines[node.lineno - 1 : node.end_lineno]) for node in functions]
    used = names_in(functions)
    imports = _imports(source, tree, used)
    constants = [ast.unparse(node) for node in _constants(tree, used)]
    head = [*imports, *(["\n".join(constants)] if constants else [])]
    return "\n\n\n".join([*(["\n\n".join(head)] if head else []), *bodies]) + "\n"


def _functions(tree: ast.Module) -> list[Written]:
    return [node for node in tree.body if isinstance(node, Written)]


def _is_reference(function: Written) -> bool:
    return _is_marked(function, "exercise.reference")


def _is_marked(function: Written, mark: str) -> bool:
    return any(ast.unparse(item).partition("(")[0] == mark for item in function.decorator_list)


def _names_in_signatures(functions: Sequence[Written]) -> set[str]:
    """Return the names that defaults and annotations need."""
    return names_in([part for f in functions for part in signature_parts(f)])


def _constants(tree: ast.Module, used: Collection[str]) -> list[Constant]:
    """Return the constants of a module that are used, and those that they are made of."""
    return constants_of([node for node in tree.body if not _is_exercise(node)], used)


def _is_exercise(node: ast.stmt) -> bool:
    value = node.value if isinstance(node, Constant) else None
    return isinstance(value, ast.Call) and ast.unparse(value.func) == "Exercise"


def _with_helpers(tree: ast.Module, roots: Sequence[Written] | None = None) -> list[Written]:
    """Return the references, or other functions, and the undecorated ones they call, in order."""
    references = [node for node in _functions(tree) if _is_reference(node)]
    found = references if roots is None else [*roots]
    while True:
        used = names_in(found)
        more = [
            node
            for node in _functions(tree)
            if node in found or (node.name in used and not node.decorator_list)
        ]
        if len(more) == len(found):
            return more
        found = more


def _imports(
    source: DefinitionSource, tree: ast.Module, used: set[str], is_a_stub: bool = False
) -> list[str]:
    """Return the imports of what is used, in blocks as a learner writes them.

    The blocks are the standard library, other packages, and the learner's earlier exercises. A stub
    also has what references use of the last two: which module of Python's helps is for the learner
    to find.
    """
    functions = _with_helpers(tree)
    used = used | names_in(_constants(tree, used))
    given = used | names_in([*functions, *_constants(tree, names_in(functions))])
    blocks: list[list[str]] = [[], [], []]
    for node in tree.body:
        if not isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        package = ast.unparse(node).split()[1].split(".")[0]
        is_given = is_a_stub and package not in ("numpy", *sys.stdlib_module_names)
        wanted = given if is_given else used
        node.names = [a for a in node.names if (a.asname or a.name).split(".")[0] in wanted]
        if not node.names:
            continue
        line = ast.unparse(node)
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
