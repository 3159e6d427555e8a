"""Marks as the gradebooks of Canvas and Moodle import them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from grader.classroom.export import (
    Exported,
    Total,
    csv_of,
    named,
    notes_of,
    plain,
    summed_up,
    totals_of,
    two_digits,
)
from grader.classroom.marks.platform_ids import Known
from grader.classroom.marks.reading import Mark
from grader.classroom.people.platform_tables import POSSIBLE, Column, column_called, number_in
from grader.classroom.people.tables import write_table
from grader.classroom.shared_ids import Shared, about_shared, own, shared_ids
from grader.errors import UsageError, in_one_line
from grader.present.style import points

_NOTHING = Known()
_MOST_OFFERED = 5  # headings of a gradebook


def moodle_of(
    marks: Sequence[Mark], column: str, known: Known = _NOTHING, is_scaled: bool = False
) -> Exported:
    """Return a row for each person, as Moodle's gradebook imports it ("CSV file").

    People are found by one column of ids, which is chosen there: it has to be the same for all.

    Raises
    ------
    UsageError
        Nobody has an id.
    """
    heads = ("ID number", "Email address", "Username", "Full name")
    kinds = ("number", "email", "login")
    ends = (f"{column}{end}" for end in (": points", ": late penalty", ""))
    rows: list[tuple[str, ...]] = [(*heads, *map(plain, ends))]
    totals = list(totals_of(marks))
    shared = shared_ids((total.student for total in totals), known.first, *kinds)
    for total in totals:
        ids = (plain(own(known.first(total.student, kind), kind, shared)) for kind in kinds)
        name = plain(total.student.person.first("name"))
        rows.append((*ids, name, *map(two_digits, (total.points, total.penalty, total.final))))
    if totals and not any(known.first(each.student, *kinds) for each in totals):
        raise UsageError(
            "of nobody in these marks an id is known, and Moodle finds people by nothing else",
            next="Name a roster with id numbers, e-mail addresses or logins, and grade again:"
            " --roster roster.csv",
        )
    notes = [
        *notes_of(marks),
        *about_shared(shared),
        *_without_id(totals, known, kinds, shared, "Moodle"),
        *_about_ids(totals, known, "Moodle"),
    ]
    return Exported(write_table(rows), (*notes, *summed_up(marks)))


def canvas_of(
    marks: Sequence[Mark], column: str, known: Known = _NOTHING, is_scaled: bool = False
) -> Exported:
    """Return a row for each person, as Canvas's gradebook imports it, final points alone.

    Any other column would be taken for an assignment. What an assignment has in the gradebook that
    Canvas gave out is what it has afterwards; `is_scaled` brings points to that, and raises
    `UsageError` where that is 0.
    """
    most = sum({mark.exercise.name: mark.exercise.max_points for mark in marks}.values())
    found = column_called(known.columns, column)
    heading = plain(found.heading if found else column)
    scale = _scale_to(found, most) if found and is_scaled else 1.0
    rows: list[tuple[str, ...]] = [
        ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", heading)
    ]
    if found or not number_in(column):
        possible = found.points if found else two_digits(most)
        rows.append((f"    {POSSIBLE}", "", "", "", "", possible))
    totals = list(totals_of(marks))
    kinds = ("canvas", "number", "login")
    shared = shared_ids((total.student for total in totals), known.first, *kinds)
    for total in totals:
        ids = (plain(own(known.first(total.student, kind), kind, shared)) for kind in kinds)
        section = plain(known.first(total.student, "section"))
        final = two_digits(None if total.final is None else total.final * scale)
        name = _name_of(total).replace(POSSIBLE, POSSIBLE.replace(" ", "-"))
        rows.append((name, *ids, section, final))
    notes = [
        *notes_of(marks),
        *about_shared(shared),
        *_without_id(totals, known, kinds, shared, "Canvas"),
        *_about_ids(totals, known, "Canvas"),
        *_about_names(totals),
    ]
    notes += _about_column(column, found, known, most, is_scaled)
    if late := [each for each in totals if each.penalty]:
        off = (f"{named([t.student])} {two_digits((t.penalty or 0) * scale)}" for t in late)
        notes.append(f"Late penalties are taken off already: {'; '.join(off)}")
    return Exported(write_table(rows), (*notes, *summed_up(marks)))


def _name_of(total: Total) -> str:
    person = total.student.person
    return plain(person.first("name") or person.student)


def _about_names(totals: Sequence[Total]) -> Iterator[str]:
    """Say whose row Canvas would take for another."""
    if odd := [total.student for total in totals if POSSIBLE in _name_of(total)]:
        yield (
            f"Canvas takes every row with {POSSIBLE!r} in its name for the one of the assignment's"
            f" points, so their names are written otherwise: {named(odd)}"
        )


def _scale_to(column: Column, most: float) -> float:
    if not column.most:
        raise UsageError(
            f"in the gradebook {in_one_line(column.heading)} has 0 points, so all would have 0",
            next="Leave out --scale, or name another assignment: --column",
        )
    return column.most / most if most else 1.0


def _plain_csv(marks: Sequence[Mark], column: str, known: Known, is_scaled: bool) -> Exported:
    return csv_of(marks)


FORMATS: dict[str, Callable[[Sequence[Mark], str, Known, bool], Exported]] = {
    "csv": _plain_csv,
    "moodle": moodle_of,
    "canvas": canvas_of,
}


def _about_column(
    column: str, found: Column | None, known: Known, most: float, is_scaled: bool
) -> Iterator[str]:
    """Say what the import does to the points of the assignment, where that is not as it should."""
    offered = [in_one_line(each.heading) for each in known.columns][:_MOST_OFFERED]
    ours, called = points(most), in_one_line(column)
    name = f'--column "{offered[0] if offered else "Attention lab (60310)"}"'
    if found:
        if not is_scaled and abs(found.most - most) > 1e-6:
            yield (
                f"In the gradebook {in_one_line(found.heading)} has {found.points} points, which it"
                f" keeps, and these marks have {ours}: --scale brings them to it"
            )
        return
    if number_in(column):
        there = f", which has: {'; '.join(offered)}" if offered else ""
        yield (
            f"How many points {called} has is not known, so it keeps them, and these marks have"
            f" {ours}. Name Canvas's gradebook among the submissions{there}"
        )
    elif known.columns:
        yield (
            f"The gradebook has no {called}, so Canvas will make a new assignment of {ours} points."
            f"\nName yours as it does, with the number: {name}"
        )
    else:
        yield (
            f"Canvas will take {called!r} for a new assignment, of {ours} points; one of that title"
            f" would have as many then.\nName yours as its gradebook does, with the number: {name}"
        )
    if is_scaled:
        yield "So points are written as they are, in spite of --scale"


def _without_id(
    totals: Sequence[Total], known: Known, kinds: Sequence[str], shared: Shared, whose: str
) -> Iterator[str]:
    """Say who has no id, or none of their own."""
    without = [
        total.student
        for total in totals
        if not any(own(known.first(total.student, kind), kind, shared) for kind in kinds)
    ]
    if without:
        yield f"{whose} finds people by ids, and none is known of: {named(without)}"


def _about_ids(totals: Sequence[Total], known: Known, whose: str) -> Iterator[str]:
    """Say whose ids may not be what the platform has: a spreadsheet takes zeros from the front."""
    rosters = [total.student for total in totals if total.student.id not in known.ids]
    if known.has_table and rosters:
        yield (
            f"Ids are the roster's, because the table of {whose}'s has nobody who is the same"
            f" without doubt: {named(rosters)}"
        )
    if named_alone := [total.student for total in totals if total.student.id in known.by_name]:
        yield (
            f"By a name alone, which people choose, {whose} has the ids of {named(named_alone)}:"
            f" look at these, or name a roster with an id that is in {whose}'s table"
        )
    shorter = [
        student
        for student in rosters
        if (number := student.person.first("number"))
        and any(
            len(other) > len(number) and other.lstrip("0") == number.lstrip("0")
            for other in known.numbers.get(student.id, ())
        )
    ]
    numbers = {student.person.first("number") for student in rosters}
    lengths = {len(number) for number in numbers if number.isdecimal()}
    cure = f"Name {whose}'s own table among the submissions, and its ids are taken"
    if shorter:
        yield f"Other tables have zeros in front of the id numbers of {named(shorter)}. {cure}"
    elif len(lengths) > 1:
        yield (
            f"The id numbers of the roster have {min(lengths)} to {max(lengths)} digits: a"
            f" spreadsheet may have taken zeros from their front. {cure}"
        )
