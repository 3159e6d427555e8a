"""Numbers in a name on Canvas, or in what a file is called, make it nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.classroom.hand_ins import canvas
from grader.classroom.hand_ins.canvas_names import MOST, Numbers, numbers_of, readings
from grader.classroom.hand_ins.entries import Download, Entry
from grader.classroom.hand_ins.record import Clue, Clues
from grader.classroom.intake import match_all
from grader.classroom.marks.reading import unmatched
from grader.classroom.marks.store import Store
from grader.classroom.people.roster import Person

ADA, BOB = "ömerada_101_500318_centre.py", "neilbob_103_500402_bobs.py"


def row(user: str, name: str) -> Clues:
    """Return what a gradebook has of somebody."""
    return (Clue("canvas", user), Clue("name", name))


GRADEBOOK = (row("101", "Ömer, Ada"), row("103", "Neil, Bob"))


def users_of(paths: list[str], users: Numbers) -> dict[str, str]:
    """Return the user of each file, by what it is called; nothing where that is unclear."""
    files = tuple(Entry(path, lambda most: b"x = 1\n") for path in paths)
    return {
        entry.path: next(
            (c.value for own in each.submitters for c in own if c.kind == "canvas"), ""
        )
        for each in canvas.hand_ins(Download("lab.zip", files, users=users))
        for entry in each.files
    }


@pytest.mark.parametrize("is_late", [False, True])
@pytest.mark.parametrize("has_gradebook", [False, True])
@pytest.mark.parametrize(
    "name",
    ["ömerada_101_5_", "ömerada_101", "x_101_5", "anon_101", "ömerada_101_5_101_6", "_101_7"],
)
def test_a_name_with_anothers_number_hands_in_for_nobody_else(
    name: str, has_gradebook: bool, is_late: bool
) -> None:
    """Whatever stands in the gradebook, and whether they hand in themselves."""
    eves = f"{name}_{'LATE_' * is_late}666_500377_eves.py"
    rows = [*GRADEBOOK, row("666", name)] if has_gradebook else []
    found = users_of([ADA, BOB, eves], numbers_of(rows))
    assert found.pop("eves.py") == "666"
    assert {*found.values()} == {"101", "103"}
    without = users_of([BOB, eves], numbers_of(rows))
    assert "101" not in without.values()


@pytest.mark.parametrize(
    "name", ["ömerada_101_500300", "ömerada_101_500300_", "ömerada_101_400400"]
)
@pytest.mark.parametrize(
    "rows",
    [[], GRADEBOOK, [*GRADEBOOK, row("666", "Evil, Eve")], [*GRADEBOOK, row("664", "Dee, Dee")]],
)
def test_what_may_be_two_peoples_is_nobodys(tmp_path: Path, name: str, rows: list[Clues]) -> None:
    """A number as Canvas has them, of who is not in the gradebook, or not yet so called."""
    eves = f"{name}_666_500377_eves.py"
    assert users_of([ADA, BOB, eves], numbers_of(rows))[eves] == ""
    files = tuple(Entry(path, lambda most: b"") for path in (ADA, eves))
    with Store(tmp_path / "marks", make=True) as store:
        for roster in ([], [Person("ada", (Clue("name", "Ada Ömer"),))]):
            if roster:
                store.save_roster(roster)
            for n, each in enumerate(canvas.hand_ins(Download("lab.zip", files))):
                store.save_hand_in(each, str(n), "lab.zip", "canvas")
            match_all(store)
            ((owned,),) = store.rows("SELECT COUNT(*) FROM owners")
            (told,) = [each for each in unmatched(store) if each.kind.startswith("hand-in")]
            assert owned == 1 and "user 101 (ömerada) or 666 " in told.why


@pytest.mark.parametrize(
    "file",
    [
        *("1_centre.py", "2024_05_hw.py", "centre_2_1_final.py", "20_3_4_5.py", "text.html"),
        *("My_500319_500320_x.py", "a.b_500319_500320_x.py", "0500319_500320_x.py", "7_LATE_8_9_x"),
    ],
)
@pytest.mark.parametrize("others", [[], [ADA, BOB]])
def test_numbers_in_what_a_file_is_called_are_no_users(file: str, others: list[str]) -> None:
    """People number their files, and put dates in front."""
    assert users_of([*others, f"youngcy_102_500350_{file}"], {})[file] == "102"


@pytest.mark.parametrize("number", ["20260505", "500319", "9000000", "1000000", "500318"])
def test_a_gradebook_tells_numbers_of_people_from_others(number: str) -> None:
    """Where all are told to put their id number in front."""
    paths = [f"ömerada_101_500318_{number}_a.py", f"neilbob_103_500402_{number}_b.py"]
    found = users_of(paths, numbers_of(GRADEBOOK))
    assert found == {f"{number}_a.py": "101", f"{number}_b.py": "103"}


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ömer, Ada", "ömerada"),
        ("Ada Ömer", "ömerada"),
        ("O'Hara, Máire", "oharamáire"),
        ("Lopez_Mar, Iris", "lopez_mariris"),
        ("de la Cruz, Noor", "delacruznoor"),
    ],
)
def test_canvas_names_are_known_from_a_table(name: str, written: str) -> None:
    """Without what is no letter, digit or underscore."""
    assert written in numbers_of([row("7", name)])["7"]


def test_a_name_of_numbers_alone_is_read_in_bounds() -> None:
    """However many ways there are: then it is unclear."""
    name = "1_" * 2_000
    assert len(readings(name)) == MOST + 1
    assert users_of([ADA, f"x_{name}x"], {}) == {"centre.py": "101", f"x_{name}x": ""}
    long = "_2_3_" * 1_000 + ".py"
    assert users_of([ADA, f"youngcy_102_500350_{'a' * 600}{long}"], {})["a" * 600 + long] == "102"
