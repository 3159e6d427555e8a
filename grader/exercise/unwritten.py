"""What is left of a function or a class in a stub, and whether a file is still such a stub."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Sequence
from itertools import takewhile

from grader.syntax import tree_of

UNWRITTEN = "raise NotImplementedError"
LONGEST_STUB = 50_000  # bytes; of each, Python makes a kilobyte to parse it
_MOST_BRACES = 1_000  # what an f-string puts in is slow to parse, up to Python 3.11
Written = ast.FunctionDef | ast.ClassDef  # what a definition asks for, or helps itself with
Constant = ast.Assign | ast.AnnAssign
_ABOVE = (ast.Import, ast.ImportFrom, Constant)  # the functions of a stub


def unwritten(node: Written, lines: Sequence[str]) -> list[str]:
    """Return the lines of a function without its body, or of a class without those of its methods.

    Methods whose names begin with an underscore are the author's own, but for `__init__` and its
    like.
    """
    head = _head(node, lines)
    if isinstance(node, ast.FunctionDef):
        return [*head, f"{' ' * (node.col_offset + 4)}{UNWRITTEN}"]
    return head + [line for each in _methods(node) for line in ("", *unwritten(each, lines))]


def _head(node: Written, lines: Sequence[str]) -> list[str]:
    """Return the lines of a function or a class to the end of its docstring, and its decorators."""
    first = node.body[0]
    has_docstring = ast.get_docstring(node) is not None
    end = first.end_lineno if has_docstring else first.lineno - 1
    is_method = node.col_offset > 0  # whose decorators say what it is
    begin = min([node.lineno, *(mark.lineno for mark in node.decorator_list if is_method)])
    return list(lines[begin - 1 : end])


def _methods(node: ast.ClassDef) -> list[ast.FunctionDef]:
    """Return the methods that a stub has."""
    methods = (each for each in node.body if isinstance(each, ast.FunctionDef))
    return [each for each in methods if not each.name.startswith("_") or each.name.endswith("__")]


def signature_parts(node: Written) -> list[ast.AST]:
    """Return the parts of a function, or of a class as a stub has it, that its signature needs."""
    if isinstance(node, ast.FunctionDef):
        return [node.args, *([node.returns] if node.returns else [])]
    return [*node.bases, *(part for each in _methods(node) for part in signature_parts(each))]


def names_in(nodes: Iterable[ast.AST]) -> set[str]:
    """Return every name that stands in nodes."""
    return {n.id for each in nodes for n in ast.walk(each) if isinstance(n, ast.Name)}


def constants_of(statements: Sequence[ast.stmt], used: Collection[str]) -> list[Constant]:
    """Return the constants among statements that are used, and those that they are made of."""
    found, used = list[Constant](), {*used}
    for node in reversed(statements):
        if isinstance(node, Constant):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if names_in(targets) & used:
                found.insert(0, node)
                used |= names_in([node])
    return found


def is_untouched(source: bytes) -> bool:
    """Tell whether `source` has nothing but what a stub has, and its functions only raise.

    Above them it has imports, and the constants that their signatures need. What stands between or
    below is somebody's, and so may comments be, which are not looked at: whoever replaces such a
    file keeps a copy. What is longer than any stub, or says nothing of NotImplementedError, is not
    even parsed.
    """
    is_long = len(source) > LONGEST_STUB or source.count(b"{") > _MOST_BRACES
    if is_long or b"NotImplementedError" not in source:
        return False
    try:
        text = source.decode("utf-8-sig")  # a cookie would make other code of the bytes
        tree = tree_of(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    body = tree.body[ast.get_docstring(tree) is not None :]
    above = list(takewhile(lambda node: isinstance(node, _ABOVE), body))
    asked = [node for node in body[len(above) :] if isinstance(node, Written)]
    is_all_asked = len(above) + len(asked) == len(body)
    if not (asked and is_all_asked and all(map(_is_the_stubs_own, asked))):
        return False
    constants = [node for node in above if isinstance(node, Constant)]
    needed = names_in(part for node in asked for part in signature_parts(node))
    return constants == constants_of(constants, needed)


def _is_the_stubs_own(node: Written) -> bool:
    return not node.decorator_list and _is_untouched(node)


def _is_untouched(node: Written) -> bool:
    body = node.body[ast.get_docstring(node) is not None :]
    if isinstance(node, ast.ClassDef):
        return all(isinstance(each, ast.FunctionDef) and _is_untouched(each) for each in body)
    return len(body) == 1 and _is_the_stubs(body[0])


def _is_the_stubs(statement: ast.stmt) -> bool:
    """Tell whether a statement is the one of a stub, word for word; it may be of any depth."""
    is_bare = isinstance(statement, ast.Raise) and isinstance(statement.exc, ast.Name)
    return is_bare and is_unwritten(statement) and getattr(statement, "cause", None) is None


def is_unwritten(statement: ast.stmt) -> bool:
    """Tell whether a statement is the one of a stub, whatever it says besides."""
    raised = statement.exc if isinstance(statement, ast.Raise) else None
    name = raised.func if isinstance(raised, ast.Call) else raised
    return isinstance(name, ast.Name) and name.id == "NotImplementedError"
