"""Marking what is left to be marked of a class's quizzes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.classroom.marks.store import Store
from grader.classroom.quizzes.asked import Asked
from grader.classroom.quizzes.marking import Due, count_again, mark_all, refresh_quizzes
from grader.present.class_text import counted
from grader.terminal.commands.common import say, status


def mark_quizzes(store: Store, asked: Mapping[str, Asked], todo: Sequence[Due]) -> int:
    """Mark it, and say how much that was; return 3 where the grader failed at some of it."""
    refresh_quizzes(store, asked)
    left = count_again(store, todo)
    faults = mark_all(store, asked, left, lambda done, total: status(f"{done} of {total} marked"))
    status("")
    count = counted(len(left), "set of answers", "sets of answers")
    say(f"Marked {count} to quizzes." if left else "Nothing is left to be marked.")
    return 3 if faults else 0
