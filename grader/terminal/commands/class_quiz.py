"""`grader class quiz`: answers to quizzes, marked like submissions into the same marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from grader.classroom.hand_ins.forms import FILES, FORMS
from grader.classroom.marks.outline import name_quizzes
from grader.classroom.marks.reading import students
from grader.classroom.marks.store import Store
from grader.classroom.pages.folder import write_pages
from grader.classroom.quizzes.asked import BY_ID, FIRST, Asked, asked_of, let_count, named_in
from grader.classroom.quizzes.marking import to_be_marked
from grader.classroom.quizzes.reader import QuizReader
from grader.classroom.quizzes.sheets import require_unanswered, sheets_of
from grader.errors import in_one_line
from grader.present.class_text import counted
from grader.terminal.class_changes import telling_changes
from grader.terminal.class_intake import (
    Roster,
    agreed,
    on_terms,
    read_all,
    reading,
    roster_of,
    save_roster,
    say_due_before,
    tell_matched,
    whose,
)
from grader.terminal.class_quizzes import mark_quizzes
from grader.terminal.class_run import say_outline
from grader.terminal.commands.common import current_course, say

_FORM = click.Choice([*FORMS, FILES])


@click.command()
@click.argument("answers", nargs=-1, type=click.Path(exists=True, path_type=Path))
@whose
@click.option(
    "--quiz",
    "quizzes",
    metavar="NAME|FILE",
    multiple=True,
    help="This quiz counts, of the course or of a file; else those that were answered do.",
)
@click.option(
    "--values",
    type=click.Choice([BY_ID, FIRST]),
    help="Values are drawn for each from their id (at first), or are the first ones for all.",
)
@click.option(
    "--sheets",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write instead, for each of the roster, a sheet with their values and a file to answer.",
)
@on_terms
@click.option("--from", "form", type=_FORM, help="What gave the answers out, if not seen.")
def quiz(
    answers: tuple[Path, ...],
    folder: Path,
    roster: Path | None,
    quizzes: tuple[str, ...],
    values: str | None,
    sheets: Path | None,
    due: str | None,
    late: str | None,
    grace: str | None,
    keep: str | None,
    form: str | None,
) -> int:
    """Mark what a class answered to quizzes.

    ANSWERS are folders or zips as a platform gives them out, folders with a file for each student,
    or single files: answers as `grader quiz --answers` takes them, or records with exams.
    """
    if bool(sheets) == bool(answers):
        raise click.UsageError("Name ANSWERS to mark, or a folder to write: --sheets FOLDER.")
    course, (terms, zone) = current_course(), agreed(due, late, grace, keep)
    listed = roster_of(roster)
    names, files = named_in(course, quizzes)
    with Store(folder, make=True) as store:
        asked = asked_of(course, store, files)
        name_quizzes(store, names)
        if sheets:
            let_count(store, [asked[name] for name in names], [*asked], terms, values)
            return _write_sheets(store, listed, [asked[name] for name in names], sheets)
        with reading(store, answers):
            read_all(course, store, answers, zone, form, listed, QuizReader(asked))
        counting = names or _answered(store, asked)
        let_count(store, [asked[name] for name in counting], [*asked], terms, values)
        if not due:
            say_due_before(store, counting)
        todo = to_be_marked(store, asked)
        with telling_changes(store, todo):
            code = mark_quizzes(store, asked, todo)
        say_outline(store)
    return code


def _write_sheets(store: Store, roster: Roster, quizzes: Sequence[Asked], folder: Path) -> int:
    save_roster(store, roster)
    tell_matched(store)
    if not quizzes:
        raise click.UsageError("--sheets needs the quizzes that are asked: --quiz NAME")
    people = [each for each in students(store) if each.is_listed]
    if not people:
        raise click.UsageError("--sheets needs to know who is asked: --roster FILE")
    require_unanswered(folder)
    count = write_pages(folder, sheets_of(store, people, quizzes))
    say(f"{in_one_line(str(folder))}: {counted(count, 'file')} written for {len(people):,} people")
    return 0


def _answered(store: Store, asked: Mapping[str, Asked]) -> list[str]:
    """Return the quizzes that count already, or that somebody answered."""
    rows = store.rows(
        "SELECT name FROM quizzes UNION SELECT exercise FROM answers WHERE exercise LIKE 'quiz:%'"
    )
    found = {name for (name,) in rows}
    return [name for name in asked if name in found]
