"""The files of one hand-in, and those of the zips in it, as far as its bounds go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from grader.classroom.bounds import Work
from grader.classroom.hand_ins.entries import MAX_DEPTH, Entry, inner_entries
from grader.course.course import CONTENTS
from grader.errors import RefusedError

# Folders of a course that hold no answers; in any other somebody may have put theirs.
NO_ANSWERS = ("solutions", "quizzes", "models", "tests", "benchmarks")
ELSEWHERE = "it lies in a folder of a course that holds no answers"


class FileNote(NamedTuple):
    """What became of a file: the exercise it answers, or `why` it was not understood."""

    path: str
    exercise: str = ""
    why: str = ""


def files_of(
    files: Iterable[Entry],
    work: Work,
    notes: list[FileNote],
    chosen: Callable[[list[Entry]], Iterable[Entry]],
) -> Iterator[Entry]:
    """Yield the files of a hand-in, of all that are in it those that are `chosen`, in their order.

    What is read of them is charged to `work`. What is beyond it is put down in the notes.
    """
    for entry in chosen([*_with_inner(files, work, notes)]):
        try:
            work.look_at()
        except RefusedError as error:
            notes.insert(0, FileNote(entry.path, why=error.what))  # of many, the first are told
            return
        yield entry._replace(read=_charged(entry, work))


def in_courses(files: Sequence[Entry]) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """Yield files, each with its path within the course that it is of, which is empty if of none.

    However many folders look like a course, each file is held against its own alone.
    """
    homes = {entry.parts[:-1] for entry in files if entry.name == CONTENTS}
    for entry in files:
        parts = entry.parts
        depths = range(min(len(parts), MAX_DEPTH))
        yield entry, next((parts[n:] for n in depths if parts[:n] in homes), ())


def _charged(entry: Entry, work: Work) -> Callable[[int], bytes]:
    def read(most: int) -> bytes:
        work.require_more()
        try:
            body = entry.read(most)
        except RefusedError:
            work.read(most)  # so much may have been unpacked, to find out that there is more
            raise
        work.read(len(body))
        return body

    return read


def _with_inner(files: Iterable[Entry], work: Work, notes: list[FileNote]) -> Iterator[Entry]:
    for entry in files:
        try:
            work.list(entry.path)
        except RefusedError as error:
            notes.append(FileNote(entry.path, why=error.what))
            return
        if entry.suffix != ".zip" or entry.refused:
            yield entry
            continue
        try:
            work.open_zip()
            for inner in inner_entries(entry):
                work.list(inner.path)
                yield inner
        except RefusedError as error:
            notes.append(FileNote(entry.path, why=error.what))
