"""The times in a table are those of the download that it goes with, and of no other."""

from __future__ import annotations

import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import timezone
from pathlib import Path

import pytest

from grader.classroom.hand_ins.times import read_words
from grader.classroom.intake import match_all, read_downloads
from grader.classroom.marks.reading import assigned, attempts_of, marks, students
from grader.classroom.marks.store import Store, Terms
from grader.classroom.people.platform_tables import platform_table
from grader.classroom.people.roster import clues_of_rows
from grader.classroom.people.table_times import Known, Named, tables_of, times_in
from grader.classroom.people.tables import read_table
from grader.course.course import Course
from grader.errors import UsageError
from grader.terminal.class_intake import agreed
from tests.conftest import Ended

HEADS = "Identifier,Full name,Status,Last modified (submission)\n"
ADA, BOB = ("participant", "1"), ("participant", "2")


def zipped(path: Path, **said: str) -> None:
    """Write Moodle's zip, in which each has an answer that differs by what they said."""
    with zipfile.ZipFile(path, "w") as archive:
        for n, (name, text) in enumerate(said.items(), start=1):
            place = f"{name}_90{n}_assignsubmission_file_"
            archive.writestr(f"{place}/double.py", f"def double(x, times=2):\n    return {text}\n")


def worksheet(path: Path, **day: int) -> None:
    """Write Moodle's worksheet: on which day of May each handed in."""
    rows = (
        f'Participant 90{n},{name},Submitted for grading,"{each} May 2026, 10:00 AM"\n'
        for n, (name, each) in enumerate(day.items(), start=1)
    )
    path.write_text(HEADS + "".join(rows))


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    """Write an older and a newer download, each with its worksheet: Ada handed in again."""
    zipped(tmp_path / "old.zip", Ada="2", Bob="5")
    zipped(tmp_path / "new.zip", Ada="3", Bob="5")
    worksheet(tmp_path / "old.csv", Ada=4, Bob=4)
    worksheet(tmp_path / "new.csv", Ada=11, Bob=4)
    return tmp_path


def days(course: Course, folder: Path, *runs: str) -> list[list[str]]:
    """Read what each run names, and return on which days each is known to have handed in."""
    with Store(folder / "marks", make=True) as store:
        store.assign(["double"], course.exercises, Terms(due="2026-05-05T21:59:59Z"))
        for run in runs:
            list(read_downloads(course, store, [folder / n for n in run.split()], timezone.utc))
        match_all(store)
        (double,) = assigned(store, ["double"])
        found = [attempts_of(store, student, double) for student in students(store)]
    return [[each.submitted_at[8:10] for each in own] for own in found]


@pytest.mark.parametrize(
    "runs",
    [
        ["old.zip old.csv new.zip new.csv"],
        ["old.csv old.zip new.csv new.zip"],
        ["new.zip new.csv old.zip old.csv"],
        ["old.zip old.csv", "new.zip new.csv"],
    ],
)
def test_each_worksheet_is_of_the_download_beside_it(
    tiny: Course, downloads: Path, runs: list[str]
) -> None:
    """What came in time is not late because something came later, nor the other way round."""
    assert days(tiny, downloads, *runs) == [["04", "11"], ["04"]]


@pytest.mark.parametrize(
    "run",
    [
        "old.zip new.zip new.csv",
        "new.csv old.zip new.zip",
        "old.zip new.zip old.csv new.csv",
        "old.zip old.csv new.zip",
        "new.zip old.csv new.csv",
    ],
)
def test_where_nobody_can_tell_whose_times_they_are_nothing_is_read(
    tiny: Course, downloads: Path, run: str
) -> None:
    """And what to name instead is said."""
    with pytest.raises(UsageError, match="nobody can tell which times") as error:
        days(tiny, downloads, run)
    assert all(name in error.value.what for name in run.split())
    assert "one download after the other" in (error.value.next or "")
    assert days(tiny, downloads, "old.zip", "new.zip new.csv") == [["", "11"], [""]]


def test_a_worksheet_that_is_named_again_mends_nothing_of_a_newer_download(
    tiny: Course, downloads: Path
) -> None:
    """An answer that is only there unchanged keeps the time of the first."""
    (downloads / "new.zip").replace(downloads / "again.zip")
    (downloads / "old.zip").replace(downloads / "lab.zip")
    worksheet(downloads / "touched.csv", Ada=11, Bob=12)
    days(tiny, downloads, "lab.zip old.csv")
    (downloads / "again.zip").replace(downloads / "lab.zip")
    assert days(tiny, downloads, "lab.zip touched.csv") == [["04", "11"], ["04"]]


def test_who_saves_the_same_again_keeps_the_first_time(
    tiny: Course, downloads: Path, grader: Callable[..., Ended]
) -> None:
    """Nor does it become late by what Moodle says of the later one, and it is told, with whose."""
    (downloads / "late.csv").write_text(
        HEADS + 'Participant 901,Ada,Submitted for grading - 5 days late,"11 May 2026, 10:00 AM"\n'
    )
    assert days(tiny, downloads, "old.zip", "old.zip old.csv") == [["04"], ["04"]]
    ended = grader("class", "grade", "old.zip", "late.csv")
    assert "Of 1 hand-in a table says another time" in ended.out and "new folder (-o)" in ended.out
    assert "  Ada_901\n" in ended.out and "Bob_902" not in ended.out
    assert days(tiny, downloads) == [["04"], ["04"]]
    with Store(downloads / "marks") as store:
        store.assign(["double"], tiny.exercises, Terms(due=""))
        late = [mark.attempt and mark.attempt.lateness for mark in marks(store, ["double"])]
    assert late == [(None, None), (None, None)]
    assert "another time" not in grader("class", "grade", "old.zip", "old.csv").out


def test_one_worksheet_may_be_of_two_sections(
    tiny: Course, tmp_path: Path, grader: Callable[..., Ended]
) -> None:
    """Who is in both with the same has its time; who is not, and such are few, has none."""
    people = {f"s{n:02}": str(n) for n in range(30)}
    zipped(tmp_path / "one.zip", Ada="2", Bob="5")
    zipped(tmp_path / "two.zip", Ada="2", Bob="5", **people)
    worksheet(tmp_path / "all.csv", **dict.fromkeys(["Ada", "Bob", *people], 4))
    assert days(tiny, tmp_path, "one.zip two.zip all.csv") == 32 * [["04"]]
    (tmp_path / "marks").rename(tmp_path / "before")
    zipped(tmp_path / "one.zip", Ada="3", Bob="5")
    words = ("one.zip", "two.zip", "all.csv", "--exercises", "double", "-o", "others")
    said = grader("class", "grade", *words).out
    assert said.count("Of 1 hand-in another download has another version") == 2
    assert said.count("  Ada_901\n") == 2 and "Bob_902" not in said
    (tmp_path / "others").replace(tmp_path / "marks")
    assert days(tiny, tmp_path) == [["", ""], *31 * [["04"]]]
    assert days(tiny, tmp_path, "two.zip all.csv") == [["", "04"], *31 * [["04"]]]


def test_moodle_says_who_has_an_extension(tiny: Course, downloads: Path) -> None:
    """Who came within it is in time there, and is told of where that is not so by --due."""
    until = 'Extension granted until: Friday, 8 May 2026, 11:59 PM"'
    (downloads / "extended.csv").write_text(
        HEADS + f'Participant 901,Ada,"Submitted for grading - {until},"7 May 2026, 10:00 AM"\n'
        f'Participant 902,Bob,"Submitted for grading - 2 hours late - {until},"9 May 2026, 2:00 AM"'
    )
    days(tiny, downloads, "new.zip extended.csv")
    with Store(downloads / "marks") as store:
        found = [mark.attempt for mark in marks(store, ["double"])]
        assert [(a.in_time_there, a.lateness.is_late) for a in found if a] == [
            (True, True),
            (False, True),
        ]
        store.assign(["double"], tiny.exercises, Terms(due=""))
        late = [mark.attempt and mark.attempt.lateness for mark in marks(store, ["double"])]
    assert late == [(False, 0), (True, 7200)]


GERMAN = """\
ID,"Vollständiger Name",E-Mail-Adresse,Status,Bewertung,Bestwertung,\
"Bewertung kann geändert werden",\
"Zuletzt geändert (Abgabe)","Feedback als Kommentar"
Teilnehmer/in901,Eve Xu,eve@x.edu,"Zur Bewertung abgegeben - 2 Stunden zu spät -  - ",,"8,00",Ja,\
"Mittwoch, 6. Mai 2026, 02:00",
Teilnehmer/in902,Bob,bob@x.edu,"Zur Bewertung abgegeben - Verlängertes Abgabeende bis: Freitag, \
8. Mai 2026, 23:59 -  - ",,"8,00",Nein,"Donnerstag, 7. Mai 2026, 10:00",
"""


def test_a_worksheet_may_be_german(
    tiny: Course, downloads: Path, grader: Callable[..., Ended]
) -> None:
    """Whose the numbers are, when something came, how late that is, and what may be graded."""
    (downloads / "german.csv").write_text(GERMAN, "utf-8")
    (downloads / "roster.csv").write_text("e-mail,name\nada@x.edu,Ada\neve@x.edu,\nbob@x.edu,\n")
    words = ("new.zip", "german.csv", "--roster", "roster.csv", "--exercises", "double")
    grader("class", "grade", *words, "--due", "2026-05-06 00:00:00Z")
    with Store(downloads / "marks") as store:
        found = {m.student.person.student: m.attempt for m in marks(store)}
    eves = found["eve@x.edu"]
    assert eves and eves.lateness == (True, 7200) and eves.submitted_at[5:16] == "05-06T02:00"
    assert found["ada@x.edu"] is None and found["bob@x.edu"]
    export = ("class", "export", "--format", "moodle", "-o", "-", "--worksheet", "german.csv")
    ended = grader(*export)
    assert ended.out == GERMAN.replace('-  - ",,', '-  - ","0,00",', 1)
    assert "their grade cannot be changed: bob@x.edu" in ended.err


@pytest.mark.parametrize("heads", ["id,status", "identifier,status"])
def test_other_ids_are_no_participants(tmp_path: Path, heads: str) -> None:
    """Whatever they end in."""
    (tmp_path / "list.csv").write_text(f"{heads}\nu001,late\nparticipant,late\n")
    table = read_table(tmp_path / "list.csv")
    assert not times_in(table, timezone.utc)
    assert not [c for row in clues_of_rows(table) for c in row if c.kind == "participant"]


def test_what_one_types_into_a_survey_makes_no_column_moodles(tmp_path: Path) -> None:
    """Nearly all cells of its own have what it calls people by."""
    cells = ["0031", "0032", "Participant 9", ""]
    rows = "".join(f"{cell},Student {n}\n" for n, cell in enumerate(cells))
    (tmp_path / "survey.csv").write_text(f"id,name\n{rows}")
    found = clues_of_rows(read_table(tmp_path / "survey.csv"))
    assert [c.value for row in found for c in row if c.kind == "number"] == cells[:3]
    (tmp_path / "survey.csv").write_text(f"identifier,name\n{rows}")
    survey = read_table(tmp_path / "survey.csv")
    assert not [c for row in clues_of_rows(survey) for c in row if c.kind == "participant"]
    assert platform_table(survey) is None


def named(name: str, *has: tuple[str, str], day: str = "") -> Named:
    """Return a download or, with a day, a table."""
    times = {each: Known(day) for each in has} if day else None
    return Named(name, dict.fromkeys(has, "the same"), times)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # two assignments: the numbers tell, in whatever order
        (
            [named("a", ADA), named("b", BOB), named("s", BOB, day="4"), named("t", ADA, day="5")],
            {0: {3}, 1: {2}},
        ),
        # one worksheet for two groups, and two worksheets for one download
        ([named("a", ADA), named("b", BOB), named("s", ADA, BOB, day="4")], {0: {2}, 1: {2}}),
        ([named("a", ADA, BOB), named("s", ADA, day="4"), named("t", BOB, day="5")], {0: {1, 2}}),
        # one worksheet under two names
        ([named("a", ADA), named("s", ADA, day="4"), named("t", ADA, day="4")], {0: {1, 2}}),
        ([named("a", ADA), named("s", BOB, day="4")], {0: set()}),
        # the same in two downloads
        ([named("a", ADA, BOB), named("b", ADA), named("s", ADA, day="4")], {0: {2}, 1: {2}}),
    ],
)
def test_numbers_tell_where_they_can(line: list[Named], expected: dict[int, set[int]]) -> None:
    """Only different hand-ins of one, or two times of one, need an order."""
    assert tables_of(line) == expected


@pytest.fixture
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let this machine be in Berlin."""
    if sys.platform == "win32":
        pytest.skip("a process cannot choose its zone here")
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize("due", [None, "2026-10-20 18:00", "2026-12-01"])
@pytest.mark.usefixtures("in_berlin")
def test_a_date_is_in_the_summer_or_winter_time_of_its_own_day(due: str | None) -> None:
    """In this machine's zone, whatever the season is now, or on the day that it was due."""
    zone = agreed(due, None, None, None).zone
    assert read_words("Tuesday, 20 October 2026, 5:30 PM", zone) == "2026-10-20T15:30:00Z"
    assert read_words("Dienstag, 1. Dezember 2026, 17:30", zone) == "2026-12-01T16:30:00Z"


@pytest.mark.usefixtures("in_berlin")
def test_a_day_on_which_the_clocks_are_put_forward_has_an_hour_less() -> None:
    """Half past twelve in the next night but one is 23 and a half hours late."""
    terms, zone = agreed("2026-03-28", None, None, None)
    assert terms.due == "2026-03-28T22:59:59Z"
    assert read_words("Monday, 30 March 2026, 12:30 AM", zone) == "2026-03-29T22:30:00Z"
