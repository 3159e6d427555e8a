"""Programs that somebody else wrote, taken apart and never run.

What Python advises whoever wrote one, of a backslash say, is said to nobody: it has their own words
in it, as they stand there.
"""

from __future__ import annotations

import ast
import re
import symtable
import warnings

from grader.accents import require_few_accents

_MOST_PARTS = 100  # of `a.b.c` in an import, which Python writes anew for each of them
# Python has more letters than `\w`; those that are none of a name are refused later.
_DOTTED = re.compile(r"(?:\.[ \t\f\r\n\\]*(?!\d)[\w\x80-\U0010ffff]+[ \t\f\r\n\\]*)+")


def tree_of(source: str, flags: int = 0) -> ast.Module:
    """Return what a program consists of.

    Raises
    ------
    SyntaxError, ValueError, RecursionError, MemoryError
        It is none, has a name that would take long to read, or is too deep to be taken apart.
    """
    _require_short_names(source)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = compile(source, "<source>", "exec", ast.PyCF_ONLY_AST | flags, dont_inherit=True)
    assert isinstance(tree, ast.Module)
    return tree


def symbols_of(source: str) -> symtable.SymbolTable:
    """Return the names of a program, scope by scope; raise as `tree_of` does."""
    _require_short_names(source)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return symtable.symtable(source, "<source>", "exec")


def _require_short_names(source: str) -> None:
    require_few_accents(source)
    if max((found[0].count(".") for found in _DOTTED.finditer(source)), default=0) > _MOST_PARTS:
        raise ValueError(f"a name in it has more than {_MOST_PARTS} parts")
