"""A learner's course brought up to a new release, around what they wrote.

A file that somebody worked in is never overwritten, and neither is one whose stub became another.
Progress stays where it is. Whoever is interrupted updates again: release.json, which says how far
the course is, is written last.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from filecmp import cmp
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from grader.authoring.init import lay_out
from grader.authoring.release_hashes import Allowance, hash_of_checks, hash_of_file
from grader.authoring.release_source import files_in, open_release
from grader.authoring.stubs import SIGNPOST, has_no_other, signpost_path, source_in, stub_of
from grader.course.course import CONTENTS, HABITS, Course, read_course
from grader.course.next_steps import to_grade_again
from grader.course.places import require_no_link, unused
from grader.course.progress import FOLDER, Progress
from grader.course.release_file import read_release
from grader.course.release_version import RELEASE
from grader.errors import CourseError, GraderError, UsageError
from grader.exercise.unwritten import is_untouched
from grader.files import replace_file


class Updated(NamedTuple):
    """What an update did: versions before and after, and exercises by what became of them.

    `changed` are those that somebody works in while the stub is another now; `again` those that
    were passed by other checks; `left` other files that are the learner's by now; `kept` is where
    copies are of what was `replaced` though somebody had changed it; `wheel` is to be installed.
    """

    before: str
    after: str
    added: tuple[str, ...] = ()
    renewed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    kept: str = ""
    replaced: tuple[str, ...] = ()
    wheel: str = ""


def update(course: Course, place: Path | None) -> Updated:
    """Bring a course up to the release at `place`, or to the course that came with the grader.

    Raises
    ------
    UsageError
        This is no learner's course, or nothing that it can be brought up to; or something cannot
        be written: then it can be done again.
    """
    with _opened(course, place) as new:
        if course.exercises and not set(course.exercises) & set(new.exercises):
            raise UsageError(
                f"this is a release of another course, {new.title!r}: no exercise is in both",
                where=str(place),
                next="To take that course as well, unpack it into a folder of its own.",
            )
        try:
            return _Update(course, new).run()
        except OSError as error:
            raise UsageError(
                f"the update stopped half-way: {error.strerror or error}",
                where=str(error.filename or course.root),
                next="What you wrote is untouched. Make the folder writable, or move aside what is"
                " there, and update again.",
            ) from error


@contextmanager
def _opened(course: Course, place: Path | None) -> Iterator[Course]:
    if not course.release and (not course.bundled or (course.root / "solutions").exists()):
        raise CourseError(
            "this course has its definitions in it, so there is no release to bring it up to",
            where=str(course.root),
            next="`grader update` is for a learner's copy. Here, `grader stub` renews the stubs.",
        )
    if place:
        with open_release(place) as new:
            yield new
    elif course.release:
        raise UsageError(
            "name the new release, its zip or its folder: grader update FILE",
            next=f"This is version {course.release}.",
        )
    else:
        with TemporaryDirectory() as temporary:
            yield lay_out(Path(temporary, "course").resolve(), with_solutions=False)


class _Update:
    """One update of a course to a new one that lies in another folder."""

    def __init__(self, course: Course, new: Course) -> None:
        self._course, self._new, self._root = course, new, course.root
        self._before = read_release(course.root)
        self._after = read_release(new.root)
        version = re.sub(r"\W", "-", self._before.version) or "before-update"
        self._aside = unused(course.root / FOLDER / "kept" / version)
        self._stubs: dict[str, list[str]] = {"renewed": [], "changed": [], "moved": []}
        self._left: list[str] = []
        self._kept = ""
        self._replaced: list[str] = []

    def run(self) -> Updated:
        """Do it, and return what was done."""
        with Progress(self._root) as progress:
            progress.settle_checks(self._checks_before())
        had_wheel = _wheel_in(self._root)
        for name in self._new.exercises:
            self._renew(name)
        self._replace_files()
        self._take_away()
        with Progress(self._root) as progress:
            again = to_grade_again(read_course(self._root), progress)
        both = set(self._course.exercises) & set(self._new.exercises)
        wheel = _wheel_in(self._root)
        return Updated(
            self._before.version,
            self._after.version,
            added=tuple(name for name in self._new.exercises if name not in both),
            removed=tuple(name for name in self._course.exercises if name not in both),
            again=tuple(name for name in self._new.exercises if name in again),
            left=tuple(self._left),
            kept=self._kept,
            replaced=tuple(self._replaced),
            wheel=wheel[0] if wheel and wheel != had_wheel else "",
            **{kind: tuple(names) for kind, names in self._stubs.items()},
        )

    def _checks_before(self) -> Mapping[str, str]:
        """Return the checks as they were; of a release that does not name them, from its keys."""
        if self._before.checks or not self._course.release:
            return self._before.checks
        found, allowance = {}, Allowance()
        for name in self._course.exercises:
            try:
                found[name] = hash_of_checks(self._course.key_path(name), allowance)
            except GraderError:  # damaged, or too much: what the new release brings is whole
                continue
        return found

    def _renew(self, name: str) -> None:
        """Write the stub of an exercise where nobody has worked, or say that it is another now."""
        path = self._root / self._new.display(self._new.exercise_path(name))
        if self._is_linked(path.parent):
            self._left.append(self._course.display(path))
            return
        stub = stub_of(self._new, name).encode()
        before = self._stub_before(name)
        if before is not None and self._course.exercise_path(name) != path:
            self._move(name, path)
        if not os.path.lexists(path):
            _write(path, stub)
        elif _is_stub(path, before):
            self._write_stub(path, stub, before)
            self._stubs["renewed"] += [name] if before not in (None, stub) else []
        elif before is not None and before != stub:
            self._stubs["changed"].append(name)
        signpost = self._root / self._new.display(signpost_path(self._new, name))
        if not os.path.lexists(signpost) and not self._is_linked(signpost):
            _write(signpost, SIGNPOST.encode())

    def _write_stub(self, path: Path, stub: bytes, before: bytes | None) -> None:
        """Write a stub over another; if there was a word of the learner's in it, keep that."""
        source = source_in(path)
        if source == stub:
            return
        if not any(has_no_other(path, each) for each in (stub, before or b"")):
            self._put_aside(path.relative_to(self._root))
        _write(path, stub)

    def _stub_before(self, name: str) -> bytes | None:
        """Return the stub as it was handed out; None where the exercise is a new one."""
        if name not in self._course.exercises:
            return None
        try:
            return stub_of(self._course, name).encode()
        except GraderError:  # its key is damaged or lost
            return b""

    def _move(self, name: str, path: Path) -> None:
        """Take what was written along to the unit that the exercise is in now."""
        before = self._course.exercise_path(name)
        if self._is_linked(before):
            self._left.append(self._course.display(before))
            return
        if os.path.lexists(before) and not os.path.lexists(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            os.replace(before, path)
            self._stubs["moved"].append(name)

    def _replace_files(self) -> None:
        """Write what is not an exercise's file, course.yaml and release.json last."""
        stubs = {self._new.exercise_path(name) for name in self._new.exercises}
        stubs |= {signpost_path(self._new, name) for name in self._new.exercises}
        every = (self._new.root / path for path, _ in files_in(self._new.root))
        files = [path for path in every if _is_own(path) and path not in stubs]
        for path in sorted(files, key=lambda path: (_place_of(path.name), path)):
            self._replace(path.relative_to(self._new.root))

    def _replace(self, inside: Path) -> None:
        fresh, target = self._new.root / inside, self._root / inside
        if self._is_linked(target) or (target.exists() and not target.is_file()):
            self._left.append(inside.as_posix())
        elif not target.exists():
            _write(target, fresh.read_bytes())
        elif not cmp(fresh, target, shallow=False):
            is_as_it_was = self._before.files.get(inside.as_posix()) == hash_of_file(target)
            if not is_as_it_was and not _is_ours(inside):
                self._left.append(inside.as_posix())
                return
            if not is_as_it_was and inside.name != RELEASE and inside.parts[0] != "keys":
                self._put_aside(inside)
            _write(target, fresh.read_bytes())

    def _put_aside(self, inside: Path) -> None:
        """Keep what is about to be replaced."""
        aside = self._aside / inside
        require_no_link(self._root, aside)
        aside.parent.mkdir(parents=True, exist_ok=True)
        os.replace(self._root / inside, aside)
        self._kept = self._course.display(self._aside)
        self._replaced.append(inside.as_posix())

    def _is_linked(self, path: Path) -> bool:
        """Tell whether a link is on the way to a place in the course: it may lead out of it."""
        way = [path, *path.parents]
        return any(each.is_symlink() for each in way[: way.index(self._root)])

    def _take_away(self) -> None:
        """Delete what the last release had and this one has not, where nobody changed it."""
        for name in set(self._course.exercises) - set(self._new.exercises):
            path = self._course.exercise_path(name)
            stub = self._stub_before(name) or b""
            if not self._is_linked(path) and has_no_other(path, stub):
                path.unlink()
        for name, value in self._before.files.items():
            if not (self._new.root / name).is_file() and Path(name).parts[:1] != ("exercises",):
                self._delete_unchanged(name, value)

    def _delete_unchanged(self, name: str, value: str) -> None:
        path = self._root / name
        is_hidden = any(part.startswith(".") for part in Path(name).parts)  # no release writes it
        is_inside = path.is_relative_to(self._root) and not is_hidden
        is_there = is_inside and not self._is_linked(path) and path.is_file()
        if is_there and hash_of_file(path) == value:
            path.unlink()


def _is_own(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _place_of(name: str) -> int:
    return (CONTENTS, RELEASE).index(name) + 1 if name in (CONTENTS, RELEASE) else 0


def _is_ours(inside: Path) -> bool:
    """Tell whether a file is one that the course consists of, and no learner works in."""
    names = (CONTENTS, HABITS, RELEASE, "README.md")
    is_at_root = len(inside.parts) == 1 and (inside.name in names or inside.suffix == ".whl")
    return is_at_root or inside.parts[0] in ("keys", "quizzes", "models")


def _is_stub(path: Path, before: bytes | None) -> bool:
    """Tell whether nobody has worked in a file: it is the stub that was handed out, or a stub."""
    source = source_in(path)
    return bool(source) and (source == before or is_untouched(source))


def _wheel_in(folder: Path) -> tuple[str, str] | None:
    wheels = sorted(folder.glob("*.whl"))
    plain = [each for each in wheels if each.is_file() and not each.is_symlink()]
    return (plain[-1].name, hash_of_file(plain[-1])) if plain else None


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, body)
