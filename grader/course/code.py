"""Imports a course's own code: its definitions and models, whatever else bears their names."""

from __future__ import annotations

import importlib
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from grader.errors import BrokenGraderError, CourseError


def import_code(module: str, path: Path, homes: Sequence[Path], what: str) -> ModuleType:
    """Import a module, such as `solutions.unit.name`, from the folders that its package is in.

    Raises
    ------
    CourseError
        It does not compile, or says itself what is wrong. `what` is what a message calls it.
    BrokenGraderError
        It fails while it is loaded.
    """
    package, folders = module.partition(".")[0], list(map(str, homes))
    current = sys.modules.get(package)
    if current is None or list(getattr(current, "__path__", ())) != folders:
        for name in [n for n in sys.modules if n.partition(".")[0] == package]:
            del sys.modules[name]
        sys.modules[package] = ModuleType(package)
        sys.modules[package].__path__ = folders
    try:
        return importlib.import_module(module)
    except CourseError:
        raise
    except SyntaxError as error:
        place = f"{error.filename}:{error.lineno}"
        raise CourseError(f"this {what} does not compile: {error.msg}", where=place) from error
    except Exception as error:
        raise BrokenGraderError(
            f"the {what} fails while it is loaded: {type(error).__name__}: {error}",
            where=_line_of(error, homes) or str(path),
            next="The course is at fault here, not your code. Please report this line.",
        ) from error


def _line_of(error: Exception, homes: Sequence[Path]) -> str:
    """Return the last line of the course's own that an exception passed through."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if any(Path(f.filename).is_relative_to(home) for home in homes)]
    return f"{own[-1].filename}:{own[-1].lineno}" if own else ""
