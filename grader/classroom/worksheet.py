"""Moodle's grading worksheet, filled in: grades and comments, and not a byte besides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from grader.classroom.export import (
    Exported,
    Total,
    joined,
    notes_of,
    summed_up,
    totals_of,
    two_digits,
)
from grader.classroom.hand_ins.record import Clues
from grader.classroom.marks.outline import counting
from grader.classroom.marks.platform_ids import known_in, surely
from grader.classroom.marks.reading import NOT_HANDED_IN, Mark, Student
from grader.classroom.marks.store import Store
from grader.classroom.pages.feedback import Feedback, taken_off
from grader.classroom.people.ids import key_of
from grader.classroom.people.kept_table import KeptTable
from grader.classroom.people.matching import Matcher
from grader.classroom.people.roster import clues_of_rows
from grader.classroom.people.tables import letters, number_of
from grader.errors import UsageError, in_one_line
from grader.present.class_text import HEADINGS, in_words
from grader.present.prose_html import prose_html, safe
from grader.present.style import points

# What columns are called in English and in German, letters alone.
_GRADE = ("grade", "bewertung")
_OTHERS = (
    ("maximumgrade", "bestwertung"),
    ("gradecanbechanged", "bewertungkanngeändertwerden"),
    ("feedbackcomments", "feedbackalskommentar"),
)
_LOCKED = ("no", "nein", "non")
_LINES = re.compile(r"<pre.*?</pre>", re.DOTALL)  # the rest has its line ends for nothing
_MOST_NAMED = 10
_Numbers = Mapping[str, tuple[int, bool]]


class _Columns(NamedTuple):
    grade: int
    most: int | None
    may_change: int | None
    comments: int | None


def fill(
    store: Store,
    found: Sequence[Mark],
    sheet: KeptTable,
    heading: str | None = None,
    is_scaled: bool = False,
    feedback: Iterable[Feedback] | None = None,
) -> Exported:
    """Return a worksheet with everybody's points as grades, and what was left alone as notes.

    `heading` is that of the column of grades, where it is not "Grade" or "Bewertung". `is_scaled`
    brings points to the worksheet's maximum. `feedback` goes into its comments, if it has any.

    Raises
    ------
    UsageError
        It has no such column, or nobody's row.
    """
    columns = _columns(sheet, heading)
    most = sum({mark.exercise.name: mark.exercise.max_points for mark in found}.values())
    totals = {total.student.id: total for total in totals_of(found)}
    present = {m.student.id for m in counting(found) if m.outcome != NOT_HANDED_IN or m.by_hand}
    rows, notes = _rows_of(store, [total.student for total in totals.values()], sheet)
    _require_rows(rows, sheet)
    written: dict[int, int] = {}
    left: dict[str, list[str]] = {}
    for id, row in rows.items():
        scale = most if is_scaled else None
        text, why = _grade(totals[id], id in present, sheet.table.rows[row], columns, scale)
        if text:
            sheet.set(row, columns.grade, text)
            written[id] = row
        left.setdefault(why, []).append(totals[id].student.person.student)
    notes += [f"Left alone, {why}: {_named(names)}" for why, names in left.items() if why]
    absent = [totals[id].student.person.student for id in totals if id in present - {*rows}]
    if absent:
        notes.append(f"Not in the worksheet, so their marks are not written: {_named(absent)}")
    notes += _about_the_maximum(sheet, columns, most, is_scaled)
    notes += _comment(sheet, columns, written, feedback) if feedback is not None else ()
    return Exported(sheet.body, (*notes, *notes_of(found), *summed_up(found)))


def _columns(sheet: KeptTable, heading: str | None) -> _Columns:
    table = sheet.table
    grade = table.column(*([letters(heading)] if heading else _GRADE))
    if grade is None:
        raise UsageError(
            f"this table has no column {heading or 'Grade'!r}",
            where=in_one_line(table.name),
            next="Name Moodle's grading worksheet as it was downloaded. In another language, say"
            f' what the column of grades is called: --column "…". There are: '
            f"{', '.join(map(in_one_line, table.headings))}",
        )
    return _Columns(grade, *(table.column(*names) for names in _OTHERS))


def _rows_of(
    store: Store, students: Sequence[Student], sheet: KeptTable
) -> tuple[dict[int, int], list[str]]:
    """Return the row of each student, by their id, and what is to be known of the others."""
    numbers = _numbers_of(store, students)
    ids = {student.person.student: student.id for student in students}
    matcher = Matcher([student.person for student in students])
    found: dict[int, list[int]] = {}
    by_name: dict[int, list[int]] = {}
    nobodys: list[str] = []
    for row, clues in enumerate(clues_of_rows(sheet.table)):
        who, is_named = _who(clues, numbers, matcher, ids)
        if who is None:
            nobodys.append(" ".join(filter(None, sheet.table.rows[row][:2])))
        else:
            (by_name if is_named else found).setdefault(who, []).append(row)
    notes = [*_about_the_numbers(store, sheet)]
    alone = [s.person.student for s in students if s.id in {*by_name} - {*found}]
    if alone:
        notes.append(f"By a name alone, which people choose, so look at these: {_named(alone)}")
    found = {**by_name, **found}
    if nobodys:
        notes.append(f"Left alone, because nobody in these marks fits: {_named(nobodys)}")
    twice = [s.person.student for s in students if len(found.get(s.id, ())) > 1]
    if twice:
        notes.append(f"Left alone, because several rows fit them: {_named(twice)}")
    return {student: rows[0] for student, rows in found.items() if len(rows) == 1}, notes


def _require_rows(rows: Mapping[int, int], sheet: KeptTable) -> None:
    if not rows:
        raise UsageError(
            "no row of this worksheet is of somebody in these marks",
            where=in_one_line(sheet.table.name),
            next="Name the worksheet of the assignment that was graded, or grade with it among the"
            " submissions: then it says whose the numbers are.",
        )


def _who(
    clues: Clues, numbers: _Numbers, matcher: Matcher, ids: Mapping[str, int]
) -> tuple[int | None, bool]:
    """Return whose a row is, by the number that Moodle gave them, else without doubt.

    Whether only a name says it comes with it: then an address or an id number outranks it.
    """
    own = (key_of(clue) for clue in clues if clue.kind == "participant")
    known = next((numbers[number] for number in own if number in numbers), None)
    if known and not known[1]:
        return known
    person, is_named = surely(matcher, clues)
    if person and not is_named:
        return ids[person.student], False
    return known or ((ids[person.student] if person else None), is_named)


def _numbers_of(store: Store, students: Sequence[Student]) -> _Numbers:
    """Return whose the numbers of Moodle's participants are, and whether only a name says so."""
    known, numbers = known_in(store, "moodle"), dict[str, tuple[int, bool]]()
    for student in students:
        for clues, is_named in (*known(student), (student.person.clues, False)):
            for clue in clues:
                if clue.kind == "participant" and numbers.get(key_of(clue), ("", True))[1]:
                    numbers[key_of(clue)] = student.id, is_named
    return numbers


def _about_the_numbers(store: Store, sheet: KeptTable) -> Iterator[str]:
    graded = _participants(clues for _, _, submitters in store.hand_ins() for clues in submitters)
    if graded and (here := _participants(clues_of_rows(sheet.table))) and here.isdisjoint(graded):
        yield "None of its participants' numbers was graded: is it of another assignment?"


def _participants(every: Iterable[Clues]) -> set[str]:
    return {key_of(clue) for clues in every for clue in clues if clue.kind == "participant"}


def _grade(
    total: Total, is_present: bool, cells: Sequence[str], columns: _Columns, most: float | None
) -> tuple[str, str]:
    """Return what is written as a grade, and why there is none, or why Moodle will not take it."""
    if not is_present:
        return "", "because they handed in nothing"
    if total.final is None:
        return "", ""  # `notes_of` tells these
    limit = "" if columns.most is None else cells[columns.most].strip()
    number = number_of(limit)
    value = total.final
    if most and number == 0:
        return "", "because the worksheet's maximum is 0, to which --scale cannot bring anything"
    if most and number is not None:
        value = value / most * float(number)
    if number is not None and value > float(number):
        return "", "because they have more than the maximum of the worksheet"
    if columns.may_change is not None and cells[columns.may_change].strip().casefold() in _LOCKED:
        return "", "because Moodle says that their grade cannot be changed"
    text = two_digits(value)
    return text.replace(".", ",") if "," in limit else text, ""


def _about_the_maximum(
    sheet: KeptTable, columns: _Columns, most: float, is_scaled: bool
) -> Iterator[str]:
    rows = () if columns.most is None else sheet.table.rows
    limits = {row[columns.most or 0].strip() for row in rows}
    numbers = {number for text in limits if (number := number_of(text)) is not None}
    if is_scaled and not numbers:
        yield 'Nothing says what the maximum is, so points are written as they are: "Maximum grade"'
    elif not is_scaled and numbers and any(abs(float(each) - most) > 1e-6 for each in numbers):
        said = ", ".join(sorted(map(str, numbers)))
        yield (
            f"The worksheet's maximum is {said}, and these marks have {points(most)} points:"
            " --scale brings them to it"
        )


def _comment(
    sheet: KeptTable, columns: _Columns, written: Mapping[int, int], feedback: Iterable[Feedback]
) -> Iterator[str]:
    """Write what each is told; Moodle takes comments for HTML."""
    if columns.comments is None:
        yield 'There is no column "Feedback comments": switch these on in the assignment'
        return
    lost = []
    for each in feedback:
        row = written.get(each.student.id)
        if row is not None and not sheet.set(row, columns.comments, comment_html(each)):
            lost.append(each.student.person.student)
    if lost:
        yield f"Some signs are a ? now, which the worksheet's encoding has not: {_named(lost)}"


def comment_html(feedback: Feedback) -> str:
    """Return what somebody is told, in short, as Moodle shows it below a grade."""
    lines: list[str] = []
    for part in feedback.parts:
        mark = part.mark
        gained = "?" if mark.final is None else points(mark.final)
        head = f"{mark.exercise.name}: {HEADINGS[mark.outcome]}, {gained} of "
        lines.append(f"<p><strong>{safe(head + points(mark.exercise.max_points))}</strong></p>")
        if off := taken_off(mark):
            lines.append(f"<p>{safe(off)}.</p>")
        if mark.by_hand and mark.by_hand.comment:
            lines.append(prose_html(mark.by_hand.comment))
        lines += [f"<p>{safe(sentence)}</p>" for sentence in part.sentences]
        lines += [prose_html(text) for text in part.diagnosis]
        for each in part.questions:
            if each["outcome"] != "right":
                given = f"{each['question']}: {each['outcome']}, {in_words(each['chosen'])}"
                lines.append(f"<p>{safe(given)}</p>")
    return _LINES.sub(lambda found: found[0].replace("\n", "<br>"), " ".join(lines)).replace(
        "\n", " "
    )


def _named(names: Sequence[str]) -> str:
    shown = joined(in_one_line(name) for name in names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return f"{shown} and {more:,} more" if more > 0 else shown
