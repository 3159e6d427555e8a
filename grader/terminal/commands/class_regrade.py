"""`grader class regrade`: what a mended check changes, for whom, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from grader.classroom.changes import changes
from grader.classroom.marks.reading import marks
from grader.classroom.marks.store import Store
from grader.classroom.quizzes.asked import asked_of
from grader.classroom.quizzes.marking import to_be_marked
from grader.classroom.running.decided import decide_anew
from grader.terminal.class_changes import say_changes, say_due
from grader.terminal.class_quizzes import mark_quizzes
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
        decide_anew(course, store)
        todo = run.outstanding()
        asked = asked_of(course, store) if store.rows("SELECT 1 FROM quizzes LIMIT 1") else {}
        to_mark = to_be_marked(store, asked)
        is_due = say_due(((each.exercise, each) for each in todo), "answer", "answers", "graded")
        sets = ("set of answers", "sets of answers", "marked")
        is_due += say_due(((each.name, each) for each in to_mark), *sets)
        if dry_run:
            say("Nothing was graded: --dry-run." if is_due else "Nothing is to be graded again.")
            return 0
        code = run.grade(todo)
        if asked:
            code = max(code, mark_quizzes(store, asked, to_mark))
        say_changes(list(changes(before, marks(store))))
        say_outline(store)
    return code
