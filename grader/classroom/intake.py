"""Downloads are read into the database, hand-in by hand-in, and put to whom they belong."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager
from datetime import tzinfo
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from grader.classroom.answers import AnswerReader
from grader.classroom.bounds import MAX_LISTED, MAX_TOLD, Work
from grader.classroom.few_of_each import few_of_each
from grader.classroom.hand_ins.canvas_names import numbers_of
from grader.classroom.hand_ins.entries import Download
from grader.classroom.hand_ins.forms import GENERAL, MOODLE
from grader.classroom.hand_ins.record import Clues, HandIn
from grader.classroom.marks.agreements import keep_agreement
from grader.classroom.marks.appearances import Seen
from grader.classroom.marks.downloads import downloads_of, write_download
from grader.classroom.marks.outline import BY_NAMES
from grader.classroom.marks.people import Moved
from grader.classroom.marks.platform_ids import linked, people_of, rows_of_platforms
from grader.classroom.marks.store import File, Saved, Store
from grader.classroom.one_folder import is_somebodys
from grader.classroom.people.doubts import without_doubts
from grader.classroom.people.ids import other_systems
from grader.classroom.people.matching import Match, Matcher
from grader.classroom.people.mixed_up import agreement
from grader.classroom.people.registers import Registers
from grader.classroom.people.roster import clues_of_rows
from grader.classroom.people.table_times import (
    Has,
    Key,
    Named,
    Times,
    doubtful_in,
    is_of_participant,
    keys_of,
    tables_of,
)
from grader.classroom.people.tables import Table, read_table
from grader.classroom.readers import Reader, at_fault, digest_of, hand_ins_of, opened
from grader.course.course import Course
from grader.errors import say_fault

_LONGEST = 300  # characters of a path that are kept
_TABLES = (".csv", ".tsv")


class Read(NamedTuple):
    """A download that was read: its form, how many hand-ins are in it, and how many are new.

    Of those that are `back` others came since, and no time says which is older. `kept` are whose
    time stays though a table says another one, `doubtful` of whom it may be another hand-in's.
    """

    source: str
    form: str
    hand_ins: int
    new: int
    back: int = 0
    kept: Sequence[str] = ()
    doubtful: Sequence[str] = ()


class _Taken(NamedTuple):
    digest: str
    called: str
    keys: Sequence[Key]
    saved: Saved


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
    NotReadError
        One of them cannot be read; what was read before is kept.
    """
    paths, reader = list(paths), reader or AnswerReader(course)
    tables = {n: _table(path) for n, path in enumerate(paths) if _is_table(path)}
    for table in tables.values():
        told_of_table(table)
    registers = Registers(tables.values(), zone)
    open_one = partial(opened, course, reader, form)
    told_times = dict(zip(tables, registers.times, strict=True))
    times, doubtful = _times_of(paths, reader, told_times, open_one)
    users = numbers_of(chain(people_of(store), *map(clues_of_rows, tables.values())))
    for n, own in times.items():  # of every download, and no table
        taken: list[_Taken] = []
        completed = partial(registers.completed, times=own)
        with open_one(paths[n]) as (download, found):
            known = _known(paths[n], download._replace(users=users), found, store)
            every = _at(paths[n], hand_ins_of(reader, known, found))
            for hand_in, work in few_of_each(every, store.roster()):
                taken.append(_take(store, reader, work, completed, hand_in, known.name, found))
                told(download.name, len(taken))
        write_download(store.database, [each.digest for each in taken])
        yield _read_of(download.name, found, taken, doubtful)


def _read_of(source: str, form: str, taken: Sequence[_Taken], doubtful: AbstractSet[Key]) -> Read:
    return Read(
        source,
        form,
        hand_ins=len(taken),
        new=sum(each.saved.is_new for each in taken),
        back=sum(each.saved.is_back for each in taken),
        kept=[each.called for each in taken if each.saved.keeps_its_time],
        doubtful=[each.called for each in taken if not doubtful.isdisjoint(each.keys)],
    )


def _is_table(path: Path) -> bool:
    return path.suffix.lower() in _TABLES


def _table(path: Path) -> Table:
    with at_fault(path):
        return read_table(path)


def _known(path: Path, download: Download, form: str, store: Store) -> Download:
    """Return a download with what the roster says of its one folder, where that may be people's."""
    if form not in GENERAL:
        return download
    with at_fault(path):
        return download._replace(is_persons=is_somebodys(download, Matcher(store.roster())))


def _at(path: Path, hand_ins: Iterator[HandIn]) -> Iterator[HandIn]:
    with at_fault(path):  # and not while they are written down
        yield from hand_ins


def _times_of(
    paths: Sequence[Path],
    reader: Reader,
    times: Mapping[int, Times],
    open_one: Callable[[Path], AbstractContextManager[tuple[Download, str]]],
) -> tuple[dict[int, list[Times]], AbstractSet[Key]]:
    """Return the times that tables have of each download, by their places on the command line.

    Also return of whom nobody can tell which of their hand-ins those are of: they are left out.
    """
    others = [n for n in range(len(paths)) if n not in times]
    timed = [n for n in times if any(map(is_of_participant, times[n]))]
    if not timed or len(others) + len(timed) <= 2:  # it is clear without a look into them
        return {n: [*times.values()] for n in others}, frozenset()
    has: dict[int, Has] = {}
    for n in others:
        with open_one(paths[n]) as (download, found):
            has[n] = _participants(reader, download, found) if found == MOODLE else {}
    doubtful = doubtful_in([*has.values()], [times[n] for n in timed])
    times = {
        n: {key: known for key, known in each.items() if key not in doubtful}
        for n, each in times.items()
    }
    has |= {n: dict.fromkeys(filter(is_of_participant, times[n]), "") for n in timed}
    order = sorted(has)
    named = [Named(paths[n].name, has[n], times.get(n)) for n in order]
    theirs = {order[n]: {order[t] for t in own} for n, own in tables_of(named).items()}
    own = {n: [times[t] for t in times if t not in timed or t in theirs[n]] for n in others}
    return own, doubtful


def _participants(reader: Reader, download: Download, form: str) -> Has:
    found: dict[Key, str] = {}
    for hand_in in hand_ins_of(reader, download, form):
        for key in filter(is_of_participant, keys_of(hand_in)):
            found[key] = found.get(key, "") + digest_of(form, hand_in, reader)
    return found


def _take(
    store: Store,
    reader: Reader,
    work: Work,
    completed: Callable[[HandIn], HandIn],
    hand_in: HandIn,
    source: str,
    form: str,
) -> _Taken:
    """Write a hand-in down, with its files where they were not read before.

    It is `completed` by what tables say.
    """
    digest, read_as = digest_of(form, hand_in, reader), reader.version
    is_timed = bool(hand_in.submitted_at)
    hand_in = completed(hand_in)
    seen = Seen(source, _place(reader, hand_in), is_timed)
    saved = store.save_hand_in(hand_in, digest, source, form, seen)
    if store.read_as(digest) != read_as:
        store.save_files(digest, _read(reader, work, hand_in), read_as)
    return _Taken(digest, in_the_middle(hand_in.place, _LONGEST), [*keys_of(hand_in)], saved)


def _place(reader: Reader, hand_in: HandIn) -> str:
    """Return where in its download a hand-in is, in so few characters that it is its own."""
    paths = [] if hand_in.place else [entry.path for entry in hand_in.files[:MAX_LISTED]]
    place = "/".join(filter(None, [reader.kind, hand_in.place, *paths]))
    digest = hashlib.sha256(place.encode()).hexdigest()
    return place if len(place) <= _LONGEST else digest


def _read(reader: Reader, work: Work, hand_in: HandIn) -> Iterator[File]:
    """Yield what became of a hand-in's files, of those that are no answers as many as are told.

    One that nobody thought of costs nobody else anything.
    """
    told = 0
    try:
        for file in reader.files(hand_in.files, work):
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
