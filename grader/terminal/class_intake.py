"""What the commands share that take hand-ins: their options, and what is said while they read."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import tzinfo
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from grader.classroom.hand_ins.times import LocalTime, utc
from grader.classroom.intake import in_the_middle, match_all, read_downloads
from grader.classroom.marks.lateness import deduction_of, due_of, seconds_of
from grader.classroom.marks.outline import READING, handed_in, unread
from grader.classroom.marks.platform_ids import save_tables
from grader.classroom.marks.reading import assigned
from grader.classroom.marks.store import Store, Terms
from grader.classroom.people.platform_tables import platform_table
from grader.classroom.people.roster import Person, read_people
from grader.classroom.people.tables import MAX_CELL, Table, read_table
from grader.classroom.readers import NotReadError, Reader
from grader.course.course import Course
from grader.errors import in_one_line
from grader.present.class_text import counted
from grader.terminal.commands.common import say, say_filled, status

_CHOSEN = (
    "GitHub Classroom calls repositories by what their owners call themselves. A column `github` on"
    " the roster says who that is; without it, whoever is called as somebody hands in for them."
)
_BACK = (
    "Handed in again, as far as anybody can tell: {} that came before, with others since. So with"
    " --keep last they are the last. If this is an older download, grade the newer one once more."
)
_KEPT = (
    "Of {} a table says another time than before, as it does where somebody saved the same again."
    " The first one stays; if it was from a wrong table, grade into a new folder (-o):"
)
_DOUBTFUL = (
    "Of {} another download has another version, and nobody can tell which of them the table means,"
    " so it gives them no time. Name it once more, with nothing but the download it was made with:"
)
_LACKING = "Of these the column `github` has nothing:"
_MOST, _LONGEST = 10, 200  # lines of a kind that are said, and characters of a place
Command = TypeVar("Command", bound=Callable[..., Any])


class Agreed(NamedTuple):
    """On what terms something is taken, and in which zone dates without one are."""

    terms: Terms
    zone: tzinfo


class Roster(NamedTuple):
    """Who is in the class, and the table that says so, if there is one."""

    people: tuple[Person, ...] = ()
    tables: tuple[Table, ...] = ()


def whose(command: Command) -> Command:
    """Add the options of a command that takes hand-ins: where marks go, and who is in the class."""
    options = (
        click.option(
            "-o",
            "--output",
            "folder",
            type=click.Path(file_okay=False, path_type=Path),
            default=Path("marks"),
            show_default=True,
            help="The folder of the marks; what is in it already is gone on with.",
        ),
        click.option(
            "--roster",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="Who is in the class: a CSV with a column of names, e-mail addresses or ids.",
        ),
    )
    return _with(options, command)


def on_terms(command: Command) -> Command:
    """Add the options that say when something was due, and which attempt counts."""
    options = (
        click.option("--due", metavar="TIME", help='"2026-05-05 23:59:59+02:00", or a day.'),
        click.option("--late", metavar="SHARE", help="What being late takes off: 20% or 10%/day."),
        click.option("--grace", metavar="TIME", help="How late costs nothing yet: 15min."),
        click.option("--keep", type=click.Choice(["best", "last"]), help="Which attempt counts."),
    )
    return _with(options, command)


def agreed(due: str | None, late: str | None, grace: str | None, keep: str | None) -> Agreed:
    """Return what these options say, once it is known to make sense; and say when it was due."""
    moment = due_of(due) if due else None
    if late is not None:
        deduction_of(late)
    terms = Terms(
        due=utc(moment) if moment else None,
        late=late,
        grace=None if grace is None else seconds_of(grace),
        keep=keep,
    )
    if moment:
        say(f"Due: {moment.isoformat(' ')}")
    zone = moment.tzinfo if moment else None
    return Agreed(terms, zone or LocalTime())


def roster_of(path: Path | None) -> Roster:
    """Return who is in the class, where a table says so."""
    if not path:
        return Roster()
    table = read_table(path)
    _tell_cut(table)
    return Roster(read_people(table), (table,))


@contextmanager
def reading(store: Store, paths: Collection[Path]) -> Iterator[None]:
    """Keep what is named as not read, until all of it is, or it turns out that some cannot be.

    It is kept by where it is, as platforms call every download alike.
    """
    places = {path: in_one_line(os.path.realpath(path)) for path in paths}
    _set_unread(store, unread(store) | {*places.values()})
    try:
        yield
    except NotReadError as error:
        _set_unread(store, unread(store) - {places[error.path]})
        raise
    _set_unread(store, unread(store) - {*places.values()})


def _set_unread(store: Store, names: Collection[str]) -> None:
    store.set(READING, "\n".join(sorted(names)))


def save_roster(store: Store, roster: Roster) -> None:
    """Write down who is in the class, and say whose marks by hand are nobody's on the roster."""
    doubts = store.save_roster(roster.people) if roster.people else []
    _say_some("Marks by hand that are of nobody on the roster; mend it, or mark anew:", doubts)


def read_all(
    course: Course,
    store: Store,
    paths: Sequence[Path],
    zone: tzinfo,
    form: str | None,
    roster: Roster,
    reader: Reader | None = None,
) -> None:
    """Write the roster down, read downloads, say what each was, and find out whose all is.

    What the tables among them, and the roster, have of a platform's own is kept as well.
    """
    save_roster(store, roster)
    tables = [*roster.tables]

    def told(source: str, count: int) -> None:
        status(f"{source}: {counted(count, 'hand-in')} read")

    def told_of_table(table: Table) -> None:
        _tell_cut(table)
        tables.append(table)

    for read in read_downloads(course, store, paths, zone, form, told, reader, told_of_table):
        status("")
        known = "" if read.new == read.hand_ins else f", {read.new:,} of them new"
        count = counted(read.hand_ins, "hand-in")
        say_filled(f"{in_one_line(read.source)}: {count}{known}, in the form of {read.form}.")
        if read.back:
            say_filled(_BACK.format(counted(read.back, "hand-in")))
        for what, whose in ((_KEPT, read.kept), (_DOUBTFUL, read.doubtful)):
            _say_some(what.format(counted(len(whose), "hand-in")), whose)
        if read.form == "git":
            _tell_chosen(store.roster())
    save_tables(store, filter(None, map(platform_table, tables)))
    tell_matched(store)


def tell_matched(store: Store) -> None:
    """Put every hand-in to whom it belongs, and say which were somebody else's."""
    moved = [
        f"{in_the_middle(f'{each.source}: {each.place}', _LONGEST)}: {each.before} -> {each.after}"
        for each in match_all(store)
    ]
    _say_some("Hand-ins that are somebody else's than they were:", moved)


def say_due_before(store: Store, names: Collection[str]) -> None:
    """Say when what is named is due, where an earlier run said so and it was handed in."""
    due = {each.due for each in assigned(store, handed_in(store)) if each.name in names}
    known = " and ".join(each.replace("T", " ") for each in sorted(filter(None, due)))
    if known:
        say_filled(f"Due: {known}, as an earlier run said; --due says otherwise.")


def _say_some(what: str, lines: Sequence[str]) -> None:
    if lines:
        say_filled(what)
    for line in lines[:_MOST]:
        say(f"  {in_one_line(line)}")
    if more := len(lines[_MOST:]):
        say(f"  and {more:,} more")


def _tell_chosen(people: Sequence[Person]) -> None:
    """Say whose name on GitHub is not known, so that somebody else may be called as they are."""
    lacking = [person.student for person in people if not person.first("github")]
    if lacking:
        say_filled(_CHOSEN)
    if len(lacking) < len(people):
        _say_some(_LACKING, lacking)


def _tell_cut(table: Table) -> None:
    if table.cut:
        cells = counted(table.cut, "cell")
        say(f"{in_one_line(table.name)}: {cells} of more than {MAX_CELL:,} characters cut there.")


def _with(options: Sequence[Callable[[Command], Command]], command: Command) -> Command:
    for option in reversed(options):
        command = option(command)
    return command
