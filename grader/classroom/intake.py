"""Downloads are read into the database, hand-in by hand-in, and put to whom they belong."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import tzinfo
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Protocol

from grader.classroom.answers import AnswerReader
from grader.classroom.bounds import MAX_LISTED, MAX_READ, MAX_TOLD
from grader.classroom.hand_ins.canvas_names import numbers_of
from grader.classroom.hand_ins.entries import Download, Entry, open_download
from grader.classroom.hand_ins.forms import MOODLE, Form, form_of
from grader.classroom.hand_ins.record import Clues, HandIn
from grader.classroom.marks.agreements import keep_agreement
from grader.classroom.marks.appearances import Seen, mend_times
from grader.classroom.marks.downloads import downloads_of, write_download
from grader.classroom.marks.outline import BY_NAMES
from grader.classroom.marks.people import Moved
from grader.classroom.marks.platform_ids import linked, people_of, rows_of_platforms
from grader.classroom.marks.store import File, Saved, Store
from grader.classroom.people.doubts import without_doubts
from grader.classroom.people.ids import other_systems
from grader.classroom.people.matching import Match, Matcher
from grader.classroom.people.mixed_up import agreement
from grader.classroom.people.registers import Registers
from grader.classroom.people.roster import clues_of_rows
from grader.classroom.people.table_times import (
    Named,
    Times,
    is_of_participant,
    keys_of,
    tables_of,
)
from grader.classroom.people.tables import Table, read_table
from grader.course.course import Course
from grader.errors import RefusedError, say_fault

_LONGEST = 300  # characters of a path that are kept
_TABLES = (".csv", ".tsv")


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

    def files(self, entries: Sequence[Entry]) -> Iterable[File]:
        """Return what became of every file, once and for all where it is an answer."""


class Read(NamedTuple):
    """A download that was read: its form, how many hand-ins are in it, and how many are new.

    Of those that are `back` others came since, and no time says which is older.
    """

    source: str
    form: str
    hand_ins: int
    new: int
    back: int = 0


def read_downloads(
    course: Course,
    store: Store,
    paths: Iterable[Path],
    zone: tzinfo,
    form: str | None = None,
    told: Callable[[str, int], None] = lambda source, count: None,
    reader: Reader | None = None,
    told_of_table: Callable[[Table], None] = lambda table: None,
) -> Iterator[Read]:
    """Read downloads, with the tables that were named among them, and yield what each was.

    `told` hears of every hand-in that is read, `told_of_table` of every table. `zone` is that of
    dates without one. Without a `reader`, answers to exercises are looked for.

    Raises
    ------
    UsageError
        One of them cannot be read; what was read before is kept.
    """
    paths, reader = list(paths), reader or AnswerReader(course)
    tables = {n: read_table(path) for n, path in enumerate(paths) if _is_table(path)}
    for table in tables.values():
        told_of_table(table)
    registers = Registers(tables.values(), zone)
    open_one = partial(_opened, course, reader, form)
    times = _times_of(paths, reader, dict(zip(tables, registers.times, strict=True)), open_one)
    users = numbers_of(chain(people_of(store), *map(clues_of_rows, tables.values())))
    for n, path in enumerate(paths):
        if n in tables:
            continue
        saved: list[Saved] = []
        with open_one(path) as (download, found):
            for hand_in in _hand_ins(reader.forms[found], download._replace(users=users)):
                completed = partial(registers.completed, times=times[n])
                saved.append(_save(store, reader, completed, hand_in, download.name, found))
                told(download.name, len(saved))
        _end_of_download(store, saved)
        new, back = sum(each.is_new for each in saved), sum(each.is_back for each in saved)
        yield Read(download.name, found, len(saved), new, back)


def _end_of_download(store: Store, saved: Sequence[Saved]) -> None:
    """Write down what lay in one download; of one that is known, a table may mend the times."""
    if not write_download(store.database, [each.came.digest for each in saved]):
        mend_times(store.database, (s.came for s in saved if not s.came.seen.is_timed))


def _is_table(path: Path) -> bool:
    return path.suffix.lower() in _TABLES


@contextmanager
def _opened(
    course: Course, reader: Reader, form: str | None, path: Path
) -> Iterator[tuple[Download, str]]:
    """Open a download, and give it with its form."""
    with open_download(course, path, reader.loose) as download:
        yield download, form or form_of(download, reader.forms)


def _times_of(
    paths: Sequence[Path],
    reader: Reader,
    times: Mapping[int, Times],
    open_one: Callable[[Path], AbstractContextManager[tuple[Download, str]]],
) -> dict[int, list[Times]]:
    """Return the times that tables have of each download, by their places on the command line."""
    others = [n for n in range(len(paths)) if n not in times]
    timed = [n for n in times if any(map(is_of_participant, times[n]))]
    if not timed or len(others) + len(timed) <= 2:  # it is clear without a look into them
        return {n: [*times.values()] for n in others}
    has = {n: {*filter(is_of_participant, times[n])} for n in timed}
    for n in others:
        with open_one(paths[n]) as (download, found):
            every = reader.forms[found].hand_ins(download) if found == MOODLE else ()
            has[n] = {key for each in every for key in keys_of(each) if is_of_participant(key)}
    order = sorted(has)
    named = [Named(paths[n].name, has[n], times.get(n)) for n in order]
    theirs = {order[n]: {order[t] for t in own} for n, own in tables_of(named).items()}
    return {n: [times[t] for t in times if t not in timed or t in theirs[n]] for n in others}


def _hand_ins(form: Form, download: Download) -> Iterator[HandIn]:
    yield from form.hand_ins(download)
    if download.outside:
        yield HandIn("", (), download.outside)


def _save(
    store: Store,
    reader: Reader,
    completed: Callable[[HandIn], HandIn],
    hand_in: HandIn,
    source: str,
    form: str,
) -> Saved:
    """Write a hand-in down, with its files where they were not read before.

    It is `completed` by what tables say. Return what became of it.
    """
    hand_in = hand_in._replace(files=tuple(filter(reader.sees, hand_in.files)))
    digest, read_as = _digest(form, hand_in, reader), reader.version
    is_timed = bool(hand_in.submitted_at)
    hand_in = completed(hand_in)
    seen = Seen(source, _place(reader, hand_in), is_timed)
    saved = store.save_hand_in(hand_in, digest, source, form, seen)
    if store.read_as(digest) != read_as:
        store.save_files(digest, _read(reader, hand_in), read_as)
    return saved


def _place(reader: Reader, hand_in: HandIn) -> str:
    """Return where in its download a hand-in is, in so few characters that it is its own."""
    paths = [] if hand_in.place else [entry.path for entry in hand_in.files[:MAX_LISTED]]
    place = "/".join(filter(None, [reader.kind, hand_in.place, *paths]))
    digest = hashlib.sha256(place.encode()).hexdigest()
    return place if len(place) <= _LONGEST else digest


def _read(reader: Reader, hand_in: HandIn) -> Iterator[File]:
    """Yield what became of a hand-in's files, of those that are no answers as many as are told.

    One that nobody thought of costs nobody else anything.
    """
    told = 0
    try:
        for file in reader.files(hand_in.files):
            told += not file.body
            if file.body or told <= MAX_TOLD:
                path, why = (
                    in_the_middle(file.path, _LONGEST),
                    in_the_middle(file.why, 2 * _LONGEST),
                )
                yield file._replace(path=path, why=why)
    except Exception as error:
        yield File(hand_in.place, "", say_fault(error))
    if told > MAX_TOLD:
        yield File("", "", f"and {told - MAX_TOLD:,} more files that are no answers")


def in_the_middle(text: str, most: int) -> str:
    """Return a text of at most so many characters, cut in its middle where it has more."""
    half = most // 2 - 1
    return text if len(text) <= most else f"{text[:half]}…{text[-half:]}"


def _digest(form: str, hand_in: HandIn, reader: Reader) -> str:
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


def match_all(store: Store) -> list[Moved]:
    """Put every hand-in to whom it belongs, by the roster as it is now; return what has moved."""
    people = store.roster()
    sources: dict[int, set[str]] = {}
    downloads, more = downloads_of(store), linked(store)
    every = (more(clues) for _, _, submitters in store.hand_ins() for clues in submitters)
    matcher = Matcher(people, other_systems((person.clues for person in people), every))
    found: dict[int, Sequence[tuple[Clues, Match]]] = {}
    for id, source, submitters in store.hand_ins():
        sources[id] = downloads.get(id, {source})
        known = [more(clues) for clues in submitters] if people else submitters
        found[id] = [(c, matcher.match(c) if people else _nobody(c)) for c in known]
    forms = dict(store.rows("SELECT id, form FROM hand_ins"))
    rows = [(clues, matcher.match(clues)) for clues in rows_of_platforms(store)]
    answered: dict[int, set[str]] = {}
    for id, exercise in store.rows("SELECT hand_in, exercise FROM files WHERE answer IS NOT NULL"):
        answered.setdefault(id, set()).add(exercise)
    whose = without_doubts(sources, forms, found, rows, answered)
    names = sum(any(_is_as_typed(*one) for one in each) for each in whose.values())
    if str(names) != (store.setting(BY_NAMES) or "0"):
        store.set(BY_NAMES, str(names))
    keep_agreement(store, agreement(whose))
    return store.save_owners(whose)


def _is_as_typed(clues: Clues, match: Match) -> bool:
    """Tell whether only what people type on a platform says who they are: a name, or a number."""
    return match.by_typed or (match.by_name and any(clue.kind == "name" for clue in clues))


def _nobody(clues: Clues) -> Match:
    """Return what is known where there is no roster: who cannot be told."""
    return Match(why=next((clue.value for clue in clues if clue.kind == "unclear"), ""))
