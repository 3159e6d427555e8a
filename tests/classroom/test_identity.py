"""Who somebody is stays so from roster to roster: by ids, never by a name that people choose."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.classroom.hand_ins.record import Clue, HandIn
from grader.classroom.intake import match_all
from grader.classroom.marks.reading import Student, students
from grader.classroom.marks.store import Store
from grader.classroom.people.roster import Person

_KINDS = {"c": "canvas", "n": "number", "l": "login", "e": "email", "p": "participant"}


def person(student: str, ids: str = "", name: str = "") -> Person:
    """Return somebody; `ids` are like "c101 eada@x"."""
    clues = [Clue(_KINDS[word[0]], word[1:]) for word in ids.split()]
    return Person(student, (*clues, *([Clue("name", name)] if name else [])))


def called(name: str, ids: str) -> Person:
    """Return somebody of a table whose first column is what people call themselves."""
    return person(name, ids, name)


def marked(store: Store) -> list[str]:
    """Return what those are called who have marks by hand; in brackets if not on the roster."""
    has = {id for (id,) in store.rows("SELECT person FROM by_hand")}
    found = [each for each in students(store) if each.id in has]
    return [e.person.student if e.is_listed else f"({e.person.student})" for e in found]


ADA, EVE = called("Ömer, Ada", "c101 n0031"), called("Evil, Eve", "c666 n0666")
BY_LOGIN = person("ada", "lada eada@x", "Ada Ömer")
# Who is on the first roster and has marks by hand, who is on the next, and who has them then.
ROSTERS: list[tuple[Person, list[Person], str]] = [
    (ADA, [called("Omer, A.", "c101 n0031"), called("Ömer, Ada", "c666 n0666")], "Omer, A."),
    (ADA, [called("Ömer, Ada", "c666 n0666")], "(Ömer, Ada (2))"),
    (ADA, [person("0031", "c101 n31"), person("0666", "c666 n666")], "0031"),
    (ADA, [called("Ada", "n31"), called("Ömer, Ada", "n666")], "Ada"),
    (ADA, [called("Ömer, Ada", "eeve@x")], "(Ömer, Ada (2))"),
    (BY_LOGIN, [person("Ada Ömer", "c101 lADA"), person("ada", "c666 leve")], "Ada Ömer"),
    (BY_LOGIN, [person("eve", "leve eada@x"), person("ada", "lada eeve@x")], "ada"),
    (BY_LOGIN, [person("a", "lada"), person("b", "lada")], "(ada)"),
    (BY_LOGIN, [person("eve", "leve eada@x")], "(ada)"),
    (person("Ada"), [person("Ada"), person("Eve")], "Ada"),
    (person("ada@x"), [person("ada@x", "eada@x")], "ada@x"),
]


@pytest.mark.parametrize(("first", "then", "whose"), ROSTERS)
def test_marks_by_hand_stay_with_who_has_the_ids(
    tmp_path: Path, first: Person, then: list[Person], whose: str
) -> None:
    """A new name takes over nobody's; what ids contradict is told, and nobody's."""
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster([EVE, first] if first is ADA else [first])
        ((id,),) = store.rows("SELECT id FROM people WHERE student = ?", first.student)
        store.mark_by_hand(id, "double", 2.0, "for Ada alone")
        told = store.save_roster(then)
        match_all(store)
        assert marked(store) == [whose]
        assert [each.student for each in store.roster()] == [each.student for each in then]
        assert [f"({line.partition(': ')[0]})" for line in told] == [whose] * whose.startswith("(")
        assert store.save_roster([first]) == []  # mended, all is as it was
        assert marked(store) == [first.student]


def test_who_is_on_no_roster_is_told_by_ids_as_well(tmp_path: Path) -> None:
    """Another name with the same number is the same, the same name with another number is not."""
    hand_ins = {
        "a": [Clue("canvas", "101"), Clue("name", "omerada")],
        "b": [Clue("canvas", "101"), Clue("name", "somebody")],
        "c": [Clue("canvas", "666"), Clue("name", "omerada")],
        "d": [Clue("canvas", "666"), Clue("name", "omerada (101)")],
        "e": [Clue("participant", "101"), Clue("name", "omerada")],
    }
    with Store(tmp_path / "marks", make=True) as store:
        for place, clues in hand_ins.items():
            store.save_hand_in(HandIn(place, (tuple(clues),), ()), place, "lab.zip", "canvas")
        match_all(store)
        match_all(store)
        whose = dict(store.rows("SELECT place, person FROM owners JOIN hand_ins ON id = hand_in"))
        assert whose["a"] == whose["b"] and whose["c"] == whose["d"]
        assert len({*whose.values()}) == 3
        store.mark_by_hand(whose["a"], "double", 2.0, "")
        store.save_roster([called("omerada (101)", "c666"), called("Ada", "c101")])
        match_all(store)
        assert marked(store) == ["Ada"]


@pytest.mark.parametrize(("count", "number"), [(9, "n/a"), (3, "n/a"), (3, "0"), (3, "-")])
def test_what_many_have_is_no_id(tmp_path: Path, count: int, number: str) -> None:
    """Whatever stands where there is none."""

    def people(names: str) -> list[Person]:
        return [called(f"{names} {n}", f"n{number} e{n}@x") for n in range(count)]

    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster(people("A"))
        ((id,),) = store.rows("SELECT id FROM people WHERE student = 'A 1'")
        store.mark_by_hand(id, "double", 2.0, "")
        assert store.save_roster(people("B")) == [] and marked(store) == ["B 1"]


def test_nobody_on_the_roster_gets_what_is_nobodys(tmp_path: Path) -> None:
    """Somebody may be called as one who is not on it would be."""
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster([called("mallory (not on the roster)", "c666")])
        whose = ((Clue("folder", "mallory"),),)
        store.save_hand_in(HandIn("mallory", whose, ()), "1", "class", "folders")
        match_all(store)
        assert store.rows("SELECT position FROM owners JOIN people ON id = person") == [(None,)]


def test_a_hand_in_that_becomes_somebody_elses_is_told(tmp_path: Path) -> None:
    """Whoever it was, and is."""
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster([called("Ada", "c1"), called("Bob", "c2")])
        clues = (Clue("canvas", "1"), Clue("name", "Ada"))
        store.save_hand_in(HandIn("Ada_1", (clues,), ()), "1", "lab.zip", "canvas")
        assert match_all(store) == match_all(store) == []
        store.save_roster([called("Ada", "c2"), called("Bob", "c1")])
        assert match_all(store) == []  # these are other names of the same two
        store.save_roster([called("Bob", "c2")])  # so Ada's is nobody's on it
        assert match_all(store) == []
        store.save_roster([called("Cy", "c3"), called("Ada", "n1")])
        ((source, place, before, after),) = match_all(store)
        assert (source, place, after) == ("lab.zip", "Ada_1", "Ada") and before != after


def test_values_of_quizzes_are_drawn_from_the_first_name(tmp_path: Path) -> None:
    """Another name would make other questions of those that were answered."""
    with Store(tmp_path / "marks", make=True) as store:
        for name in ("Ömer, Ada", "Omer, A.", "Ada", "Ömer, Ada"):
            store.save_roster([called(name, "c101")])
            (student,) = students(store)
            assert student == Student(student.id, called(name, "c101"), True, "Ömer, Ada")
