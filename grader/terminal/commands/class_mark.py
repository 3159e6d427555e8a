"""`grader class mark`: points and comments of an instructor, which stay whatever is graded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from grader.classroom.hand_ins.record import Clue
from grader.classroom.marks.reading import Assigned, ByHand, Student, assigned, marks_of, students
from grader.classroom.marks.store import Store
from grader.classroom.people.ids import is_id
from grader.classroom.people.matching import Matcher
from grader.errors import UsageError, in_one_line
from grader.present.style import points as in_short
from grader.terminal.commands.common import say
from grader.terminal.numbers import Number


@click.command()
@click.argument("student")
@click.argument("exercise")
@click.option("--points", type=Number(0), help="What they get, and nothing off for late.")
@click.option("--comment", help="What they are told; alone, it leaves the points as they are.")
@click.option("--clear", is_flag=True, help="Take back what was given by hand.")
@click.option(
    "--marks",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("marks"),
    show_default=True,
    help="The folder of the marks.",
)
def mark(
    student: str,
    exercise: str,
    points: float | None,
    comment: str | None,
    clear: bool,
    folder: Path,
) -> int:
    """Give points or a comment by hand, which stay.

    STUDENT is called as in the first column of the roster, or by an id or a name.
    """
    if clear == (points is not None or comment is not None):
        raise click.UsageError("Give --points, --comment or both; or take them back: --clear.")
    with Store(folder) as store:
        someone, counting = _student(store, student), _exercise(store, exercise)
        (before,) = marks_of(store, someone, [counting])
        if points is not None and points > counting.max_points:
            raise UsageError(
                f"{exercise} has {in_short(counting.max_points)} points",
                next=f"Give at most as many: --points {in_short(counting.max_points)}",
            )
        if clear:
            store.unmark(someone.id, exercise)
        else:
            given = before.by_hand
            kept = given.points if given and points is None else points
            said = given.comment if given and comment is None else comment or ""
            store.mark_by_hand(someone.id, exercise, kept, said)
        (after,) = marks_of(store, someone, [counting])
    gained = "?" if after.final is None else in_short(after.final)
    by_hand = " (by hand)" if after.by_hand and after.by_hand.points is not None else ""
    name = in_one_line(someone.person.student)
    say(f"{name}, {exercise}: {gained} of {in_short(counting.max_points)} points{by_hand}")
    for line in _replaced(before.by_hand, after.by_hand):
        say(line)
    return 0


def _replaced(before: ByHand | None, after: ByHand | None) -> Iterator[str]:
    """Say what was given by hand before, and is not any more."""
    if not before:
        return
    points = before.points
    if points is not None and (not after or after.points != points):
        yield f"Before, {in_short(points)} were given by hand."
    if before.comment and (not after or after.comment != before.comment):
        yield f"Before, the comment was: {in_one_line(before.comment)}"


def _student(store: Store, word: str) -> Student:
    """Return who is meant: by what the class calls them, or by an id or a name of theirs.

    Who is on the roster comes first, as anybody else may have chosen what they are called. A name
    there may be chosen, too: where it may be somebody else's as well, it means nobody.
    """
    everybody = list(students(store))
    listed = [each for each in everybody if each.is_listed]
    others = [each for each in everybody if not each.is_listed]
    for among in (listed, others):
        exact = [each for each in among if each.person.student == word]
        match = Matcher([each.person for each in among]).match((Clue("folder", word),))
        by_id = [e for e in exact if any(is_id(c) and c.value == word for c in e.person.clues)]
        found = by_id or [each for each in among if each.person in match.people]
        is_unclear = bool(among) and not found and "nobody" not in match.why
        if is_unclear or (exact and found and exact[0] not in found):
            raise _nobody(
                match.why or f"{word!r} is one's name, and leads to somebody else as well"
            )
        if exact or found:
            return (found or exact)[0]
    raise _nobody(f"there is nobody called {word!r} in these marks")


def _nobody(why: str) -> UsageError:
    cure = "Name them as the first column of the roster does, or by e-mail address or id."
    return UsageError(why, next=cure)


def _exercise(store: Store, name: str) -> Assigned:
    known = assigned(store)
    found = [each for each in known if each.name == name]
    if not found:
        raise UsageError(
            f"no exercise called {name!r} counts here",
            next=f"These do: {', '.join(each.name for each in known)}.",
        )
    return found[0]
