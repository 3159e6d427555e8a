"""`grader class grade`: a class's hand-ins, from any platform, into a folder of marks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from grader.classroom.hand_ins.forms import FORMS
from grader.classroom.marks.outline import NAMED, handed_in
from grader.classroom.marks.reading import assigned
from grader.classroom.marks.store import Store, Terms
from grader.classroom.running.decided import decide_anew
from grader.course.course import Course
from grader.errors import UsageError
from grader.records.text import listed
from grader.terminal.class_changes import telling_changes
from grader.terminal.class_intake import (
    agreed,
    on_terms,
    read_all,
    reading,
    roster_of,
    say_due_before,
    whose,
)
from grader.terminal.class_run import ClassRun, exercises_named, how_to_run, say_outline
from grader.terminal.commands.common import complain, current_course

_FORM = click.Choice([*FORMS])


@click.command()
@click.argument(
    "submissions", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
@whose
@click.option("--unit", "units", multiple=True, help="Every exercise of this unit counts.")
@click.option("--exercises", metavar="NAME,…", help="These exercises count; else all do.")
@on_terms
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
    course, (terms, zone) = current_course(), agreed(due, late, grace, keep)
    people = roster_of(roster)
    with Store(folder, make=True) as store:
        named = exercises_named(course, exercises, units)
        names = named or _counting(course, store)
        with reading(store, submissions):
            _assign(course, store, names, terms, alone=bool(named))
            decide_anew(course, store)
            read_all(course, store, submissions, zone, form, people)
        if not due:
            say_due_before(store, names)
        run = ClassRun(course, store, **how)
        todo = run.outstanding()
        with telling_changes(store, todo):
            code = run.grade(todo)
        say_outline(store)
    return code


def _counting(course: Course, store: Store) -> Sequence[str]:
    """Return the exercises that count where none is named: those that ever were, or else all.

    Raises
    ------
    UsageError
        The course has none of them.
    """
    if not course.exercises:
        raise course.lacks("exercise")
    counting = [each.name for each in assigned(store) if not each.is_quiz]
    if not counting or store.setting(NAMED) != "yes":
        return course.exercises
    if known := [name for name in counting if name in course.exercises]:
        return known
    raise UsageError(
        f"the course has none of the exercises that count here: {listed(counting)}",
        next="Name those that do: --exercises",
    )


def _assign_as_others(course: Course, store: Store, names: Sequence[str]) -> None:
    """Let exercises that the course has since count on the terms that all others share, if any."""
    others = [each for each in assigned(store) if not each.is_quiz]
    shared = {Terms(each.due, each.late, each.grace, each.keep) for each in others}
    if len(shared) == 1:
        store.assign(names, course.exercises, shared.pop())


def _assign(
    course: Course, store: Store, names: Sequence[str], terms: Terms, *, alone: bool
) -> None:
    """Let exercises count.

    Where all do because none was named, naming some says that the others do not; what was said
    before of when they are due, and the like, was said of these.
    """
    is_first = alone and store.setting(NAMED) != "yes"
    counting = [name for name in handed_in(store) if name in store.versions()]
    left = [name for name in counting if name not in names]
    if not alone:
        _assign_as_others(course, store, [name for name in names if name not in store.versions()])
    store.assign(names, course.exercises, terms, alone=is_first)
    if is_first:
        store.set(NAMED, "yes")
    if is_first and left:
        complain(
            f"not counting any more, since others were named: {listed(left)}.\n"
            "Their marks stay. Name them as well to count them again: --exercises"
        )
