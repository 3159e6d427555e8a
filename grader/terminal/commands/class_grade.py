"""`grader class grade`: a class's hand-ins, from any platform, into a folder of marks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone, tzinfo
from pathlib import Path
from typing import Any

import click

from grader.classroom.hand_ins.forms import FORMS
from grader.classroom.hand_ins.times import utc
from grader.classroom.intake import match_all, read_downloads
from grader.classroom.marks.lateness import deduction_of, due_of, seconds_of
from grader.classroom.marks.reading import assigned
from grader.classroom.marks.store import Store, Terms
from grader.classroom.people.roster import Person, read_people
from grader.classroom.people.tables import MAX_CELL, Table, read_table
from grader.course.course import Course
from grader.errors import in_one_line
from grader.present.class_text import counted
from grader.terminal.class_run import ClassRun, exercises_named, how_to_run, say_outline
from grader.terminal.commands.common import current_course, say, status

_NAMED = "exercises were named"
_FORM = click.Choice([*FORMS])


@click.command()
@click.argument(
    "submissions", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("marks"),
    show_default=True,
    help="The folder of the marks; what is in it already is gone on with.",
)
@click.option(
    "--roster",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Who is in the class: a CSV with a column of names, e-mail addresses or ids.",
)
@click.option("--unit", "units", multiple=True, help="Every exercise of this unit counts.")
@click.option("--exercises", metavar="NAME,…", help="These exercises count; else all do.")
@click.option("--due", metavar="TIME", help='"2026-05-05 23:59:59+02:00", or a day.')
@click.option("--late", metavar="SHARE", help="What being late takes off: 20% or 10%/day.")
@click.option("--grace", metavar="TIME", help="How late costs nothing yet: 15min.")
@click.option("--keep", type=click.Choice(["best", "last"]), help="Which attempt counts.")
@click.option("--from", "form", type=_FORM, help="What gave the submissions out, if not seen.")
@how_to_run
def grade(
    submissions: tuple[Path, ...],
    folder: Path,
    roster: Path | None,
    units: tuple[str, ...],
    exercises: str | None,
    form: str | None,
    due: str | None,
    late: str | None,
    grace: str | None,
    keep: str | None,
    **how: Any,
) -> int:
    """Grade what a class handed in.

    SUBMISSIONS are zips or folders as a platform gives them out, several if there are, and tables
    that go with them: Moodle's grading worksheet, Gradescope's scores.
    """
    course, moment = current_course(), due_of(due) if due else None
    if late is not None:
        deduction_of(late)
    terms = Terms(
        due=utc(moment) if moment else None,
        late=late,
        grace=None if grace is None else seconds_of(grace),
        keep=keep,
    )
    people = _people(roster) if roster else ()
    if moment:
        say(f"Due: {moment.isoformat(' ')}")
    with Store(folder, make=True) as store:
        _assign(course, store, exercises_named(course, exercises, units), terms)
        if people:
            store.save_roster(people)
        zone = moment.tzinfo if moment else datetime.now().astimezone().tzinfo
        _read(course, store, submissions, zone or timezone.utc, form)
        code = ClassRun(course, store, **how).grade()
        say_outline(store)
    return code


def _people(roster: Path) -> Sequence[Person]:
    table = read_table(roster)
    _tell_cut(table)
    return read_people(table)


def _tell_cut(table: Table) -> None:
    if table.cut:
        cells = counted(table.cut, "cell")
        say(f"{in_one_line(table.name)}: {cells} of more than {MAX_CELL:,} characters cut there.")


def _assign(course: Course, store: Store, named: Sequence[str], terms: Terms) -> None:
    """Let exercises count: those that are named, else those that do already, or all.

    Where all do because none was named, naming some says that the others do not.
    """
    names = named or [each.name for each in assigned(store)] or course.exercises
    known = [name for name in names if name in course.exercises]
    if not known:
        raise course.lacks("exercise")
    was_open = store.setting(_NAMED) != "yes"
    store.assign(known, course.exercises, terms, alone=bool(named) and was_open)
    if named and was_open:
        store.set(_NAMED, "yes")


def _read(
    course: Course, store: Store, paths: Sequence[Path], zone: tzinfo, form: str | None
) -> None:
    def told(source: str, count: int) -> None:
        status(f"{source}: {counted(count, 'hand-in')} read")

    for read in read_downloads(course, store, paths, zone, form, told, _tell_cut):
        status("")
        known = "" if read.new == read.hand_ins else f", {read.new:,} of them new"
        count = counted(read.hand_ins, "hand-in")
        say(f"{in_one_line(read.source)}: {count}{known}, in the form of {read.form}.")
    match_all(store)
