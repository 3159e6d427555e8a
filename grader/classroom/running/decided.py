"""Which exercises decide what an answer gets is said anew once a course has others before it."""

from __future__ import annotations

import json

from grader.classroom.beside import deciding
from grader.classroom.marks.schema import transaction
from grader.classroom.marks.store import Store
from grader.course.course import Course

_EXERCISES = "exercises in order"  # those of the course that every `deciding` was said by


def decide_anew(course: Course, store: Store) -> None:
    """Say of every answer what decides it, where the course has other exercises, or another order.

    To be called before answers are read by this course, so that the same holds of all. Answers to
    what the course has no more are left as they are.
    """
    exercises = json.dumps(course.exercises)
    if store.setting(_EXERCISES) == exercises:
        return
    with transaction(store.database):
        for hash, exercise in store.rows("SELECT hash, exercise FROM answers"):
            if exercise in course.exercises:
                names = json.dumps(deciding(course, store.answer(hash)[1]))
                change = "UPDATE answers SET deciding = ? WHERE hash = ?"
                store.database.execute(change, (names, hash))
        store.database.execute(
            "INSERT OR REPLACE INTO settings VALUES (?, ?)", (_EXERCISES, exercises)
        )
