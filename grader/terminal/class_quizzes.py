"""Marking what is left to be marked of a class's quizzes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from grader.classroom.marks.store import Store
from grader.classroom.quizzes.asked import Asked
from grader.classroom.quizzes.marking import mark_all, refresh_quizzes, to_be_marked
from grader.present.class_text import counted
from grader.terminal.commands.common import say, status


def mark_quizzes(store: Store, asked: Mapping[str, Asked]) -> int:
    """Mark it, and say how much that was; return 3 where the grader failed at some of it."""
    refresh_quizzes(store, asked)
    todo = to_be_marked(store, asked)
    faults = mark_all(store, asked, todo, lambda done, total: status(f"{done} of {total} marked"))
    status("")
    count = counted(len(todo), "set of answers", "sets of answers")
    say(f"Marked {count} to quizzes." if todo else "Nothing is left to be marked.")
    return 3 if faults else 0


def say_what_is_due(store: Store, asked: Mapping[str, Asked]) -> int:
    """Say which answers would be marked again, and why; return how many."""
    todo = to_be_marked(store, asked)
    for (name, why), count in Counter((due.name, due.why) for due in todo).items():
        reason = f", because {why}" if why else ", which never were"
        sets = counted(count, "set of answers", "sets of answers")
        say(f"{name}: {sets} to be marked again{reason}.")
    return len(todo)
