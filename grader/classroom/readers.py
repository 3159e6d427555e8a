"""What a reader sees of a download: its hand-ins, and what tells whether two are the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

from grader.classroom.bounds import MAX_LISTED, MAX_READ, Work
from grader.classroom.hand_ins.entries import Download, Entry, open_download
from grader.classroom.hand_ins.forms import Form, form_of
from grader.classroom.hand_ins.record import HandIn
from grader.classroom.marks.store import File
from grader.course.course import Course
from grader.errors import RefusedError, UsageError


class NotReadError(UsageError):
    """What was named cannot be read, whatever `where` calls it: its `path` is as it was named."""

    def __init__(self, path: Path, error: UsageError) -> None:
        super().__init__(error.what, where=error.where, next=error.next, lines=error.lines)
        self.path = path


class Reader(Protocol):
    """Makes answers of the files of a hand-in: to exercises, or to quizzes, as its `kind` says.

    With the same `version`, files are taken for the same answers. `forms` are those that a download
    of them may have, and a file that ends in one of `loose` is a download by itself.
    """

    kind: str
    version: str
    forms: Mapping[str, Form]
    loose: tuple[str, ...]

    def sees(self, entry: Entry) -> bool:
        """Tell whether a file is to be looked at."""

    def most(self, entry: Entry) -> int:
        """Return how many bytes of a file may be read."""

    def files(self, entries: Sequence[Entry], work: Work | None = None) -> Iterable[File]:
        """Return what became of every file, once and for all where it is an answer.

        What reading them takes is charged to `work`, or to what one hand-in may take.
        """


@contextmanager
def at_fault(path: Path) -> Iterator[None]:
    """Let an error say that it is of what was named by a path.

    Raises
    ------
    NotReadError
        In place of a `UsageError`.
    """
    try:
        yield
    except UsageError as error:
        raise NotReadError(path, error) from error


@contextmanager
def opened(
    course: Course, reader: Reader, form: str | None, path: Path
) -> Iterator[tuple[Download, str]]:
    """Open a download, and give it with its form."""
    with ExitStack() as until_the_end:
        with at_fault(path):
            download = until_the_end.enter_context(open_download(course, path, reader.loose))
            found = form or form_of(download, reader.forms)
        yield download, found


def hand_ins_of(reader: Reader, download: Download, form: str) -> Iterator[HandIn]:
    """Yield what is in a download, with the files that are to be looked at."""
    for hand_in in reader.forms[form].hand_ins(download):
        yield _as_seen(reader, hand_in)
    if download.outside:
        yield _as_seen(reader, HandIn("", (), download.outside))


def _as_seen(reader: Reader, hand_in: HandIn) -> HandIn:
    return hand_in._replace(files=tuple(filter(reader.sees, hand_in.files)))


def digest_of(form: str, hand_in: HandIn, reader: Reader) -> str:
    """Return a hash of all that is in a hand-in, as far as it is read, and for what."""
    about = [form, hand_in.place, *filter(None, [reader.kind])]
    digest = hashlib.sha256(json.dumps(about).encode())
    left = MAX_READ
    for entry in sorted(hand_in.files[:MAX_LISTED], key=lambda entry: entry.path):
        said, most = entry.refused.encode(), max(0, min(reader.most(entry), left))
        if most and not said:
            try:
                said = entry.read(most)
                left -= len(said)
            except RefusedError as error:
                said = error.what.encode()
                left -= most  # so much may have been unpacked, to find out that there is more
        digest.update(json.dumps([entry.path, len(said)]).encode() + said)
    return digest.hexdigest()
