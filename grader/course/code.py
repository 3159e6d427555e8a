"""Imports a course's own code: its definitions and models, whatever else bears their names."""

from __future__ import annotations

import contextlib
import importlib
import marshal
import sys
import traceback
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import MAGIC_NUMBER, cache_from_source, source_hash
from pathlib import Path
from types import CodeType, ModuleType

from grader.errors import BrokenGraderError, CourseError
from grader.exercise.silent import silent

_CHECKED_BY_HASH = (0b11).to_bytes(4, "little")


class _FromSource(SourceFileLoader):
    """Takes a .pyc only where it was made of exactly what the source is now.

    Python's own goes by the second and the size of a file, and may be of an older one. These are
    those of PEP 552, which Python reads as well.
    """

    def get_code(self, fullname: str) -> CodeType:
        """Return the code of the module."""
        source, saved = self.get_data(self.path), cache_from_source(self.path)
        head = MAGIC_NUMBER + _CHECKED_BY_HASH + source_hash(source)
        with contextlib.suppress(OSError, EOFError, ValueError, TypeError):
            body = self.get_data(saved)
            if body.startswith(head) and isinstance(found := marshal.loads(body[16:]), CodeType):
                return found
        code: CodeType = self.source_to_code(source, self.path)
        if not sys.dont_write_bytecode:
            self.set_data(saved, head + marshal.dumps(code))
        return code


class _Finder(PathFinder):
    """Finds the modules of a course in the folders of their packages."""

    @classmethod
    def find_spec(
        cls,
        fullname: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """Return where a module of a course is; None for any other."""
        package = sys.modules.get(fullname.partition(".")[0])
        if getattr(package, "is_of_a_course", False) is not True:
            return None
        spec = super().find_spec(fullname, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader):
            spec.loader = _FromSource(spec.loader.name, spec.loader.path)
        return spec


def import_code(module: str, path: Path, homes: Sequence[Path], what: str) -> ModuleType:
    """Import a module, such as `solutions.unit.name`, from the folders that its package is in.

    Raises
    ------
    CourseError
        It does not compile, or says itself what is wrong. `what` is what a message calls it.
    BrokenGraderError
        It fails while it is loaded.
    """
    if _Finder not in sys.meta_path:
        sys.meta_path.insert(0, _Finder)
    package, folders = module.partition(".")[0], list(map(str, homes))
    current = sys.modules.get(package)
    if current is None or list(getattr(current, "__path__", ())) != folders:
        for name in [n for n in sys.modules if n.partition(".")[0] == package]:
            del sys.modules[name]
        sys.modules[package] = made = ModuleType(package)
        made.__path__ = folders
        made.is_of_a_course = True  # type: ignore[attr-defined]
    try:
        with silent():
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
