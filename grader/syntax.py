"""Programs that somebody else wrote, taken apart and never run.

What Python advises whoever wrote one, of a backslash say, is said to nobody: it has their own words
in it, as they stand there.
"""

from __future__ import annotations

import ast
import symtable
import warnings

from grader.accents import require_few_accents


def tree_of(source: str, flags: int = 0) -> ast.Module:
    """Return what a program consists of.

    Raises
    ------
    SyntaxError, ValueError, RecursionError, MemoryError
        It is none, has a name that would take long to read, or is too deep to be taken apart.
    """
    require_few_accents(source)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = compile(source, "<source>", "exec", ast.PyCF_ONLY_AST | flags, dont_inherit=True)
    assert isinstance(tree, ast.Module)
    return tree


def symbols_of(source: str) -> symtable.SymbolTable:
    """Return the names of a program, scope by scope; raise as `tree_of` does."""
    require_few_accents(source)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return symtable.symtable(source, "<source>", "exec")
