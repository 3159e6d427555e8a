"""What platforms' own tables say of ids and points: it is kept, and what is in doubt is told."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from grader.classroom.gradebooks import FORMATS
from grader.classroom.hand_ins.record import Clue, Clues, HandIn
from grader.classroom.intake import match_all
from grader.classroom.marks.platform_ids import Known, known_to, save_tables
from grader.classroom.marks.reading import marks, students
from grader.classroom.marks.store import Store, Terms
from grader.classroom.pages.feedback import feedback_of
from grader.classroom.pages.uploads import mail_merge
from grader.classroom.people.platform_tables import (
    Column,
    PlatformTable,
    column_called,
    platform_table,
)
from grader.classroom.people.roster import Person
from grader.classroom.people.tables import Table
from grader.course.course import Course
from grader.errors import UsageError
from tests.classroom import made_up
from tests.classroom.test_worksheet import RIGHT, SQUARES
from tests.conftest import Ended

Command = Callable[..., Ended]
LAB, OTHER = Column("Attention lab (60310)", "100.00"), Column("Essay (60311)", "12.5")


def graded(
    course: Course,
    grader: Command,
    *tables: str,
    roster: Sequence[str] = ("--roster", "roster.csv"),
) -> None:
    """Grade a Canvas download of two, with tables beside a roster whose ids have lost zeros."""
    pupils = [made_up.Pupil(n, {"double.py": body}) for n, body in enumerate((RIGHT, SQUARES))]
    made_up.write_canvas(pupils, course.root / "lab.zip")
    made_up.write_roster(pupils, course.root / "roster.csv")
    made_up.write_gradebook(pupils, course.root / "gradebook.csv")
    made_up.write_worksheet(pupils, course.root / "worksheet.csv")
    words = ("class", "grade", "lab.zip", *tables, *roster, "--exercises", "double")
    assert grader(*words, "--jobs", "1", "--seed", "1").code == 0


def exported(grader: Command, form: str, *options: str) -> tuple[list[dict[str, str]], str]:
    """Return the rows of an export, and what is told of it."""
    ended = grader("class", "export", "--format", form, "-o", "out.csv", *options)
    assert ended.code == 0, ended.err
    with Path("out.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream)), ended.err


@pytest.mark.parametrize("is_roster", [True, False])
def test_the_gradebook_keeps_its_points_and_ids(
    tiny: Course, grader: Command, is_roster: bool
) -> None:
    """As roster, or as a table beside one: what it has is written, and a difference is told."""
    roster = ("--roster", "gradebook.csv") if is_roster else ("--roster", "roster.csv")
    graded(tiny, grader, *(() if is_roster else ("gradebook.csv",)), roster=roster)
    rows, told = exported(grader, "canvas", "--column", "Lab (60310)")
    assert [row["Attention lab (60310)"] for row in rows] == ["100.00", "8.00", "0.00"]
    assert [row["ID"] for row in rows] == ["", "17000", "17001"]
    assert rows[1]["SIS User ID"] == "0031500000" and rows[1]["SIS Login ID"] == "u000"
    assert "has 100.00 points, which it keeps, and these marks have 8: --scale" in told
    rows, told = exported(grader, "canvas", "--column", "attention LAB", "--scale")
    assert [row["Attention lab (60310)"] for row in rows] == ["100.00", "100.00", "0.00"]
    assert "--scale" not in told


def test_nothing_is_scaled_to_nothing() -> None:
    """An assignment of 0 points is another one, or not graded: nobody has 0 for that."""
    known = Known(columns=(Column("Attention lab (60310)", "0"),))
    with pytest.raises(UsageError, match="has 0 points") as error:
        FORMATS["canvas"]([], "Lab (60310)", known, True)
    assert "Leave out --scale" in (error.value.next or "")
    assert FORMATS["canvas"]([], "Lab (60310)", known, False).body


def test_a_column_that_is_not_there_changes_no_points(tiny: Course, grader: Command) -> None:
    """A number stands for an assignment that there is; a title alone may be a new one."""
    graded(tiny, grader, "gradebook.csv")
    rows, told = exported(grader, "canvas", "--column", "Lab (1)", "--scale")
    assert rows[0]["Lab (1)"] == "8.00" and "Points Possible" not in rows[0]["Student"]
    assert "How many points Lab (1) has is not known" in told and "in spite of --scale" in told
    assert "which has: Attention lab (60310)" in told
    rows, told = exported(grader, "canvas")
    assert rows[0]["Numbers"] == "8.00" and "a new assignment of 8 points" in told
    assert '--column "Attention lab (60310)"' in told


def test_moodle_gets_its_own_ids(tiny: Course, grader: Command) -> None:
    """The worksheet has the zeros; without it, whoever has them elsewhere is told."""
    graded(tiny, grader, "worksheet.csv")
    rows, told = exported(grader, "moodle")
    assert [row["ID number"] for row in rows] == ["0031500000", "0031500001"]
    assert rows[0]["Email address"] == "u000@example.edu" and "zeros" not in told
    graded(tiny, grader, "gradebook.csv")
    assert "zeros" not in exported(grader, "moodle")[1]  # the worksheet is still known


def test_zeros_that_only_others_have_are_told(tiny: Course, grader: Command) -> None:
    """In one line, with what to do."""
    graded(tiny, grader, "gradebook.csv")
    rows, told = exported(grader, "moodle")
    assert rows[0]["ID number"] == "31500000"
    assert "Other tables have zeros in front of the id numbers of u000, u001." in told
    assert "Name Moodle's own table" in told


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open marks of a class of four, two of one name."""
    people = {"ada": ("Ada Ömer", "12"), "bob": ("Bo Li", "345"), "cy": ("Bo Li", "")}
    with Store(tmp_path / "marks", make=True) as opened:
        opened.save_roster(
            Person(login, (*said(login, name), *number_of(number)))
            for login, (name, number) in people.items()
        )
        yield opened


def said(login: str, name: str) -> Clues:
    """Return what is known of everybody."""
    return (Clue("login", login), Clue("name", name), Clue("email", f"{login}@x.edu"))


def number_of(number: str) -> Clues:
    """Return a number as a clue, if there is one."""
    return (Clue("number", number),) if number else ()


@pytest.mark.parametrize(
    ("row", "who"),
    [
        ({"number": "0012"}, "ada"),
        ({"name": "Ada Ömer", "canvas": "7"}, "ada"),
        ({"name": "Ada Ömer", "number": "99"}, ""),  # another of that name
        ({"login": "ADA@x.edu", "number": "77"}, "ada"),  # many log in with their address
        ({"login": "ada", "number": "345"}, ""),  # one of them is wrong
        ({"name": "Bo Li"}, ""),  # two have that name
        ({"name": "Nobody"}, ""),
    ],
)
def test_a_row_is_somebodys_without_doubt_or_nobodys(
    store: Store, row: dict[str, str], who: str
) -> None:
    """An id that leads elsewhere, or a name that another may have, decides nothing."""
    clues = tuple(Clue(kind, value) for kind, value in row.items())
    save_tables(store, [PlatformTable("canvas", (clues,), ())])
    names = {student.id: student.person.student for student in students(store)}
    assert [names[id] for id in known_to(store, "canvas").ids] == [who] * bool(who)


def test_rows_that_contradict_each_other_say_nothing(store: Store) -> None:
    """Two tables may name somebody, if both say the same; a later run's take their place."""
    rows = [(Clue("login", "ada"), Clue("number", number)) for number in ("0012", "00012")]
    save_tables(store, [PlatformTable("moodle", (row,), ()) for row in (rows[0], rows[0])])
    assert known_to(store, "moodle").ids == {1: rows[0]}
    save_tables(store, [PlatformTable("moodle", (row,), ()) for row in rows])
    assert known_to(store, "moodle").ids == {} and known_to(store, "moodle").has_table
    save_tables(store, [PlatformTable("moodle", (rows[1],), ())])
    assert known_to(store, "moodle").ids == {1: rows[1]}


def test_an_assignment_is_found_as_canvas_finds_it() -> None:
    """By its number, else by its title; between two nobody guesses."""
    assert column_called([LAB, OTHER], "Renamed (60310)") == LAB
    assert column_called([LAB, OTHER], "essay") == OTHER and OTHER.most == 12.5
    assert column_called([LAB, OTHER], "Attention lab (1)") is None
    assert column_called([LAB, Column("Attention lab (7)", "5")], "Attention lab") is None


def test_only_a_platforms_own_table_is_taken_for_one() -> None:
    """Canvas's score columns are no assignments; a spreadsheet's roster is no platform's."""
    heads = (
        "Student",
        "ID",
        "Section",
        "Notes",
        "Attention lab (60310)",
        "Essay (60311)",
        "Final Score",
    )
    rows = (
        ("    Points Possible", "", "", "", "100.00", "12,5", "(read only)"),
        ("Ömer, Ada", "17", "G1", "", "", "", ""),
    )
    found = platform_table(Table("gradebook.csv", heads, rows))
    assert (
        found
        and (found.platform, found.columns) == ("canvas", (LAB, OTHER))
        and len(found.people) == 1
    )
    moodle = Table("g.csv", ("ID number", "Last downloaded from this course"), (("0012", "1"),))
    assert platform_table(moodle) == PlatformTable("moodle", ((Clue("number", "0012"),),), ())
    assert platform_table(Table("r.csv", ("login", "id number"), (("ada", "12"),))) is None


def test_nobodys_name_is_taken_for_the_row_of_points(tmp_path: Path) -> None:
    """Canvas takes any row for it whose first cell has its words: ids say who somebody is."""
    with Store(tmp_path / "marks", make=True) as store:
        store.assign(["double"], ["double"], Terms())
        for login, name in (("ada", "Ada Ömer"), ("eve", "Eve Points Possible")):
            store.save_roster([Person(login, (Clue("login", login), Clue("name", name)))])
            made = FORMATS["canvas"](list(marks(store)), "Lab", Known(), False)
            rows = [*csv.reader(made.body.decode().splitlines())]
            assert ["Points Possible" in row[0] for row in rows] == [False, True, False]
            assert rows[2][3] == login
            assert any("their names are written otherwise: eve" in n for n in made.notes) is (
                login == "eve"
            )


@pytest.mark.parametrize("form", ["moodle", "canvas"])
@pytest.mark.parametrize("second", ["31", "0031", "32"])
def test_an_id_number_that_several_have_goes_to_no_gradebook(
    tmp_path: Path, form: str, second: str
) -> None:
    """There one would get what the other did."""
    with Store(tmp_path / "marks", make=True) as store:
        store.assign(["double"], ["double"], Terms())
        for email, number in (("ada@x", "31"), ("eve@x", second)):
            whose = ((Clue("email", email), Clue("number", number)),)
            store.save_hand_in(HandIn(email, whose, ()), email, "lab.zip", "gradescope")
        match_all(store)
        made = FORMATS[form](list(marks(store)), "Lab", known_to(store, form), False)
    column = "ID number" if form == "moodle" else "SIS User ID"
    rows = csv.DictReader(made.body.decode().splitlines())
    numbers = [row[column] for row in rows if "Possible" not in row.get("Student", "")]
    is_shared = second != "32"
    assert numbers == (["", ""] if is_shared else ["31", "32"])
    assert any("Several have the id number 31" in note for note in made.notes) is is_shared


@pytest.mark.parametrize(
    ("form", "kind", "column", "called"),
    [
        ("moodle", "email", "Email address", "address"),
        ("moodle", "login", "Username", "login"),
        ("canvas", "login", "SIS Login ID", "login"),
        ("canvas", "canvas", "ID", "number on Canvas"),
        ("mail merge", "email", "email", "address"),
    ],
)
def test_no_table_has_an_id_that_several_have(
    tmp_path: Path, form: str, kind: str, column: str, called: str
) -> None:
    """One would get what the other did, or their feedback: neither has it, and both are told."""
    with Store(tmp_path / "marks", make=True) as store:
        store.assign(["double"], ["double"], Terms())
        ids = {"ada": "x1", "bob": "X1", "cy": "x2"}
        store.save_roster(
            Person(name, (Clue("name", name), Clue(kind, id))) for name, id in ids.items()
        )
        if form == "mail merge":
            made = mail_merge(store, feedback_of(store, "Course"))
        else:
            made = FORMATS[form](list(marks(store)), "Lab", known_to(store, form), False)
    rows = [*csv.DictReader(made.body.decode().splitlines())]
    assert [row[column] for row in rows if row[column] or "ada" in row.values()] == ["", "x2"]
    assert f"Several have the {called} x1, so it is left out: ada, bob" in made.notes
    assert any("known of: ada, bob" in n or n.endswith("for them: ada, bob") for n in made.notes)
