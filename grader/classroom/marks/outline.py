"""What there is to say of a class as a whole: how many of what, and what to look after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from grader.classroom.marks.reading import UNJUDGED, Mark, Unmatched
from grader.present.class_text import counted

_KINDS = {
    "hand-in without a person": ("hand-in", "hand-ins"),
    "file without a person": ("file", "files"),
    "file not understood": ("file", "files"),
    "file left aside": ("file", "files"),
    "person without a file": ("person", "people"),
}


class Outline(NamedTuple):
    """A class in numbers: for each exercise, how many ended how; and what a person has to see to.

    `people` are those whose marks count: the roster's or, without one, all. `late` are hand-ins
    that are known to be late; of `unknown_times` nobody knows, and of `unknown_amounts` not how
    late they are, though that decides what is taken off.
    """

    people: int
    others: int
    outcomes: dict[str, Counter[str]]
    unmatched: Counter[str]
    late: int
    unknown_times: int
    unknown_amounts: int
    by_hand: int
    unjudged: int


def counting(marks: Iterable[Mark]) -> list[Mark]:
    """Return the marks of those who count: of the roster where there is one, else of everybody."""
    found = list(marks)
    listed = [mark for mark in found if mark.student.is_listed]
    return listed or found


def outline_of(marks: Iterable[Mark], unmatched: Iterable[Unmatched]) -> Outline:
    """Count what there is to say."""
    every = list(marks)
    found = counting(every)
    outcomes: dict[str, Counter[str]] = {}
    for mark in found:
        outcomes.setdefault(mark.exercise.name, Counter())[mark.outcome] += 1
    handed_in = [mark for mark in found if mark.attempt]
    people = {mark.student.id for mark in found}
    lateness = [mark.attempt.lateness for mark in handed_in if mark.attempt]
    return Outline(
        people=len(people),
        others=len({mark.student.id for mark in every} - people),
        outcomes=outcomes,
        unmatched=Counter(each.kind for each in unmatched),
        late=sum(bool(each.is_late) for each in lateness),
        unknown_times=sum(each.is_late is None for each in lateness),
        unknown_amounts=sum(mark.penalty is None for mark in handed_in),
        by_hand=sum(mark.by_hand is not None for mark in found),
        unjudged=sum(mark.outcome in UNJUDGED for mark in found),
    )


def to_see_to(outline: Outline, where: str) -> list[str]:
    """Return what a person has to know or to see to, in sentences.

    `where` is what the file of what could not be put where it belongs is called.
    """
    lines = [f"{counted(outline.people, 'person', 'people')} in the class."]
    if outline.others:
        lines.append(f"Graded as well, and not on the roster: {outline.others:,}.")
    if outline.unmatched:
        kinds = ", ".join(
            f"{counted(count, *_KINDS[kind])} {kind.partition(' ')[2]}"
            for kind, count in outline.unmatched.items()
        )
        lines.append(f"{where} has: {kinds}.")
    if outline.late or outline.unknown_times:
        unknown = f" Of {outline.unknown_times:,} nothing says when they came."
        late = f"Answers that are late: {outline.late:,}."
        lines.append(late + (unknown if outline.unknown_times else ""))
    if outline.unknown_amounts:
        lines.append(
            f"Of {counted(outline.unknown_amounts, 'late answer')} nobody knows how late, so"
            " nothing is taken off: name a share alone (--late 20%), or mark them by hand."
        )
    if outline.by_hand:
        lines.append(f"Marked by hand: {outline.by_hand:,}.")
    if outline.unjudged:
        lines.append(
            f"Not judged: {counted(outline.unjudged, 'answer')}, and that is no fault of theirs."
            " `grader prove` says what is wrong with the course. The same command tries again."
        )
    return lines
