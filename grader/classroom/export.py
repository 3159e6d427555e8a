"""Marks as the tables that other programs import; what they cannot say is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

from grader.classroom.marks.outline import counting
from grader.classroom.marks.reading import UNJUDGED, Mark, Student, Unmatched
from grader.classroom.people.tables import no_formula, write_table
from grader.errors import UsageError, in_one_line
from grader.files import replace_file

CSV_COLUMNS = (
    *("student", "exercise", "outcome", "points", "max_points", "late_seconds", "attempt"),
    *("submitted_at", "source"),
)
_BY_HAND = "by hand"
_MOST_OTHERS = 10  # people who are not on the roster, that are named: others are in the marks
_ITEM = "- **"  # of a list in Markdown: a formula that begins so is none


class Exported(NamedTuple):
    """A table for another program, and what is to be known of it, in sentences."""

    body: bytes
    notes: tuple[str, ...] = ()


class Total(NamedTuple):
    """What one person has for all exercises: points, what being late took off, what is left.

    All are None where some answer was not judged.
    """

    student: Student
    points: float | None
    penalty: float | None
    final: float | None


def csv_of(marks: Sequence[Mark]) -> Exported:
    """Return a row for each person and exercise, with the columns of the contract."""
    rows = [CSV_COLUMNS, *(_row(mark) for mark in counting(marks))]
    return Exported(write_table(rows), tuple(notes_of(marks)))


def totals_of(marks: Sequence[Mark]) -> Iterator[Total]:
    """Yield what each person whose marks count has for all exercises together."""
    by_student: dict[Student, list[Mark]] = {}
    for mark in counting(marks):
        by_student.setdefault(mark.student, []).append(mark)
    for student, own in by_student.items():
        if any(mark.points is None for mark in own):
            yield Total(student, None, None, None)
            continue
        points = sum(mark.points or 0.0 for mark in own)
        penalty = sum(mark.penalty or 0.0 for mark in own)
        yield Total(student, points, penalty, points - penalty)


def two_digits(value: float | None) -> str:
    """Return points with two digits, half up, as people round; nothing where there are none."""
    if value is None:
        return ""
    return str(Decimal(f"{value:.9f}").quantize(Decimal("0.01"), ROUND_HALF_UP))


def unmatched_csv(found: Iterable[Unmatched]) -> bytes:
    """Return what could not be put where it belongs, as a table."""
    rows = [("kind", "student", "source", "file", "why")]
    return write_table([*rows, *(tuple(map(plain, each)) for each in found)])


def write_private(path: Path, body: bytes) -> None:
    """Write a file with names and marks, for its owner alone.

    Raises
    ------
    UsageError
        It cannot be written.
    """
    try:
        replace_file(path, body, is_private=True)
    except OSError as error:
        raise UsageError(
            f"this cannot be written: {error.strerror or error}",
            where=in_one_line(str(path)),
            next="Make room, or name a file with -o in a folder that is yours.",
        ) from error


def _row(mark: Mark) -> tuple[str, ...]:
    attempt = mark.attempt
    late = attempt.lateness.seconds if attempt else None
    is_by_hand = mark.by_hand is not None and mark.by_hand.points is not None
    # Behind what a file is called this would be no more than a name that anybody may give one.
    sources = [_BY_HAND if is_by_hand else "", attempt.source if attempt else ""]
    return (
        called(mark.student),
        mark.exercise.name,
        mark.outcome,
        _number(mark.points),
        _number(mark.exercise.max_points),
        "" if late is None else str(late),
        str(attempt.number) if attempt else "",
        attempt.submitted_at if attempt else "",
        plain(", ".join(filter(None, sources))),
    )


def called(student: Student) -> str:
    """Return what somebody is called, as on the roster, but for signs that do something."""
    return plain(student.person.student)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def plain(text: str) -> str:
    """Return what others wrote, in one line of which nothing is hidden, and not a formula.

    Nor is a part of it, for a spreadsheet that takes semicolons to stand between cells.
    """
    return _computed_nowhere(in_one_line(text))


def plain_markdown(text: str) -> str:
    """Return Markdown of which no line is a formula, however a spreadsheet parts rows and cells."""
    return "\n".join(map(_plain_line, text.split("\n")))


def _plain_line(line: str) -> str:
    is_item = line.startswith(_ITEM)
    return "- " * is_item + _computed_nowhere(line.removeprefix("- ") if is_item else line)


def _computed_nowhere(line: str) -> str:
    return ";".join(map(no_formula, line.split(";")))


def notes_of(marks: Sequence[Mark]) -> Iterator[str]:
    """Yield what is left out of a table of marks, or not known."""
    found = counting(marks)
    ours = {mark.student.id for mark in found}
    if others := [mark.student for mark in marks if mark.student.id not in ours]:
        yield f"Left out, because they are not on the roster: {named(others, _MOST_OTHERS)}"
    if unjudged := [mark.student for mark in found if mark.outcome in UNJUDGED]:
        yield f"Left empty, because not all was judged: {named(unjudged)}"
    if unknown := [mark.student for mark in found if mark.penalty is None]:
        yield f"Late, and nobody knows how late, so nothing was taken off: {named(unknown)}"


def summed_up(marks: Sequence[Mark]) -> Iterator[str]:
    """Yield what is added up in one column, where quizzes are among exercises."""
    counted = dict.fromkeys(mark.exercise for mark in marks)
    if len({each.is_quiz for each in counted}) > 1:
        names = ", ".join(each.name for each in counted)
        yield f"Added up: {names}. --exercises and --unit choose others"


def named(students: Iterable[Student], most: int | None = None) -> str:
    """Return what people are called, in one line: commas between them, if none is in a name.

    Of more than `most` the others are counted.
    """
    names = [*dict.fromkeys(in_one_line(each.person.student) for each in students)]
    more = len(names[most:]) if most else 0
    return joined(names[:most]) + (f" and {more:,} more" if more else "")


def joined(names: Iterable[str]) -> str:
    """Return names in a row; between "Family, Given" stands something else than a comma."""
    found = list(names)
    return ("; " if any("," in name for name in found) else ", ").join(found)
