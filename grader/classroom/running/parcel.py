"""What a cluster needs to know before it grades, as bytes: the course, and by what it is graded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from grader.classroom.running.chunks import Setup
from grader.classroom.running.versions import Versions, grader_version
from grader.course.course import Course

# What decides a report, and the version that a release claims to be. Nothing else goes along:
# in a course's folder there may be rosters, hand-ins and marks.
_FILES = (
    *("course.yaml", "habits.yaml", "release.json", "quizzes/*.yaml"),
    *("keys/*/*", "solutions/**/*"),
)


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
    """Return what grading takes of a course: the same bytes for the same files."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as parcel:
        for path in _files(course.root):
            name = path.relative_to(course.root).as_posix()
            parcel.writestr(ZipInfo(name), path.read_bytes(), ZIP_DEFLATED)
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


def _files(root: Path) -> list[Path]:
    found = {path for pattern in _FILES for path in root.glob(pattern)}
    return sorted(path for path in found if path.is_file() and path.suffix != ".pyc")


def _hash_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
