"""Marks answers to quizzes, for each person who gave them, and writes each mark down at once."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from grader.backstop import within_bounds
from grader.classroom.marks.reading import body_of
from grader.classroom.marks.store import Graded, Store, Terms, Under
from grader.classroom.quizzes.asked import BY_ID, Asked, let_count, marker_version
from grader.classroom.quizzes.reader import unpack
from grader.errors import say_fault
from grader.present.quiz_json import VERSION, result_json
from grader.quiz.mark import Result
from grader.quiz.model import seed_of
from grader.quiz.sittings.handed_in import mark_handed_in
from grader.records import Outcome


class Due(NamedTuple):
    """Answers that are to be marked for a person; `why` is empty where they never were before.

    `is_kept` says that an older mark holds again, a change being taken back: then that counts.
    """

    answer: str
    name: str
    under: Under
    why: str
    is_kept: bool = False


def to_be_marked(store: Store, asked: Mapping[str, Asked]) -> list[Due]:
    """Return the answers to quizzes that count and whose last mark does not hold, if any."""
    query = (
        "SELECT DISTINCT f.answer, q.name, q.draws, COALESCE(d.student, p.student) FROM files f"
        " JOIN quizzes q ON q.name = f.exercise JOIN owners o ON o.hand_in = f.hand_in"
        " JOIN people p ON p.id = o.person LEFT JOIN drawn_for d ON d.person = p.id"
        " WHERE f.answer IS NOT NULL ORDER BY q.position, f.id"
    )
    found = dict[tuple[str, int], Due]()
    for answer, name, draws, student in store.rows(query):
        if name not in asked:
            continue
        versions = json.dumps({name: asked[name].version, "values": draws})
        under = Under(seed_of(student), marker_version(), versions)
        why = _why(store, answer, under)
        if why is not None:
            is_kept = bool(why) and store.holds(answer, under)
            found[answer, under.seed] = Due(answer, name, under, why, is_kept)
    return list(found.values())


def mark_all(
    store: Store,
    asked: Mapping[str, Asked],
    todo: Sequence[Due],
    told: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Mark answers, none of which an older mark holds for; return at how many we failed."""
    faults = 0
    for done, due in enumerate(todo, 1):
        graded = _marked(store, asked[due.name], due)
        store.save_report(graded, due.under)
        faults += graded.outcome == Outcome.GRADER_ERROR.value
        told(done, len(todo))
    return faults


def count_again(store: Store, todo: Sequence[Due]) -> list[Due]:
    """Let the older marks that hold count again, and return what is left to be marked."""
    return [due for due in todo if not (due.is_kept and store.count_again(due.answer, due.under))]


def refresh_quizzes(store: Store, asked: Mapping[str, Asked]) -> None:
    """Count the points of quizzes that have changed since."""
    order = [*asked]
    known = [name for (name,) in store.rows("SELECT name FROM quizzes") if name in asked]
    let_count(store, [asked[name] for name in known], order, Terms(), None)


def _why(store: Store, answer: str, under: Under) -> str | None:
    """Return why answers are to be marked; None where the last mark still holds."""
    rows = store.rows(
        "SELECT seed, grader, versions, outcome FROM reports WHERE answer = ? AND seed = ?"
        " ORDER BY id DESC LIMIT 1",
        *(answer, under.seed),
    )
    if not rows:
        return ""
    *last, outcome = rows[0]
    if outcome == Outcome.GRADER_ERROR.value:
        return "the grader failed"
    if Under(*last) == under:
        return None
    return "the grader changed" if last[2] == under.versions else "the quiz changed"


def _marked(store: Store, asked: Asked, due: Due) -> Graded:
    began = time.monotonic()
    draws = json.loads(due.under.versions)["values"]
    seed = due.under.seed if draws == BY_ID else None
    try:
        handed_in = unpack(body_of(store, due.answer))
        drawn = seed if handed_in.seed is None else handed_in.seed
        with within_bounds():
            result, unread = mark_handed_in(asked.quiz, handed_in, seed)
            outcome, points = _outcome(result, unread), round(result.score, 6)
            report = result_json(result, drawn, unread)
    except Exception as error:  # it costs nobody else anything, and is tried again
        outcome, points = Outcome.GRADER_ERROR.value, 0.0
        report = json.dumps({"version": VERSION, "answers": [], "fault": say_fault(error)})
    seconds = time.monotonic() - began
    return Graded(due.answer, outcome, points, asked.max_points, seconds, report)


def _outcome(result: Result, unread: tuple[str, ...]) -> str:
    """Return how a quiz ended, in the words for exercises."""
    if not result.to_revise:
        return Outcome.PASSED.value
    is_empty = not unread and all(each.reply.given is None for each in result.verdicts)
    return Outcome.NOT_ATTEMPTED.value if is_empty else Outcome.FAILED.value
