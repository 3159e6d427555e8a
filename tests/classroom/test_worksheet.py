"""Moodle's grading worksheet: filled in where there is a mark, and else left as it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from grader.classroom.hand_ins.record import Clue, HandIn
from grader.classroom.intake import match_all
from grader.classroom.marks.reading import marks, students
from grader.classroom.marks.store import Store, Terms
from grader.classroom.people.kept_table import KeptTable
from grader.classroom.people.roster import Person
from grader.classroom.worksheet import comment_html
from grader.classroom.worksheet import fill as fill_in
from grader.course.course import Course
from grader.errors import UsageError
from tests.classroom import made_up
from tests.conftest import Ended

RIGHT = b"def double(x, times=2):\n    if times < 0:\n        raise ValueError\n"
RIGHT += b"    return x * x.dtype.type(times)\n"
SQUARES = b"def double(x, times=2):\n    return x * x\n"
Command = Callable[..., Ended]
HEADS = '"Identifier","Full name","Email address","Status","Grade","Maximum grade"'
SHEET = (
    f'{HEADS},"Grade can be changed","Last modified (grade)","Feedback comments"\r\n'
    '"Participant 904000","Máire O\'Hara",u000@example.edu,"Submitted for grading","",'
    '100.00,Yes,"-",""\r\n'
    '"Participant 904001",Somebody Else,,"He said ""late""",,100.00,"No",-,\r\n'
    "Participant 904002,Jürgen Müller-Lüdenscheidt,u002@example.edu,No submission,,"
    "100.00,Yes,-,old\r\n"
    "Participant 7,Not Known,who@example.edu,,55.50,100.00,Yes,-,\r\n"
)


@pytest.fixture
def graded(tiny: Course, grader: Command) -> Course:
    """Grade a Moodle download of three, of whom one handed in nothing."""
    pupils = [made_up.Pupil(n, {"double.py": body}) for n, body in enumerate((RIGHT, SQUARES))]
    pupils.append(made_up.Pupil(2))
    made_up.write_moodle(pupils, tiny.root / "lab.zip")
    made_up.write_roster(pupils, tiny.root / "roster.csv")
    wanted = ("--exercises", "double", "--jobs", "1", "--seed", "1")
    assert grader("class", "grade", "lab.zip", "--roster", "roster.csv", *wanted).code == 0
    return tiny


def fill(grader: Command, text: str, *options: str, encoding: str = "utf-8") -> tuple[str, str]:
    """Return a worksheet that was filled in, and what is said of it."""
    Path("sheet.csv").write_bytes(text.encode(encoding))
    export = ("class", "export", "--format", "moodle", "--worksheet", "sheet.csv")
    ended = grader(*export, "-o", "filled.csv", *options)
    assert ended.code == 0, ended.err
    return Path("filled.csv").read_bytes().decode(encoding), ended.err


@pytest.mark.usefixtures("graded")
def test_only_the_grade_is_written(grader: Command) -> None:
    """Every other byte stays: quotes, line ends, what was there; who is left alone is told."""
    filled, told = fill(grader, SHEET)
    assert filled == SHEET.replace('grading","",100', 'grading",8.00,100')
    for part in (
        "grade cannot be changed: u001",
        "handed in nothing: u002",
        "nobody in these marks fits: Participant 7 Not Known",
        "maximum is 100.00, and these marks have 8 points",
    ):
        assert part in told, part


@pytest.mark.usefixtures("graded")
def test_encoding_and_separators_stay(grader: Command) -> None:
    """Semicolons, a decimal comma, a BOM, an older encoding: as Moodle wrote it."""
    table = list(csv.reader(io.StringIO(SHEET)))
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows(table)
    text = stream.getvalue().replace("100.00", "100,00")
    for encoding in ("utf-8-sig", "cp1252", "utf-16"):
        filled, _ = fill(grader, text, "--scale", encoding=encoding)
        assert filled == text.replace("grading;;100", "grading;100,00;100")


@pytest.mark.usefixtures("graded")
def test_nothing_is_brought_to_a_maximum_of_0(grader: Command) -> None:
    """Whoever has such a row is left alone, and told."""
    text = SHEET.replace("100.00,Yes", "0.00,Yes", 1)
    filled, told = fill(grader, text, "--scale")
    assert filled == text and "maximum is 0, to which --scale cannot bring anything: u000" in told


@pytest.mark.usefixtures("graded")
def test_comments_are_written_where_they_are_wanted(grader: Command) -> None:
    """As HTML in a cell of one line, only for those who get a grade."""
    text = SHEET.replace(',"No",', ",Yes,")
    filled, _ = fill(grader, text, "--feedback")
    rows = list(csv.DictReader(io.StringIO(filled)))
    assert "passed, 8 of 8" in rows[0]["Feedback comments"]
    assert "You square." in rows[1]["Feedback comments"] and rows[1]["Grade"] == "0.00"
    assert rows[2]["Feedback comments"] == "old" and len(filled.splitlines()) == 5
    _, told = fill(grader, text.replace("Feedback comments", "Other"), "--feedback")
    assert "switch these on" in told


@pytest.mark.usefixtures("graded")
def test_a_worksheet_is_named_as_what_it_is(grader: Command, tmp_path: Path) -> None:
    """Another table, an option that has no meaning, a quote that never ends: all are told."""
    export = ("class", "export", "--worksheet", "roster.csv")
    assert grader(*export).code == 2 and grader("class", "export", "--scale").code == 2
    ended = grader(*export, "--format", "moodle")
    assert ended.code == 2 and "no column 'Grade'" in ended.err
    renamed = SHEET.replace('"Grade"', "Bewertung")
    assert "8.00" in fill(grader, renamed, "--column", "Bewertung")[0]
    (tmp_path / "bad.csv").write_text('a,b\n"never closed,x\n')
    with pytest.raises(UsageError, match="in line 2 a quotation mark"):
        KeptTable(tmp_path / "bad.csv")


@pytest.mark.usefixtures("graded")
def test_a_worksheet_of_another_assignment_is_told(grader: Command) -> None:
    """Its participants have other numbers, and their addresses fit."""
    assert "another assignment" not in fill(grader, SHEET)[1]
    filled, told = fill(grader, SHEET.replace("Participant 904", "Participant 905"))
    assert "None of its participants' numbers was graded: is it of another" in told
    assert "8.00" in filled


@pytest.mark.usefixtures("graded")
def test_a_worksheet_of_another_class_is_told(grader: Command) -> None:
    """Rather than given back as it was."""
    Path("sheet.csv").write_text(f"{HEADS}\nParticipant 7,Not Known,who@x.edu,,,10.00\n")
    ended = grader("class", "export", "--format", "moodle", "--worksheet", "sheet.csv")
    assert (ended.code, "no row of this worksheet" in ended.err) == (2, True)


def test_an_address_outranks_a_number_that_only_a_name_led_to(tmp_path: Path) -> None:
    """Somebody calls herself as Ada does who handed in nothing there; her row has her address."""
    roster = [
        Person(name[:3].lower(), (Clue("email", f"{name[:3].lower()}@x"), Clue("name", name)))
        for name in ("Ada Ömer", "Eve Xu")
    ]
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Identifier,Full name,Email address,Grade\nParticipant 666,Eve Xu,eve@x,\n")
    called = (Clue("participant", "666"), Clue("name", "Ada Ömer"))
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster(roster)
        store.assign(["double"], ["double"], Terms())
        store.save_hand_in(HandIn("2", (called,), ()), "2", "two.zip", "moodle")
        match_all(store)
        store.mark_by_hand(next(students(store)).id, "double", 5.0, "")
        filled = fill_in(store, list(marks(store)), KeptTable(sheet))
    assert filled.body.endswith(b"eve@x,\n")
    assert "not written: ada" in " ".join(filled.notes)


@pytest.mark.usefixtures("graded")
@pytest.mark.parametrize("row", ["904000,Zed Zulu", "0031,904000"])
def test_a_participants_number_is_looked_for_in_no_other_column(grader: Command, row: str) -> None:
    """Somebody's id number, or what they call themselves, may be another's number by chance."""
    heads = '"Identifier","ID number","Full name","Grade","Maximum grade"\r\n'
    others = f"Participant 904007,{row},,100.00\r\n"
    ada = "Participant 904000,0099,Máire O'Hara,8.00,100.00\r\n"
    assert fill(grader, heads + others + ada.replace("8.00", ""))[0] == heads + others + ada


@pytest.mark.usefixtures("graded")
def test_two_rows_of_one_person_are_left_alone(grader: Command) -> None:
    """Nobody can say which of them is meant."""
    again = "Participant 8,Else,u000@example.edu,,,100.00,Yes,-,\r\n"
    filled, told = fill(grader, SHEET + again)
    assert filled == SHEET + again and "several rows fit them: u000" in told


def test_a_table_that_is_not_changed_is_the_same(tmp_path: Path) -> None:
    """Whatever is odd about it."""
    for number, body in enumerate(
        (b'a,b\r\n"x ""y""",\n\n,"two\nlines"\n', b"\xef\xbb\xbfa;b\n1;2", b"a,b\n\x81\xe9,2\n")
    ):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(body)
        assert KeptTable(path).body == body


def test_a_comment_says_what_is_taken_off_for_being_late() -> None:
    """Whoever reads it sees fewer points than the checks gave."""
    exercise = SimpleNamespace(name="double", max_points=8.0)
    mark = SimpleNamespace(exercise=exercise, outcome="passed", by_hand=None, points=8.0)
    part = SimpleNamespace(mark=mark, sentences=(), diagnosis=(), questions=())
    mark.final, mark.penalty = 6.4, 1.6
    told: Any = SimpleNamespace(parts=[part])
    assert "<p>8 gained, 1.6 taken off for being late.</p>" in comment_html(told)
    mark.final, mark.penalty = 8.0, 0.0
    assert "late" not in comment_html(told)


def test_a_comment_shows_what_was_answered_in_visible_signs() -> None:
    """Whatever drives a terminal in it, and whatever else would be HTML."""
    exercise = SimpleNamespace(name="quiz:words", max_points=1.0)
    mark = SimpleNamespace(
        exercise=exercise, outcome="failed", by_hand=None, points=0.0, final=0.0, penalty=0.0
    )
    question = {"question": "name", "outcome": "wrong", "chosen": "\x1b[31m\x9b<b>red"}
    part = SimpleNamespace(mark=mark, sentences=(), diagnosis=(), questions=[question])
    told: Any = SimpleNamespace(parts=[part])
    assert comment_html(told).endswith("<p>name: wrong, \\x1b[31m\\x9b&lt;b&gt;red</p>")
