"""A report on a class: pages that work from disk, for whoever teaches it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import SystemRandom
from typing import NamedTuple

from grader.classroom.export import Total, totals_of
from grader.classroom.marks.outline import counting, outline_of, to_see_to
from grader.classroom.marks.reading import (
    Mark,
    Student,
    Unmatched,
    answer_of,
    assigned,
    attempts_of,
    marks,
    unmatched,
)
from grader.classroom.marks.store import Store
from grader.classroom.pages.facts import ExerciseFacts, Mistake, facts_of
from grader.classroom.pages.parts import Part, part_of, refused_of
from grader.classroom.pages.templates import STYLE, Templates, style_sheet

START = "index.html"
_MOST_TAUGHT = 5  # mistakes that the first page tells


class Who(NamedTuple):
    """What somebody is called on the pages, and where their own is, if they have one."""

    label: str
    href: str = ""


class Row(NamedTuple):
    """What one person has for each exercise, and for all together."""

    who: Who
    marks: tuple[Mark, ...]
    total: float | None


def report_pages(store: Store, title: str, anonymous: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of a report: its name in the folder, and what is in it.

    An `anonymous` one names nobody, has no page on one person and no words of theirs, and its
    people stand in an order that has nothing to do with the roster's.

    Raises
    ------
    UsageError
        Jinja2 is not installed.
    """
    return _Report(store, title, anonymous).pages()


class _Report:
    def __init__(self, store: Store, title: str, anonymous: bool) -> None:
        self._store, self._title, self._anonymous = store, title, anonymous
        self._templates = Templates()
        self._every = list(marks(store))
        self._unmatched = list(unmatched(store))
        self._totals = list(totals_of(self._every))
        if anonymous:
            SystemRandom().shuffle(self._totals)
        self._by_student: dict[int, list[Mark]] = {}
        for mark in counting(self._every):
            self._by_student.setdefault(mark.student.id, []).append(mark)
        self._who = dict(_names([total.student for total in self._totals], anonymous))

    def pages(self) -> Iterator[tuple[str, bytes]]:
        yield STYLE, style_sheet()
        of_exercises: list[ExerciseFacts] = []
        # In the order of the pages: that of the roster would say who is who among equals.
        marked = [mark for each in self._totals for mark in self._by_student[each.student.id]]
        for exercise in assigned(self._store):
            own = [mark for mark in marked if mark.exercise == exercise]
            facts = facts_of(self._store, exercise, own)
            yield f"exercises/{exercise.name}.html", self._exercise(facts)
            of_exercises.append(facts._replace(lines=[], checks=[]))  # memory stays flat
        if not self._anonymous:
            refused = refused_of(self._unmatched)
            for total in self._totals:
                said = refused.get(total.student.person.student, [])
                yield self._who[total.student.id].href, self._student(total, said)
        yield START, self._overview(of_exercises)

    def _exercise(self, facts: ExerciseFacts) -> bytes:
        return self._templates.page(
            "exercise.html",
            **{"root": "../", "title": self._title, "anonymous": self._anonymous},
            **{"facts": facts, "who": self._who},
            functions=len({check.function for check in facts.checks}),
        )

    def _student(self, total: Total, refused: Sequence[Unmatched]) -> bytes:
        student = total.student
        own = self._by_student[student.id]
        clues = dict.fromkeys(clue.value for clue in student.person.clues)
        return self._templates.page(
            "student.html",
            **{"root": "../", "title": self._title, "who": self._who[student.id]},
            known=", ".join({student.person.student: None, **clues}),
            total=total.final,
            most=sum(mark.exercise.max_points for mark in own),
            parts=[self._part(mark, refused) for mark in own],
        )

    def _part(self, mark: Mark, refused: Sequence[Unmatched]) -> tuple[Part, int, str]:
        part = part_of(self._store, mark, refused)
        attempts = attempts_of(self._store, mark.student, mark.exercise) if mark.attempt else []
        source = answer_of(self._store, mark.attempt.answer).source if mark.attempt else b""
        return part, len(attempts), source.decode("utf-8", "replace")

    def _overview(self, exercises: Sequence[ExerciseFacts]) -> bytes:
        outline = outline_of(self._every, self._unmatched)
        rows = [
            Row(self._who[each.student.id], tuple(self._by_student[each.student.id]), each.final)
            for each in self._totals
        ]
        return self._templates.page(
            "overview.html",
            **{"root": "", "title": self._title, "anonymous": self._anonymous},
            **{"people": self._totals, "exercises": exercises, "rows": rows},
            made_at=f"Written {date.today().isoformat()}",
            mistakes=_most_frequent(exercises),
            notes=to_see_to(outline, "The list of what could not be put where it belongs"),
            unmatched=self._unmatched,
        )


def _names(students: Sequence[Student], anonymous: bool) -> Iterator[tuple[int, Who]]:
    """Yield what everybody is called on the pages, by id."""
    digits = len(str(len(students)))
    for number, student in enumerate(students, start=1):
        if anonymous:
            yield student.id, Who(f"Student {number}")
            continue
        name = student.person.first("name") or student.person.student
        yield student.id, Who(name, f"students/{number:0{digits}}.html")


def _most_frequent(exercises: Sequence[ExerciseFacts]) -> list[tuple[str, Mistake]]:
    """Return the mistakes that most made, whatever the exercise, each with its exercise."""
    found = [(facts.exercise.name, each) for facts in exercises for each in facts.mistakes]
    return sorted(found, key=lambda each: -each[1].answers)[:_MOST_TAUGHT]
