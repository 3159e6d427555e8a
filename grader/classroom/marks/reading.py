"""What is known of a class, as records: whose marks they are, and what they are made of.

All that shows marks reads them here, so all count the same attempt and take off the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from grader.classroom.hand_ins.record import clues_of
from grader.classroom.marks import check
from grader.classroom.marks.lateness import Deduction, Lateness, deduction_of, lateness_of
from grader.classroom.marks.not_answers import not_answers
from grader.classroom.marks.store import Store
from grader.classroom.people.roster import Person
from grader.quiz.model import seed_of
from grader.records import Outcome, Submission

NOT_HANDED_IN, NOT_UNDERSTOOD, NOT_GRADED = "not_handed_in", "not_understood", "not_graded"
QUIZ = check.QUIZ  # what the name of a quiz begins with, among those of exercises
_UNTOUCHED = Outcome.NOT_ATTEMPTED.value
UNJUDGED = (NOT_GRADED, Outcome.GRADER_ERROR.value)  # nothing is known of what these are worth


class Assigned(NamedTuple):
    """An exercise or a quiz that counts, on its terms (see `marks.store.Terms`)."""

    name: str
    max_points: float
    due: str
    late: str
    grace: int
    keep: str

    @property
    def is_quiz(self) -> bool:
        """Whether it is a quiz: the names of these begin so."""
        return self.name.startswith(QUIZ)

    @property
    def href(self) -> str:
        """Where among pages about the class its own is."""
        plain = self.name.removeprefix(QUIZ)
        return f"{'quizzes' if self.is_quiz else 'exercises'}/{plain}.html"


class Student(NamedTuple):
    """Somebody with marks; `is_listed` says that they are on the roster.

    The values of their quizzes are `drawn_for` what they were called first.
    """

    id: int
    person: Person
    is_listed: bool
    drawn_for: str


class ByHand(NamedTuple):
    """What an instructor gave; `points` is None where there is only a comment."""

    points: float | None
    comment: str


class Attempt(NamedTuple):
    """One answer that a person handed in, with what came of it: `report` is its id, or None.

    `number` counts the answers of a person to an exercise, from 1, one for each change.
    `in_time_there` says that its platform calls it in time, which may have another due date.
    """

    number: int
    answer: str
    source: str
    submitted_at: str
    lateness: Lateness
    report: int | None
    outcome: str
    points: float
    in_time_there: bool = False

    @property
    def file(self) -> str:
        """What the file was called that it came in."""
        return self.source.partition(": ")[2].rpartition("/")[2]


class Mark(NamedTuple):
    """What one person has for one exercise, and which attempt it comes from, if there is one.

    `points` are those gained, or given by hand; None while nothing was judged. `penalty` is what
    being late takes off, None where that cannot be known; then nothing is taken off.
    """

    student: Student
    exercise: Assigned
    outcome: str
    points: float | None
    penalty: float | None = 0.0
    attempt: Attempt | None = None
    by_hand: ByHand | None = None

    @property
    def final(self) -> float | None:
        """The points that are left."""
        return None if self.points is None else self.points - (self.penalty or 0.0)


class Unmatched(NamedTuple):
    """What could not be put where it belongs: a file, or a person; `kind` says which."""

    kind: str
    student: str
    source: str
    file: str
    why: str


def assigned(store: Store, names: Sequence[str] = ()) -> tuple[Assigned, ...]:
    """Return the exercises that count, and then the quizzes, or those of them that are named."""
    columns = "name, max_points, due, late, grace, keep"
    found = [
        row
        for table in ("exercises", "quizzes")
        for row in store.rows(f"SELECT {columns} FROM {table} ORDER BY position")
    ]
    return tuple(Assigned(*row) for row in found if not names or row[0] in names)


def students(store: Store) -> Iterator[Student]:
    """Yield everybody: in the order of the roster, then those who are not on it.

    Of those who left it, who has neither a hand-in nor a mark by hand is nobody here.
    """
    query = (
        "SELECT id, p.student, clues, position IS NOT NULL, COALESCE(d.student, p.student)"
        " FROM people p LEFT JOIN drawn_for d ON d.person = p.id WHERE position IS NOT NULL"
        " OR id IN (SELECT person FROM owners UNION SELECT person FROM by_hand)"
        " ORDER BY position IS NULL, position, id"
    )
    for id, student, clues, is_listed, drawn_for in store.rows(query):
        yield Student(id, Person(student, clues_of(clues)), bool(is_listed), drawn_for)


def marks(store: Store, names: Sequence[str] = ()) -> Iterator[Mark]:
    """Yield a mark for each person and each exercise that counts, person by person."""
    exercises = assigned(store, names)
    for student in students(store):
        yield from marks_of(store, student, exercises)


def marks_of(store: Store, student: Student, exercises: Sequence[Assigned]) -> Iterator[Mark]:
    """Yield the marks of one person."""
    own, has_answer = defaultdict[str, list[Any]](list), dict[bool, bool]()
    for row in _files_of(store, student):
        own[row[0]].append(row)
        has_answer[row[-1]] = bool(row[1]) or has_answer.get(row[-1], False)
    by_hand = {
        name: ByHand(points, comment)
        for name, points, comment in store.rows(
            "SELECT exercise, points, comment FROM by_hand WHERE person = ?", student.id
        )
    }
    for exercise in exercises:
        rows = own.get(exercise.name, [])
        attempts = _attempts(store, student, exercise, [row for row in rows if row[1]])
        is_opaque = bool(rows) or not has_answer.get(exercise.is_quiz, True)
        mark = _chosen(student, exercise, attempts, NOT_UNDERSTOOD if is_opaque else NOT_HANDED_IN)
        given = by_hand.get(exercise.name)
        if given and given.points is not None:
            mark = mark._replace(points=given.points, penalty=0.0)
        yield mark._replace(by_hand=given)


def attempts_of(store: Store, student: Student, exercise: Assigned) -> list[Attempt]:
    """Return the answers of a person to an exercise, the oldest first (see `Attempt`)."""
    rows = _files_of(store, student, "AND f.exercise = ? AND f.answer IS NOT NULL", exercise.name)
    return _attempts(store, student, exercise, rows)


def answer_of(store: Store, hash: str) -> Submission:
    """Return an answer as it was handed in, whoever did."""
    return store.answer(hash)[1]


def body_of(store: Store, hash: str) -> bytes:
    """Return the bytes of an answer, be it to an exercise or to a quiz."""
    return store.body(hash)[0]


def kept_report(store: Store, id: int) -> dict[str, Any]:
    """Return a report as its JSON holds it."""
    return store.report(id)


def unmatched(store: Store) -> Iterator[Unmatched]:
    """Yield what was not understood, what is nobody's, and who handed nothing in."""
    for source, place, clues, why, path in store.rows(
        "SELECT h.source, CASE WHEN h.place = '' AND h.clues != '[]' THEN (SELECT"
        " GROUP_CONCAT(path, ', ') FROM files WHERE hand_in = h.id) ELSE h.place END, h.clues,"
        " h.unmatched, f.path FROM hand_ins h LEFT JOIN files f"
        " ON f.hand_in = h.id AND f.answer IS NOT NULL AND h.clues = '[]'"
        " WHERE h.unmatched != '' ORDER BY h.id, f.id"
    ):
        if clues == "[]" and path:
            file = f"{place}/{path}".lstrip("/")
            yield Unmatched("file without a person", "", source, file, why)
        elif clues != "[]":
            yield Unmatched("hand-in without a person", "", source, place, why)
    yield from (Unmatched(*each[1:]) for each in not_answers(store))
    for student, has_quiz in store.rows(
        "SELECT student, id IN (SELECT person FROM owners) FROM people WHERE position IS NOT NULL"
        " AND id NOT IN (SELECT o.person FROM owners o JOIN hand_ins h ON h.id = o.hand_in"
        " WHERE h.read_as NOT LIKE 'quiz %' OR NOT EXISTS (SELECT 1 FROM exercises))"
        " ORDER BY position"
    ):
        why = "nothing was handed in" + " but answers to quizzes" * has_quiz
        yield Unmatched("person without a file", student, "", "", why)


def _files_of(store: Store, student: Student, which: str = "", *values: str) -> list[Any]:
    return store.rows(
        "SELECT f.exercise, f.answer, f.path, COALESCE(a.source, h.source), h.place,"
        " COALESCE(a.submitted_at, h.submitted_at), a.is_late, a.late_seconds,"
        " h.read_as LIKE 'quiz %' FROM owners o JOIN hand_ins h ON h.id = o.hand_in"
        " LEFT JOIN appearances a ON a.hand_in = h.id JOIN files f ON f.hand_in = h.id"
        f" WHERE o.person = ? {which} ORDER BY a.id, h.id, f.id",
        *(student.id, *values),
    )


def _attempts(
    store: Store, student: Student, exercise: Assigned, rows: Sequence[Any]
) -> list[Attempt]:
    """Return the answers of a person to an exercise, the oldest first.

    They are in the order of their times where all are known, else in that in which they were read.
    One that is there unchanged is no other attempt; one that came back after another is, be that
    no stub.
    """
    if all(row[5] for row in rows):
        rows = sorted(rows, key=lambda row: row[5])
    found, reports = list[Attempt](), dict[str, list[Any]]()
    tried = ""
    seed = seed_of(student.drawn_for) if exercise.is_quiz else None
    for _, answer, path, source, place, at, is_late, seconds, _ in rows:
        if answer in (tried, found[-1].answer if found else ""):
            continue
        if answer not in reports:
            reports[answer] = store.rows(
                "SELECT id, outcome, points FROM reports WHERE answer = ? AND ? IN (seed, -1)"
                " ORDER BY id DESC LIMIT 1",
                *(answer, -1 if seed is None else seed),
            )
        id, outcome, points = next(iter(reports[answer]), (None, NOT_GRADED, 0.0))
        where = f"{source}: {'/'.join(filter(None, (place, path)))}"
        known = None if is_late is None else bool(is_late)
        when = at, lateness_of(exercise.due, at, known, seconds)
        number, in_time = len(found) + 1, known is False
        found.append(Attempt(number, answer, where, *when, id, outcome, points, in_time))
        tried = tried if outcome == _UNTOUCHED else answer
    return found


def _chosen(student: Student, exercise: Assigned, attempts: Sequence[Attempt], absent: str) -> Mark:
    """Return the mark of the attempt that counts; of equals, the first.

    The best is not known while one is not judged that may be it. A stub, or an empty file, counts
    where there is nothing else: who copies a course anew has not taken back what they handed in.
    """
    if not attempts:
        return Mark(student, exercise, absent, 0.0)
    deduction = deduction_of(exercise.late)
    tried = [each for each in attempts if each.outcome != _UNTOUCHED] or attempts
    found = [_mark(student, exercise, attempt, deduction) for attempt in tried]
    if exercise.keep == "last":
        return found[-1]
    best = max(found, key=lambda mark: -1.0 if mark.final is None else mark.final)
    waiting = [mark for mark in found if mark.final is None]
    is_best = best.final is not None and best.final >= exercise.max_points
    return best if is_best or not waiting else waiting[0]


def _mark(student: Student, exercise: Assigned, attempt: Attempt, deduction: Deduction) -> Mark:
    points = None if attempt.outcome in UNJUDGED else attempt.points
    share = deduction.of(attempt.lateness, exercise.grace)
    penalty = None if share is None else share * (points or 0.0)
    return Mark(student, exercise, attempt.outcome, points, penalty, attempt)
