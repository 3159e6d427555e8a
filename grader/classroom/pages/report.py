"""A report on a class: pages that work from disk, for whoever teaches it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import SystemRandom
from typing import NamedTuple

from grader.classroom.export import Total, totals_of
from grader.classroom.marks.not_answers import NotAnswer, refused_of
from grader.classroom.marks.outline import (
    counting,
    faults_of,
    handed_in,
    left_out,
    outline_of,
    say_faults,
    to_see_to,
)
from grader.classroom.marks.reading import (
    Mark,
    Student,
    answer_of,
    assigned,
    attempts_of,
    body_of,
    marks,
    unmatched,
)
from grader.classroom.marks.store import Store
from grader.classroom.pages.facts import ExerciseFacts, Mistake, facts_of
from grader.classroom.pages.parts import Part, part_of
from grader.classroom.pages.quiz_facts import FEWEST, QuizFacts, quiz_facts_of
from grader.classroom.pages.templates import STYLE, Templates, style_sheet
from grader.classroom.quizzes.reader import text_of
from grader.present.class_text import counted

START = "index.html"
_LIST = "The list of what could not be put where it belongs"
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
        self._names = handed_in(store)
        self._left_out = len(assigned(store)) - len(assigned(store, self._names))
        self._every = list(marks(store, self._names))
        self._unmatched = list(unmatched(store))
        self._totals = list(totals_of(self._every))
        if anonymous:
            SystemRandom().shuffle(self._totals)
        self._by_student: dict[int, list[Mark]] = {}
        for mark in counting(self._every):
            self._by_student.setdefault(mark.student.id, []).append(mark)
        self._who = dict(named_on_pages([total.student for total in self._totals], anonymous))

    def pages(self) -> Iterator[tuple[str, bytes]]:
        yield STYLE, style_sheet()
        of_exercises: list[ExerciseFacts | QuizFacts] = []
        # In the order of the pages: that of the roster would say who is who among equals.
        marked = [mark for each in self._totals for mark in self._by_student[each.student.id]]
        for exercise in assigned(self._store, self._names):
            own = [mark for mark in marked if mark.exercise == exercise]
            facts: ExerciseFacts | QuizFacts
            if exercise.is_quiz:
                facts = quiz_facts_of(self._store, exercise, own, self._anonymous)
                yield facts.exercise.href, self._quiz(facts)
            else:
                facts = facts_of(self._store, exercise, own)
                yield facts.exercise.href, self._exercise(facts)
                facts = facts._replace(lines=[], checks=[])  # memory stays flat
            of_exercises.append(facts)
        if not self._anonymous:
            refused = refused_of(self._store)
            for total in self._totals:
                said = refused.get(total.student.id, [])
                yield self._who[total.student.id].href, self._student(total, said)
        yield START, self._overview(of_exercises)

    def _exercise(self, facts: ExerciseFacts) -> bytes:
        return self._templates.page(
            "exercise.html",
            **{"root": "../", "title": self._title, "anonymous": self._anonymous},
            **{"facts": facts, "who": self._who},
            functions=len({check.function for check in facts.checks}),
        )

    def _quiz(self, facts: QuizFacts) -> bytes:
        return self._templates.page(
            "quiz.html",
            **{"root": "../", "title": self._title, "anonymous": self._anonymous},
            **{"facts": facts, "who": self._who, "fewest": FEWEST},
        )

    def _student(self, total: Total, refused: Sequence[NotAnswer]) -> bytes:
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

    def _part(self, mark: Mark, refused: Sequence[NotAnswer]) -> tuple[Part, int, str]:
        part = part_of(self._store, mark, refused)
        attempts = attempts_of(self._store, mark.student, mark.exercise) if mark.attempt else []
        return part, len(attempts), self._handed_in(mark) if mark.attempt else ""

    def _handed_in(self, mark: Mark) -> str:
        assert mark.attempt
        if mark.exercise.is_quiz:
            return text_of(body_of(self._store, mark.attempt.answer))
        return answer_of(self._store, mark.attempt.answer).source.decode("utf-8", "replace")

    def _overview(self, exercises: Sequence[ExerciseFacts | QuizFacts]) -> bytes:
        outline = outline_of(self._every, self._unmatched)
        rows = [
            Row(self._who[each.student.id], tuple(self._by_student[each.student.id]), each.final)
            for each in self._totals
        ]
        return self._templates.page(
            "overview.html",
            **{"root": "", "title": self._title, "anonymous": self._anonymous},
            **{"people": self._totals, "exercises": exercises, "rows": rows},
            counts=_counts(exercises),
            made_at=f"Written {date.today().isoformat()}",
            mistakes=_most_frequent(exercises),
            notes=[*to_see_to(outline, _LIST), *left_out(self._left_out)],
            faults=[]
            if self._anonymous
            else say_faults(faults_of(self._store, counting(self._every))),
            unmatched=self._unmatched,
        )


def named_on_pages(students: Sequence[Student], anonymous: bool) -> Iterator[tuple[int, Who]]:
    """Yield what everybody is called on the pages, by id."""
    digits = len(str(len(students)))
    for number, student in enumerate(students, start=1):
        if anonymous:
            yield student.id, Who(f"Student {number}")
            continue
        name = student.person.first("name") or student.person.student
        yield student.id, Who(name, f"students/{number:0{digits}}.html")


def _counts(exercises: Sequence[ExerciseFacts | QuizFacts]) -> str:
    """Return how many exercises and quizzes there are, in words."""
    quizzes = sum(facts.exercise.is_quiz for facts in exercises)
    kinds = ((len(exercises) - quizzes, "exercise", "exercises"), (quizzes, "quiz", "quizzes"))
    return " and ".join(counted(*each) for each in kinds if each[0]) or "nothing to do"


def _most_frequent(
    exercises: Sequence[ExerciseFacts | QuizFacts],
) -> list[tuple[ExerciseFacts | QuizFacts, Mistake]]:
    """Return the mistakes that most made, whatever the exercise, each with its exercise."""
    found = [(facts, each) for facts in exercises for each in facts.mistakes]
    return sorted(found, key=lambda each: -each[1].answers)[:_MOST_TAUGHT]
