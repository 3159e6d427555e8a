"""Stubs: what of a definition a learner gets, and where it is written."""

from __future__ import annotations

import ast
import contextlib
import hashlib
import json
import os
import re
from collections.abc import Collection, Sequence
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from grader.course.course import Course
from grader.course.kept_work import copy_aside, settle_work
from grader.course.places import require_no_link, unused
from grader.course.progress import FOLDER
from grader.course.solutions import source_of
from grader.errors import CourseError, UsageError
from grader.exercise import stub_text
from grader.exercise.unwritten import is_untouched
from grader.files import json_of, read_regular, replace_file
from grader.grading.examiner import examiner_of
from grader.learner.outside.submission import MAX_BYTES
from grader.syntax import tree_of

_WRITTEN = "stubs.json"  # a hash of the stub that was last written, by exercise
# A file that is run by itself finds `exercises` beside it: this leads to the folder of that name.
SIGNPOST = '''\
"""Lets `python FILE` work in the folder above: imports from `exercises` are found through this."""

from pathlib import Path

__path__ = [str(Path(__file__).parents[2])]
'''


def stub_code(course: Course, name: str, at_hand: Collection[str] = ()) -> str:
    """Return a stub without its lesson and without the imports of exercises that are `at_hand`."""
    source = stub_of(course, name)
    try:
        _, first, *_ = body = tree_of(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        what = f"the stub of {name} is no lesson with functions below it: {error}"
        raise CourseError(what, where=examiner_of(course, name).definition.path) from error
    modules = {f"exercises.{course.unit_of(other)}.{other}" for other in at_hand}
    imports = (node for node in body if isinstance(node, ast.ImportFrom))
    left_out = {node.lineno for node in imports if node.module in modules}
    lines = enumerate(source.splitlines(), start=1)
    code = [line for number, line in lines if number >= first.lineno and number not in left_out]
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(code)).strip("\n")


def stub_of(course: Course, name: str) -> str:
    """Return the stub of an exercise."""
    return examiner_of(course, name).stub


def reference_names(course: Course, name: str) -> tuple[str, ...]:
    """Return the functions that an exercise asks for."""
    return examiner_of(course, name).functions


def solution_text(course: Course, name: str) -> str:
    """Return the references of an exercise as source, with the helpers that they use."""
    course.require_definitions()
    return stub_text.solution_text(source_of(course, name))


def signpost_path(course: Course, name: str) -> Path:
    """Return where the signpost is that an exercise's file needs to be run by itself."""
    return course.exercise_path(name).parent / "exercises" / "__init__.py"


class StubState(Enum):
    """What is where the stub of an exercise belongs."""

    CURRENT = "the stub of its definition"
    OUTDATED = "a stub, but not its definition's"
    MISSING = "nothing"
    WORKED_ON = "somebody's work"


def stub_state(course: Course, name: str) -> StubState:
    """Compare the learner's file of an exercise with the stub of its definition."""
    path = course.exercise_path(name)
    require_no_link(course.root, path.parent)
    if not os.path.lexists(path):
        return StubState.MISSING
    if path.is_symlink() or not path.is_file():
        return StubState.WORKED_ON
    try:
        source = read_regular(path, MAX_BYTES)
    except OSError:  # too large for a stub, or not to be read
        return StubState.WORKED_ON
    if source == stub_of(course, name).encode():
        return StubState.CURRENT
    return StubState.OUTDATED if is_untouched(source) else StubState.WORKED_ON


class Renewal(NamedTuple):
    """What became of a stub that was out of step: it was written, or left alone.

    It is left alone where somebody has worked in it. What stood in it otherwise, if it was not this
    stub, is at `saved`, the newest first.
    """

    exercise: str
    is_written: bool
    saved: tuple[Path, ...] = ()


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


def write_stub(course: Course, name: str) -> tuple[Path, ...]:
    """Write the stub of an exercise; return where somebody's work is now, if there was any.

    That is what stood in the file, and what was last graded, where that is something else.

    Raises
    ------
    UsageError
        It cannot be written. What stands there is left as it is.
    """
    path, state = course.exercise_path(name), stub_state(course, name)
    require_no_link(course.root, signpost_path(course, name))
    require_no_link(course.root, _kept(course))
    text, saved = stub_of(course, name), list[Path | None]()
    fresh = path.with_name(f".{path.name}.new")  # what nobody else calls a file of theirs
    try:
        if state is not StubState.CURRENT:
            fresh.unlink(missing_ok=True)
            _write(fresh, text)
            is_ours = has_no_other(path, text.encode()) or _is_as_written(course, name)
            if state is not StubState.MISSING and not is_ours:
                saved = [kept := _put_aside(course, name), settle_work(course, name, kept)]
            else:  # of what was there before a stub took its place, that is the only copy
                saved = [copy_aside(course, name)]
            os.replace(fresh, path)
            _remember(course, name, text.encode())
        if not os.path.lexists(signpost := signpost_path(course, name)):
            _write(signpost, SIGNPOST)
    except OSError as error:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise UsageError(
            f"the stub cannot be written: {error.strerror or error}",
            where=course.display(path),
            next="Make the folder writable, or copy the course to one that is.",
        ) from error
    return tuple(filter(None, saved))


def has_no_other(path: Path, stub: bytes) -> bool:
    """Tell whether a file has the words of a stub and no other, so that nothing would be lost."""
    return bool(stub) and source_in(path).split() == stub.split()


def _is_as_written(course: Course, name: str) -> bool:
    """Tell whether a file is the stub that was last written there, of a definition as it was."""
    return _hash(source_in(course.exercise_path(name))) == _written(course).get(name)


def _remember(course: Course, name: str, stub: bytes) -> None:
    """Note what was written, so that it is known for ours when the definition is another."""
    noted, hashes = course.root / FOLDER / _WRITTEN, _written(course) | {name: _hash(stub)}
    with contextlib.suppress(OSError, UsageError):  # else what stands there is kept once more
        require_no_link(course.root, noted)
        noted.parent.mkdir(exist_ok=True)
        replace_file(noted, json.dumps(hashes, indent=1, sort_keys=True).encode())


def _written(course: Course) -> dict[str, str]:
    """Return the hashes of the stubs that were written here; none where that cannot be read."""
    try:
        found = json_of(read_regular(course.root / FOLDER / _WRITTEN, MAX_BYTES))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _hash(source: bytes) -> str:
    return hashlib.sha256(source).hexdigest()


def source_in(path: Path) -> bytes:
    """Return what is in a file, or nothing where there is none that could be graded."""
    try:
        return b"" if path.is_symlink() else read_regular(path, MAX_BYTES)
    except OSError:
        return b""


def _kept(course: Course) -> Path:
    return course.root / FOLDER / "kept"


def _put_aside(course: Course, name: str) -> Path:
    """Move somebody's work out of the way, and return where it is."""
    path, stamp = course.exercise_path(name), f"{datetime.now():%Y%m%d-%H%M%S-%f}"
    saved = unused(_kept(course) / f"{name}-{stamp}{path.suffix}")
    saved.parent.mkdir(parents=True, exist_ok=True)
    os.replace(path, saved)
    return saved


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:  # whatever is there, a link too
        file.write(text)
