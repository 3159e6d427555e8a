"""Feedback as platforms and mail programs take it; whoever cannot get theirs is told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence

from grader.classroom.export import (
    Exported,
    called,
    named,
    plain,
    plain_markdown,
    two_digits,
)
from grader.classroom.marks.platform_ids import Sure, known_in
from grader.classroom.marks.reading import Student
from grader.classroom.marks.store import Store
from grader.classroom.pages.feedback import Feedback, html_of, markdown_of
from grader.classroom.pages.templates import Templates
from grader.classroom.people.roster import Person
from grader.classroom.people.tables import write_table
from grader.classroom.shared_ids import about_shared, own, shared_ids
from grader.course.places import is_name
from grader.errors import UsageError

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever it is made
_CSV_COLUMNS = ("student", "email", "name", "points", "max_points", "feedback")


def feedback_pages(all_feedback: Iterable[Feedback]) -> Iterator[tuple[str, bytes]]:
    """Yield a page and a Markdown file for each, by its name."""
    templates = Templates()
    for feedback in all_feedback:
        yield f"{feedback.stem}.html", html_of(feedback, templates)
        yield f"{feedback.stem}.md", markdown_of(feedback).encode("utf-8", "replace")


def moodle_zip(store: Store, all_feedback: Iterable[Feedback]) -> Exported:
    """Return the zip of Moodle's "Upload multiple feedback files in a zip".

    A participant's number, which is of one assignment, says whose a file is: that of their last.
    """
    places = known_in(store, "moodle"), _place_in_moodle
    return _zip(*places, all_feedback, "for sure which participant of Moodle they are")


def canvas_zip(store: Store, all_feedback: Iterable[Feedback]) -> Exported:
    """Return the zip that Canvas takes back where submissions were downloaded.

    The numbers of a person, and of the file they handed in last, say whose a file is.
    """
    places = known_in(store, "canvas"), _place_in_canvas
    return _zip(*places, all_feedback, "for sure which file of Canvas's theirs is")


def mail_merge(store: Store, all_feedback: Iterable[Feedback]) -> Exported:
    """Return a row for each with their address, if it is theirs alone, and their feedback."""
    found = dict[Student, tuple[str, ...]]()
    for feedback in all_feedback:
        numbers = two_digits(feedback.total), two_digits(feedback.most)
        told = plain_markdown(markdown_of(feedback))
        found[feedback.student] = plain(feedback.name), *numbers, told
    shared = shared_ids(found, lambda student, kind: student.person.first(kind), "email")
    emails = {each: own(each.person.first("email"), "email", shared) for each in found}
    rows = ((called(each), plain(emails[each]), *cells) for each, cells in found.items())
    without = [each for each, email in emails.items() if not email]
    notes = *about_shared(shared), *_told("what their address is", without)
    return Exported(write_table([_CSV_COLUMNS, *rows]), notes)


FORMATS = {"moodle": moodle_zip, "canvas": canvas_zip, "csv": mail_merge}


def _zip(
    known: Callable[[Student], Sequence[Sure]],
    place_of: Callable[[Sequence[Sure], Person], tuple[str, bool]],
    all_feedback: Iterable[Feedback],
    unknown: str,
) -> Exported:
    templates, stream = Templates(), io.BytesIO()
    without, alone = list[Student](), list[Student]()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for feedback in all_feedback:
            student = feedback.student
            place, by_name = place_of(known(student), student.person)
            if not place or place in archive.namelist():
                without.append(student)
                continue
            if by_name:
                alone.append(student)
            entry = zipfile.ZipInfo(place, _LONG_AGO)
            entry.external_attr = 0o600 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, html_of(feedback, templates))
        is_empty = not archive.namelist()
    if is_empty:
        raise UsageError(
            f"of nobody in these marks it is known {unknown}, so no feedback can go back there",
            next="Put addresses on the roster, and grade that platform's own download with its own"
            " table (Moodle's worksheet, Canvas's gradebook). Or write pages: --format pages",
        )
    notes = [*_told(unknown, without)]
    if alone:
        notes.append(f"By a name alone, which people choose, so look at these: {named(alone)}")
    return Exported(stream.getvalue(), tuple(notes))


def _place_in_moodle(known: Sequence[Sure], person: Person) -> tuple[str, bool]:
    clues, by_name = known[0] if known else Sure(person.clues, False)
    number = next((clue.value for clue in clues if clue.kind == "participant"), "")
    is_known = is_name(number)
    return f"Feedback_{number}_assignsubmission_file/feedback.html" if is_known else "", by_name


def _place_in_canvas(known: Sequence[Sure], person: Person) -> tuple[str, bool]:
    clues, by_name = known[0] if known else Sure((), False)
    own = {clue.kind: clue.value for clue in reversed(clues)}
    if not (is_name(own.get("canvas")) and is_name(own.get("attachment"))):
        return "", by_name
    user = own["canvas"] if own["canvas"].isdecimal() else f"anon_{own['canvas']}"
    return f"feedback_{user}_{own['attachment']}_feedback.html", by_name


def _told(unknown: str, without: list[Student]) -> Iterator[str]:
    if without:
        yield f"Of these nothing says {unknown}, so there is nothing for them: {named(without)}"
