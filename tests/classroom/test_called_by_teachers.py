"""Folders are called by teachers and systems: nobody gets one by choosing to be called so."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from grader.classroom.hand_ins.record import Clue, HandIn
from grader.classroom.intake import match_all
from grader.classroom.marks.store import Store
from grader.classroom.people.matching import Matcher
from grader.classroom.people.roster import Person, read_people
from grader.classroom.people.tables import Table

CLASS = {
    "Ada Ömer": ("ada@u.edu", "0031", "ada-oe"),
    "Bob B": ("bob@u.edu", "0032", "bobby"),
    "Cy C": ("cy@u.edu", "0033", "cy-gh"),
}


def roster(eve: Sequence[str]) -> list[Person]:
    """Return the class and Eve, whose row is given."""
    heads = ("name", "email", "id number", "github")
    rows = [(name, *row) for name, row in CLASS.items()]
    return [*read_people(Table("r.csv", heads, (*rows, (*eve, *[""] * (4 - len(eve))))))]


def whose(tmp_path: Path, people: Sequence[Person], folders: Sequence[str]) -> dict[str, str]:
    """Return who on the roster has which folder, and of others why nobody does."""
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster(people)
        for name in folders:
            clues = (Clue("folder", name), Clue("group", name))
            store.save_hand_in(HandIn(name, (clues,), ()), name, "class", "folders")
        match_all(store)
        return dict(
            store.rows(
                "SELECT h.place, IIF(p.position IS NULL, h.unmatched, p.student) FROM owners o"
                " JOIN people p ON p.id = o.person JOIN hand_ins h ON h.id = o.hand_in"
            )
        )


@pytest.mark.parametrize("name", ["ada", "ada-omer", "Ada Ömer", "31", "ada@u.edu"])
def test_a_name_on_github_takes_no_folder(tmp_path: Path, name: str) -> None:
    """What no one can choose comes first; of what people can, nothing does."""
    people = roster(("Eve Xu", "eve@u.edu", "0666", name))
    found = whose(tmp_path, people, [name, "bob", "eve"])
    owner = found.pop(name)
    assert owner == "Ada Ömer" if name in ("31", "ada@u.edu") else "2 people" in owner
    assert found == {"bob": "Bob B", "eve": "Eve Xu"}


def test_a_name_on_github_says_nothing_against_a_login(tmp_path: Path) -> None:
    """Be it that of one whose own cell is empty, and whatever most others are called there."""
    rows = (("ada", "ada"), ("bob", "bob"), ("cy", "cy"), ("eve", "ada"))
    people = [*read_people(Table("r.csv", ("login", "github"), rows))]
    assert whose(tmp_path, people, ["ada", "bob"]) == {"ada": "ada", "bob": "bob"}


@pytest.mark.parametrize("eve", [("Eve Xu", "ada-oe@private.org"), ("ada-oe", "eve@u.edu")])
@pytest.mark.parametrize("others", [(), [f"junk-{n}" for n in range(9)]])
def test_folders_may_be_called_by_names_on_github(
    tmp_path: Path, eve: Sequence[str], others: Sequence[str]
) -> None:
    """As those of a hub are that people log in to there: then nothing else takes one over."""
    mine = ["ada-oe", "bobby", "cy-gh"]
    plain = whose(tmp_path, roster(("Eve Xu", "eve@u.edu")), [*mine, *others])
    assert {name: plain[name] for name in mine} == dict(zip(mine, CLASS, strict=True))
    (tmp_path / "two").mkdir()
    found = whose(tmp_path / "two", roster(eve), [*mine, *others])
    assert "2 people" in found["ada-oe"] or found["ada-oe"] == "Ada Ömer"
    assert [found[name] for name in mine[1:]] == ["Bob B", "Cy C"]


def test_a_folder_with_a_name_is_nobodys_where_an_id_says_which_is_theirs(tmp_path: Path) -> None:
    """Somebody may be called so where they log in, and the roster does not know it."""
    people = roster(("Eve Xu", "eve@u.edu"))
    found = whose(tmp_path, people, ["ada-oe", "ada-omer", "Bob B", "cy"])
    assert "as an id says" in found.pop("ada-omer")
    assert found == {"ada-oe": "Ada Ömer", "Bob B": "Bob B", "cy": "Cy C"}


@pytest.mark.parametrize("kind", ["name", "folder"])
@pytest.mark.parametrize("name", ["Ada Omer", "Ada Ömer", "omer, ada"])
def test_a_name_that_is_anothers_without_accents_is_nobodys(kind: str, name: str) -> None:
    """Who wrote it may have left them out."""
    eve = ("Ada Omer", "eve@u.edu")
    assert "2 people" in Matcher(roster(eve)).match((Clue(kind, name),)).why
    assert Matcher(roster(("Eve Xu",))).match((Clue(kind, name),)).people


def test_an_address_of_ones_own_takes_no_folder_with_anothers_name() -> None:
    """What stands in front of the at sign may be what people like."""
    people = roster(("Eve Xu", "ada-omer@private.org"))
    assert not Matcher(people).match((Clue("folder", "ada-omer"),)).people


def test_zeros_matter_but_in_numbers() -> None:
    """So 007 and 7 are two on GitHub, and one where they number people."""
    people = roster(("Eve Xu", "0050@u.edu", "0050", "007"))
    eve = people[-1:]
    clone = Clue("github", "7"), Clue("folder", "7"), Clue("group", "7")
    assert not Matcher(people).match(clone).people
    assert [*Matcher(people).match((Clue("github", "007"),)).people] == eve
    for name in ("0050", "50"):
        assert [*Matcher(people).match((Clue("folder", name),)).people] == eve
