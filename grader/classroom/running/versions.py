"""Versions, as hashes: of an exercise with all that it is made of, and of what grades it.

The same answer, graded by the same versions with the same seed, gets the same report. So these say
what need not be graded again, and what a change can touch.
"""

from __future__ import annotations

import ast
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import grader
from grader.course.course import CONTENTS, Course
from grader.errors import CourseError, in_one_line
from grader.files import read_regular

_LENGTH = 16
_MAX_BYTES = 2**28  # of all files of a course's exercises: this course has 15 MB
# What decides a report; the rest is about showing it.
DECIDING = (
    *("accents.py", "syntax.py", "errors.py", "backstop.py", "files.py"),
    *("records", "exercise", "course", "learner", "grading"),
)


@lru_cache(maxsize=1)
def grader_version() -> str:
    """Return what grades here: this code, NumPy and Python."""
    package = Path(grader.__file__).parent
    digest = hashlib.sha256()
    for name in DECIDING:
        place = package / name
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    own = f"{version('attention-course')}+{digest.hexdigest()[:_LENGTH]}"
    return f"{own} numpy-{version('numpy')} python-{sys.version_info[0]}.{sys.version_info[1]}"


class Versions:
    """The versions of a course's exercises, as they are now."""

    def __init__(self, course: Course) -> None:
        self._course, self._known = course, dict[str, tuple[str, dict[str, str]]]()
        self._left = _MAX_BYTES

    def of(self, exercise: str) -> str:
        """Return the hash of an exercise: its definition, or key, and what that imports."""
        return self._hashes(exercise)[0]

    def has(self, exercise: str) -> bool:
        """Tell whether the course has an exercise, which may have been taken out of it."""
        return exercise in self._course.exercises

    def made_of(self, exercise: str) -> dict[str, str]:
        """Return the hash of each file that the hash of an exercise is made of.

        A definition is called as its exercise, any other file by its path.
        """
        return self._hashes(exercise)[1]

    def _hashes(self, exercise: str) -> tuple[str, dict[str, str]]:
        if exercise not in self._known:
            about = (self._course.unit_of(exercise), *self._course.packages)
            digest = hashlib.sha256(json.dumps(about).encode())
            parts = {CONTENTS: digest.hexdigest()}
            for path in (*self._files(exercise), self._course.habits_path):
                body = self._body(path)
                digest.update(b"%d %s %d " % (len(path.name), path.name.encode(), len(body)) + body)
                called = self._called(path)  # a key has several files
                parts[called] = hashlib.sha256(parts.get(called, "").encode() + body).hexdigest()
            self._known[exercise] = digest.hexdigest()[:_LENGTH], parts
        return self._known[exercise]

    def _body(self, path: Path) -> bytes:
        """Return what is in a file, with the same line ends everywhere; nothing of what is none."""
        if not path.is_file():
            return b""
        try:
            body = read_regular(path, self._left)
        except OSError as error:
            raise CourseError(
                f"this cannot be read: {error.strerror or error}",
                where=str(path),
                next=f"All files of a course's exercises have at most {_MAX_BYTES >> 20} MB.",
            ) from error
        self._left -= len(body)
        return body.replace(b"\r\n", b"\n")

    def _called(self, path: Path) -> str:
        """Return what a person calls a file that decides what an exercise is."""
        name = path.stem
        is_exercise = name in self._course.exercises
        if is_exercise and path.parent.name == self._course.unit_of(name):
            return name
        _, solutions, inside = path.as_posix().rpartition("/solutions/")
        return in_one_line(f"solutions/{inside}") if solutions else self._course.display(path)

    def of_all(self, exercises: Iterable[str]) -> str:
        """Return the versions of several exercises, as JSON; of one that is gone, nothing."""
        return json.dumps({name: self.of(name) for name in sorted(exercises) if self.has(name)})

    def _files(self, exercise: str) -> list[Path]:
        if self._course.release:
            key = self._course.key_path(exercise)
            return [key, *sorted(key.parent.glob(f"{exercise}.*"))]
        roots = [root for root in (self._course.root, self._course.bundled) if root]
        found: dict[Path, None] = {}
        waiting = [self._course.solution_path(exercise)]
        while waiting:
            path = waiting.pop()
            if path not in found and path.is_file():
                found[path] = None
                waiting += _imported(path, roots)
        return sorted(found, key=lambda path: path.as_posix().rpartition("/solutions/")[2])


def _imported(path: Path, roots: list[Path]) -> Iterator[Path]:
    """Yield the files of solutions/ that a definition imports."""
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError):
        return
    for node in _statements(tree):
        modules: list[str] = []
        if isinstance(node, ast.Import):
            modules = [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules = [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
        for module in modules:
            if module.split(".")[0] == "solutions":
                inside = Path(*module.split(".")).with_suffix(".py")
                yield from [root / inside for root in roots if (root / inside).is_file()][:1]


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """Yield all statements within a node: only they import, and they are few among its parts."""
    for block in ("body", "orelse", "finalbody", "handlers", "cases"):
        inside = getattr(node, block, ())
        for each in inside if isinstance(inside, list) else ():  # a lambda's body is none
            yield each
            yield from _statements(each)
