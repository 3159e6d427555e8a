"""What is said where answers are graded again: how many, why, and whose marks that changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from grader.classroom.changes import Change, changes
from grader.classroom.marks.reading import UNJUDGED, marks
from grader.classroom.marks.store import Store
from grader.errors import in_one_line
from grader.present.class_text import counted, render_change
from grader.terminal.commands.common import say, say_filled

_MOST = 10  # changes, or reasons, of which each is told where nobody asked for them


class Again(Protocol):
    """An answer that is to be graded; `why` is empty where it never was before."""

    @property
    def answer(self) -> str:
        """Its hash."""

    @property
    def why(self) -> str:
        """Why the last report does not hold."""

    @property
    def is_kept(self) -> bool:
        """Whether an older report holds."""


@contextmanager
def telling_changes(store: Store, todo: Sequence[Again]) -> Iterator[None]:
    """Say in few lines what is graded again meanwhile, and whose marks are others for that."""
    again = [each for each in todo if each.why]
    before = list(marks(store)) if again else []
    for (why, is_kept), count in Counter((e.why, e.is_kept) for e in again).most_common(_MOST):
        ends = "of which an older report holds again," if is_kept else "and again"
        say_filled(f"{counted(count, 'answer')} graded before, {ends} because {why}.")
    yield
    answers = {each.answer for each in again}
    found = [
        change
        for change in (changes(before, marks(store)) if again else ())
        if change.before.attempt and change.before.attempt.answer in answers
    ]
    if again:
        say_changes(found, _MOST)


def say_changes(found: Sequence[Change], most: int | None = None) -> None:
    """Say which marks changed, each in a line; of more than `most`, how many more."""
    say(f"\n{counted(len(found), 'mark')} changed{':' if found else '.'}")
    for change in found[:most]:
        say(_line(change))
    if more := len(found[most:] if most is not None else ()):
        say(f"  and {more:,} more")


def say_due(what: Iterable[tuple[str, Again]], thing: str, things: str, done: str) -> int:
    """Say how many answers to what are to be graded again, and why; return how many."""
    found = Counter((name, each.why, each.is_kept) for name, each in what)
    for (name, why, is_kept), count in found.items():
        many = f"{name}: {counted(count, thing, things)}"
        reason = f", because {why}" if why else ", which never were"
        if is_kept:
            say_filled(f"{many} that an older report holds for again{reason}.")
        else:
            say_filled(f"{many} to be {done} again{reason}.")
    return found.total()


def _line(change: Change) -> str:
    before, after = change.before, change.after
    graded = (
        (
            mark.outcome,
            mark.attempt.points if mark.attempt and mark.outcome not in UNJUDGED else None,
        )
        for mark in (before, after)
    )
    line = render_change(in_one_line(after.student.person.student), after.exercise.name, *graded)
    return line if change.kept is None else f"{line}; {change.kept:g} by hand stay"
