"""`grader class regrade`: what a mended check changes, for whom, and why."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import click

from grader.classroom.changes import Change, changes
from grader.classroom.marks.reading import marks
from grader.classroom.marks.store import Store
from grader.classroom.quizzes.asked import asked_of
from grader.errors import in_one_line
from grader.present.class_text import counted, render_change
from grader.terminal.class_quizzes import mark_quizzes, say_what_is_due
from grader.terminal.class_run import ClassRun, how_to_run, say_outline
from grader.terminal.commands.common import current_course, say


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("marks"))
@click.option("--dry-run", is_flag=True, help="Say what would be graded again, and grade nothing.")
@how_to_run
def regrade(folder: Path, dry_run: bool, **how: Any) -> int:
    """Grade again what a change can touch, and say who changed.

    That is a change of the course or of the grader. FOLDER is that of the marks.
    """
    course = current_course()
    with Store(folder) as store:
        before = list(marks(store))
        run = ClassRun(course, store, **how)
        todo = run.outstanding()
        asked = asked_of(course, store) if store.rows("SELECT 1 FROM quizzes LIMIT 1") else {}
        for (exercise, why), count in Counter((t.exercise, t.why) for t in todo).items():
            reason = f", because {why}" if why else ", which never were"
            say(f"{exercise}: {counted(count, 'answer')} to be graded again{reason}.")
        to_mark = say_what_is_due(store, asked)
        if dry_run:
            is_due = bool(todo or to_mark)
            say("Nothing was graded: --dry-run." if is_due else "Nothing is to be graded again.")
            return 0
        code = run.grade(todo)
        if asked:
            code = max(code, mark_quizzes(store, asked))
        found = list(changes(before, marks(store)))
        say(f"\n{counted(len(found), 'mark')} changed{':' if found else '.'}")
        for change in found:
            say(_line(change))
        say_outline(store)
    return code


def _line(change: Change) -> str:
    before, after = change.before, change.after
    graded = (
        (mark.outcome, mark.attempt.points if mark.attempt else None) for mark in (before, after)
    )
    line = render_change(in_one_line(after.student.person.student), after.exercise.name, *graded)
    return line if change.kept is None else f"{line}; {change.kept:g} by hand stay"
