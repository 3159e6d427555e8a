"""What a cluster needs to know before it grades, as bytes: the course, and by what it is graded."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from itertools import islice
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from grader.classroom.running.chunks import Setup
from grader.classroom.running.versions import Versions, grader_version
from grader.course.course import Course
from grader.course.places import require_no_link
from grader.errors import CourseError
from grader.files import read_regular

MAX_FILES, MAX_BYTES = 10_000, 100_000_000  # of all that is sent: this course has 15 MB
_OF_COURSE = ("course.yaml", "habits.yaml", "release.json")


@dataclass(frozen=True)
class Order:
    """What is graded with: versions of the grader, of the course's bytes and of exercises."""

    grader: str
    course: str
    exercises: dict[str, str]
    setup: Setup


def order_of(course: Course, parcel: bytes, exercises: Iterable[str], setup: Setup) -> bytes:
    """Return as bytes what a course's exercises are graded with; where it lies here is not told."""
    versions = Versions(course)
    named = {name: versions.of(name) for name in exercises}
    order = Order(grader_version(), _hash_of(parcel), named, replace(setup, root=""))
    return json.dumps(asdict(order)).encode()


def read_order(body: bytes) -> Order:
    """Return the order that `order_of` was given."""
    fields = json.loads(body)
    return Order(**fields | {"setup": Setup(**fields["setup"])})


def parcel_of(course: Course) -> bytes:
    """Return what grading takes of a course: the same bytes for the same files.

    Raises
    ------
    CourseError
        It is more than is sent, or cannot be read.
    UsageError
        A link is on the way to it.
    """
    stream, left = BytesIO(), MAX_BYTES
    with ZipFile(stream, "w", ZIP_DEFLATED) as parcel:
        for path in _files(course):
            require_no_link(course.root, path)
            try:
                body = read_regular(path, left)
            except OSError as error:
                raise _not_sent(error.strerror or str(error), path) from error
            left -= len(body)
            name = path.relative_to(course.root).as_posix()
            parcel.writestr(ZipInfo(name), body, ZIP_DEFLATED)
    return stream.getvalue()


def lay_out(parcel: bytes, folder: Path) -> None:
    """Write the course in a parcel to an empty folder."""
    with ZipFile(BytesIO(parcel)) as files:
        files.extractall(folder)


def differences(order: Order, parcel: bytes, course: Course | None = None) -> Iterator[str]:
    """Yield in words what is another version here than was ordered.

    Of the grader and the parcel, or else of the `course` that was in it.
    """
    if course is None:
        here, there = grader_version(), order.grader
        if here != there:
            yield f"its grader is {here}, and yours {there}"
        if _hash_of(parcel) != order.course:
            yield "the course that it got is not the one that you sent"
        return
    versions = Versions(course)
    known = (name for name in order.exercises if name in course.exercises)
    same = {name for name in known if versions.of(name) == order.exercises[name]}
    if others := [name for name in order.exercises if name not in same]:
        yield f"its course has another version of {', '.join(others)}"


def _files(course: Course) -> list[Path]:
    """Return what decides a report, and the version that a release claims to be.

    Nothing else goes along: in a course's folder there may be rosters, hand-ins and marks.
    """
    found = [*islice(_every(course), MAX_FILES + 1)]
    if len(found) > MAX_FILES:
        raise _not_sent(f"it holds more than {MAX_FILES:,} files", course.root)
    return sorted(path for path in found if path.suffix != ".pyc" and os.path.lexists(path))


def _every(course: Course) -> Iterator[Path]:
    yield from (course.root / name for name in _OF_COURSE)
    yield from map(course.quiz_path, course.quizzes)
    if not course.release:
        yield from _within(course.root / "solutions")
        return
    for key in map(course.key_path, course.exercises):
        yield from key.parent.glob(f"{key.stem}.*")


def _within(folder: Path) -> Iterator[Path]:
    """Yield the files and links below a folder; no link is followed."""
    for place, folders, names in os.walk(folder):
        links = (name for name in folders if Path(place, name).is_symlink())
        yield from (Path(place, name) for name in (*names, *links))


def _not_sent(why: str, path: Path) -> CourseError:
    return CourseError(
        f"this cannot be sent to a cluster: {why}",
        where=str(path),
        next=f"A course that is sent has at most {MAX_FILES:,} files of {MAX_BYTES // 10**6} MB.",
    )


def _hash_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
