"""What there is to say of a class as a whole: how many of what, and what to look after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from grader.classroom.marks.reading import (
    NOT_GRADED,
    Assigned,
    Mark,
    Unmatched,
    assigned,
    kept_report,
)
from grader.classroom.marks.store import Store
from grader.errors import in_one_line
from grader.present.class_text import counted
from grader.records import Outcome

_MOST_FAULTS, _MOST_TOLD = 5, 10  # reasons, and people, that are told
_LONGEST_COUNT = 10  # digits
# Settings: `yes` where not all exercises count only because none was named; quizzes, with commas.
NAMED, QUIZZES_NAMED = "exercises were named", "quizzes that were named"
READING = "hand-ins are being read"  # what is named, a line each, until it is read to its end
BY_NAMES = "hand-ins by names"  # and of how many only what people type says whose they are
_FEW = 10  # as many times those who handed something in are fewer than all who handed in
_HANDED_IN = (  # what was answered, and by whom together
    "SELECT DISTINCT f.exercise, w.people FROM files f JOIN"
    " (SELECT o.hand_in, GROUP_CONCAT(o.person) AS people"
    " FROM owners o JOIN people p ON p.id = o.person WHERE p.position IS NOT NULL"
    " OR NOT EXISTS (SELECT 1 FROM people WHERE position IS NOT NULL) GROUP BY o.hand_in) w"
    " ON w.hand_in = f.hand_in WHERE f.answer IS NOT NULL"
)

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
    late they are, though that decides what is taken off. Nobody has judged those `waiting` yet; at
    those `unjudged` we failed.
    """

    people: int
    others: int
    outcomes: dict[str, Counter[str]]
    unmatched: Counter[str]
    late: int
    unknown_times: int
    unknown_amounts: int
    by_hand: int
    waiting: int
    unjudged: int


def counting(marks: Iterable[Mark]) -> list[Mark]:
    """Return the marks of those who count: of the roster where there is one, else of everybody."""
    found = list(marks)
    listed = [mark for mark in found if mark.student.is_listed]
    return listed or found


def unread(store: Store) -> set[str]:
    """Return what was named to a run that stopped before all of it was read."""
    return {*filter(None, store.setting(READING).split("\n"))}


def handed_in(store: Store) -> tuple[str, ...]:
    """Return what is shown and added up: what was named to count, or else what a class handed in.

    What counts only because nothing was named says nothing where one alone, or fewer than a tenth
    of those who count, handed it in: one may do more than was asked, and costs nobody else a share
    of the points.
    """
    whose: dict[str, set[frozenset[str]]] = {}
    for name, people in store.rows(_HANDED_IN):
        whose.setdefault(name, set()).add(frozenset(people.split(",")))
    every = set().union(*whose.values())
    by_hand = {name for (name,) in store.rows("SELECT exercise FROM by_hand")}
    return tuple(
        each.name
        for each in assigned(store)
        if _is_named(store, each)
        or each.name in by_hand
        or _are_many(whose.get(each.name, set()), every)
    )


def _apart(whose: Iterable[frozenset[str]]) -> int:
    """Return how many handed in apart from each other: a group counts once, however often."""
    count, counted_already = 0, set[str]()
    for people in sorted(whose, key=len):
        if counted_already.isdisjoint(people):
            count += 1
            counted_already |= people
    return count


def _are_many(some: Collection[frozenset[str]], every: Collection[frozenset[str]]) -> bool:
    """Tell whether a tenth of all people, and not one alone or one group, handed something in.

    It is people that are a tenth, as the same may hand in alone one week and together the next.
    """
    people, all_people = (len(frozenset().union(*each)) for each in (some, every))
    return people > 0 and _FEW * people >= all_people and (_apart(some) > 1 or _apart(every) <= 2)


def is_open(store: Store) -> bool:
    """Tell whether what is added up depends on what people chose to hand in."""
    shown = handed_in(store)
    return any(not _is_named(store, each) for each in assigned(store, shown))


def name_quizzes(store: Store, names: Iterable[str]) -> None:
    """Write down that quizzes count because they were named."""
    known = (store.setting(QUIZZES_NAMED) or "").split(",")
    store.set(QUIZZES_NAMED, ",".join(dict.fromkeys([*filter(None, known), *names])))


def _is_named(store: Store, each: Assigned) -> bool:
    if each.is_quiz:
        return each.name in (store.setting(QUIZZES_NAMED) or "").split(",")
    return store.setting(NAMED) == "yes"


def faults_of(store: Store, marks: Iterable[Mark]) -> Counter[str]:
    """Return why we could not judge answers, and how many for each reason."""
    found = [mark for mark in marks if mark.outcome == Outcome.GRADER_ERROR.value]
    reports = (
        kept_report(store, m.attempt.report) for m in found if m.attempt and m.attempt.report
    )
    return Counter(map(_fault, reports))


def _fault(report: dict[str, Any]) -> str:
    told = [each["message"] for each in report.get("diagnosis", ())]
    return str(report.get("fault") or "\n".join(told) or "nothing says why")


def say_faults(found: Counter[str]) -> list[str]:
    """Return why answers were not judged, a text for each reason; of many, the most frequent."""
    shown = [f"{counted(count, 'answer')}: {why}" for why, count in found.most_common(_MOST_FAULTS)]
    more = len(found) - len(shown)
    return [*shown, f"and for {counted(more, 'more reason')}"] if more else shown


def left_out(count: int) -> list[str]:
    """Return what is said of what counts, none being named, and nobody or few handed in."""
    if not count:
        return []
    return [f"Left out here: {few(count)}. --unit, --exercises or --quiz says which count."]


def few(count: int) -> str:
    """Return how many exercises, or quizzes, are left out and why."""
    return f"{counted(count, 'exercise')} that nobody, or hardly anybody, handed in"


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
        waiting=sum(mark.outcome == NOT_GRADED for mark in found),
        unjudged=sum(mark.outcome == Outcome.GRADER_ERROR.value for mark in found),
    )


def by_names(store: Store) -> list[str]:
    """Return what is said of hand-ins of which only what people type says whose they are."""
    count = store.setting(BY_NAMES)
    if count.strip("0123456789") or len(count) > _LONGEST_COUNT or not int(count or 0):
        return []
    only = "only a name or a number that people type says whose they are"
    more = "put addresses on the roster, or name Canvas's gradebook as well, or Moodle's worksheet"
    more += " in English or German"
    return [f"Of {counted(int(count), 'hand-in')} {only}. To be sure, {more}."]


def in_time_there(marks: Iterable[Mark]) -> list[str]:
    """Return what is said of whom being late costs, by --due alone: an extension may be theirs."""
    found = [m for m in marks if m.penalty and m.attempt and m.attempt.in_time_there]
    if not found:
        return []
    who = dict.fromkeys(in_one_line(mark.student.person.student) for mark in found)
    more = f" and {len(who) - _MOST_TOLD:,} more" if len(who) > _MOST_TOLD else ""
    return [
        "Late by --due, and in time by what the platform says, where they may have an extension:"
        f" {'; '.join([*who][:_MOST_TOLD])}{more}. Points are taken off; `grader class mark` gives"
        " them back."
    ]


def beyond_points(marks: Iterable[Mark]) -> list[str]:
    """Return what is said of points by hand that an exercise has no more: its checks were changed.

    They stay, as all that is given by hand.
    """
    found = [
        f"{in_one_line(mark.student.person.student)}, {mark.exercise.name}"
        for mark in marks
        if mark.by_hand and (mark.by_hand.points or 0) > mark.exercise.max_points
    ]
    if not found:
        return []
    more = f" and {len(found) - _MOST_TOLD:,} more" if len(found) > _MOST_TOLD else ""
    return [
        "Given by hand, and more points than there are now:"
        f" {'; '.join(found[:_MOST_TOLD])}{more}. `grader class mark` gives others."
    ]


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
    if outline.waiting:
        lines.append(
            f"Not judged yet: {counted(outline.waiting, 'answer')}. If no other command is at it,"
            " `grader class regrade` is what does that."
        )
    if outline.unjudged:
        lines.append(
            f"Not judged: {counted(outline.unjudged, 'answer')}, and that is no fault of theirs."
            " `grader prove` says what is wrong with the course. The same command tries again."
        )
    return lines
