"""A roster of which a spreadsheet sorted one column alone moves nobody's marks unsaid."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from grader.classroom.hand_ins.record import Clue, HandIn
from grader.classroom.intake import match_all
from grader.classroom.marks.agreements import disagreement
from grader.classroom.marks.reading import students
from grader.classroom.marks.store import Store
from grader.classroom.people.roster import Person, read_people
from grader.classroom.people.tables import Table

HEADS = ("name", "email", "id number")
ROWS = [
    ("Zoe Ada", "ada@u", "38"),
    ("Xi Cy", "cy@u", "35"),
    ("Yan Bo", "bo@u", "33"),
    ("Uma Fay", "fay@u", "36"),
    ("Val Eve", "eve@u", "31"),
]


def roster(kinds: Sequence[str], alone: str = "", of: int = len(ROWS)) -> list[Person]:
    """Return a class by some columns; the first rows of one of them are sorted."""
    columns = dict(zip(HEADS, map(list, zip(*ROWS, strict=True)), strict=True))
    if alone:
        columns[alone][:of] = sorted(columns[alone][:of])
    rows = zip(*(columns[kind] for kind in kinds), strict=True)
    return [*read_people(Table("r.csv", tuple(kinds), tuple(rows)))]


def owned(store: Store, people: list[Person]) -> dict[str, str]:
    """Return who of a roster has what everybody handed in, on Gradescope."""
    store.save_roster(people)
    for name, email, number in ROWS:
        clues = (Clue("email", email), Clue("number", number), Clue("name", name))
        store.save_hand_in(HandIn(name, (clues,), ()), name, "lab.zip", "gradescope")
    match_all(store)
    return dict(
        store.rows(
            "SELECT h.place, p.student FROM owners o JOIN people p ON p.id = o.person"
            " JOIN hand_ins h ON h.id = o.hand_in WHERE p.position IS NOT NULL"
        )
    )


@pytest.mark.parametrize("alone", HEADS)
def test_whose_name_and_ids_are_two_peoples_is_told(tmp_path: Path, alone: str) -> None:
    """Where that is most, nobody's; and once it is mended all is as it should be."""
    with Store(tmp_path / "marks", make=True) as store:
        found = owned(store, roster(HEADS, alone))
        assert all(name == student for name, student in found.items()) and len(found) <= 2
        (said,) = disagreement(store)
        assert "sorted alone?" in said
        assert owned(store, roster(HEADS)) == {name: name for name, _, _ in ROWS}
        assert disagreement(store) == []


def test_one_that_is_two_peoples_is_counted(tmp_path: Path) -> None:
    """And the address decides, as ever: two rows that are wrong are no mixed-up table."""
    with Store(tmp_path / "marks", make=True) as store:
        found = owned(store, roster(HEADS, "name", 2))
        assert found["Xi Cy"] == "Zoe Ada" and len(found) == len(ROWS)
        (said,) = disagreement(store)
        assert "Of 5 hand-ins" in said and ", 2 have" in said and "sorted" not in said


@pytest.mark.parametrize("kinds", [HEADS, HEADS[1:], (HEADS[0], HEADS[2])])
def test_a_mixed_up_roster_moves_no_marks_by_hand(tmp_path: Path, kinds: Sequence[str]) -> None:
    """They are nobody's, which is told, and whose they were when it is mended."""

    def marked(store: Store) -> list[str]:
        ((id,),) = store.rows("SELECT person FROM by_hand")
        return [each.person.student for each in students(store) if each.id == id and each.is_listed]

    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster(roster(kinds))
        (first, *_) = students(store)
        store.mark_by_hand(first.id, "double", 4.0, "")
        (told,) = store.save_roster(roster(kinds, "id number"))
        assert "sorted alone?" in told and marked(store) == []
        assert store.save_roster(roster(kinds)) == [] and marked(store) == [first.person.student]
        assert store.save_roster(roster([*kinds, "name"])) == []
        assert marked(store) == [first.person.student]
