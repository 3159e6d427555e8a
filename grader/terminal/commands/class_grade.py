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
        with reading(store, submissions):
            names = _assign(course, store, named, terms)
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


def _assign(course: Course, store: Store, named: Sequence[str], terms: Terms) -> list[str]:
    """Let exercises count, and return which: those named, or that ever were, else all.

    Where all do because none was named, so does one that the course has since. Then naming some
    says that the others do not; what was said before of when they are due was said of these.
    """
    was_open = store.setting(NAMED) != "yes"
    counting = [each.name for each in assigned(store) if not each.is_quiz]
    names = named or (course.exercises if was_open else counting)
    known = [name for name in names if name in course.exercises]
    if not known:
        raise course.lacks("exercise")
    left = [name for name in counting if name in handed_in(store) and name not in known]
    store.assign(known, course.exercises, terms, alone=bool(named) and was_open)
    if named and was_open:
        store.set(NAMED, "yes")
        if left:
            complain(
                f"not counting any more, since others were named: {listed(left)}.\n"
                "Their marks stay. Name them as well to count them again: --exercises"
            )
    return known
