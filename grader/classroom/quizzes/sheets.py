"""Sheets: each person's questions, with the values that are theirs, and a file to answer in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from grader.classroom.marks.reading import QUIZ, Student
from grader.classroom.marks.store import Store
from grader.classroom.people.file_names import stems_of
from grader.classroom.people.roster import Person
from grader.classroom.quizzes.asked import BY_ID, Asked
from grader.errors import UsageError, in_one_line
from grader.files import MAX_YAML, read_regular
from grader.present.quiz_sheet_markdown import answers_form, sheet_markdown
from grader.quiz.model import seed_of

_FOUND_BY = ("login", "number", "email", "canvas")
_ANSWERED = re.compile(  # behind the colon, or below what the form itself says there
    rb"^[^#:\n]+:[ \t]*(?:[^ \t\r\n#]|(?:#[^\n]*)?\r?\n(?:[ \t]*-|[ \t]+[^ \t\r\n#]))",
    re.MULTILINE,
)


def sheets_of(
    store: Store, people: Sequence[Student], quizzes: Sequence[Asked]
) -> Iterator[tuple[str, bytes]]:
    """Yield two files for each person and quiz: `ada-QUIZ.md` to read, `ada-QUIZ.yaml` to fill."""
    draws = dict(store.rows("SELECT name, draws FROM quizzes"))
    stems = stems_of([_called(student.person) for student in people])
    for student, stem in zip(people, stems, strict=True):
        person = student.person
        name = in_one_line(person.first("name") or person.student)
        for asked in quizzes:
            is_own = draws.get(asked.name) == BY_ID
            quiz = asked.quiz.drawn(seed_of(student.drawn_for) if is_own else None)
            file = f"{stem}-{asked.name.removeprefix(QUIZ)}"
            yield f"{file}.md", sheet_markdown(quiz, name, f"{file}.yaml").encode()
            yield f"{file}.yaml", answers_form(quiz).encode()


def _called(person: Person) -> str:
    """Return what somebody is found by again: an id where a first name, say, is no clue to them."""
    is_known = any(clue.value == person.student for clue in person.clues)
    return person.student if is_known else person.first(*_FOUND_BY) or person.student


def require_unanswered(folder: Path) -> None:
    """Raise `UsageError` where sheets were answered in the files that lie in a folder.

    What was written there before is replaced, and nobody has another copy of that.
    """
    for path in sorted(folder.glob("*.yaml")):
        with suppress(OSError):
            if _ANSWERED.search(read_regular(path, MAX_YAML)):
                raise UsageError(
                    "it has answers, and new sheets would take its place",
                    where=in_one_line(str(path)),
                    next="Name another folder for the sheets: --sheets FOLDER",
                )
