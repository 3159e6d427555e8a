"""Who somebody is stays so from roster to roster: by ids, never by a name that people choose."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from grader.classroom.hand_ins.record import Clue, HandIn
from grader.classroom.intake import match_all
from grader.classroom.marks.reading import Student, students
from grader.classroom.marks.store import Store
from grader.classroom.people.roster import Person, read_people
from grader.classroom.people.tables import Table

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


NONE = ["n/a", "-", "none", "0", "TBA", "N.A.", "000", "?", "Unknown", "#N/A", "x"]


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


@pytest.mark.parametrize("number", NONE)
@pytest.mark.parametrize("others", [0, 2])
def test_a_newcomer_without_a_number_is_nobody_who_left(
    tmp_path: Path, number: str, others: int
) -> None:
    """What stands where there is none is no number, be it of one or of a few."""
    stay = [person(f"b{n}", f"lb{n} n{number}", f"Bob {n}") for n in range(others)]
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster([person("ada", f"lada n{number}", "Ada Ömer"), *stay])
        store.mark_by_hand(1, "double", 2.0, "for Ada alone")
        assert len(store.save_roster([*stay, person("zoe", f"lzoe n{number}", "Zoe Zed")])) == 1
        assert marked(store) == ["(ada)"]
        store.save_roster([*stay, person("Zoe Zed", f"n{number}", "Zoe Zed")])
        assert marked(store) == ["(ada)"]


@pytest.mark.parametrize("kind", ["n", "l", "e", "c"])
@pytest.mark.parametrize("is_first", [False, True])
def test_an_id_that_two_of_a_list_share_is_nobodys(
    tmp_path: Path, kind: str, is_first: bool
) -> None:
    """On the roster that was, or on the one that comes."""
    one, two = [person("ada", f"{kind}77")], [person(name, f"{kind}77") for name in ("bob", "cy")]
    first, then = ([*one, *two], [person("zoe", f"{kind}77")]) if is_first else (one, two)
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster(first)
        store.mark_by_hand(1, "double", 2.0, "")
        assert len(store.save_roster(then)) == 1 and marked(store) == ["(ada)"]


def counted(heads: str, names: str, numbers: Sequence[object]) -> list[Person]:
    """Return a class whose first column has numbers, and a person's name, and perhaps address."""
    rows = [
        (str(number), name, f"{name.lower()}@x")[: heads.count(",") + 1]
        for number, name in zip(numbers, names.split(), strict=True)
    ]
    return [*read_people(Table("r.csv", tuple(heads.split(",")), tuple(rows)))]


@pytest.mark.parametrize(
    "heads", ["No,Name", "#,Name", "Number,Name", "Number,Name,Email", "ID,Name"]
)
@pytest.mark.parametrize("numbers", [range(1, 8), [f"0{n}" for n in range(1, 8)]])
def test_who_has_the_number_of_another_row_has_not_its_marks(
    tmp_path: Path, heads: str, numbers: Sequence[object]
) -> None:
    """A number may count the rows: then who joins at the top has that of somebody else."""
    names = "Ada Bob Cy Dan Fay Gus"
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster(counted(heads, names, numbers[:-1]))
        (first, *_) = students(store)
        store.mark_by_hand(first.id, "double", 4.0, "")
        assert len(store.save_roster(counted(heads, f"Aaron {names}", numbers))) == 1
        assert marked(store) == [f"({numbers[0]} (2))"]


Sent = tuple[str, str]  # ids, and a name
ADAS: Sent = ("eada@x n31", "Ada Ömer")


def send(store: Store, *every: Sent) -> None:
    """Write down what Gradescope says of some who handed in."""
    for n, (ids, name) in enumerate(every):
        clues = person("", ids, name).clues
        store.save_hand_in(HandIn(str(n), (clues,), ()), f"{n} {ids}", "lab.zip", "gradescope")
    match_all(store)


@pytest.mark.parametrize(
    "eves",
    [
        ("eeve@x n31", "Eve Evil"),
        ("eeve@x n0031", "Ada Ömer"),
        ("eeve@x neve@x", "ada@x"),
        ("nada@x", "Eve Evil"),
        ("", "ada@x"),
        ("p7 n31", "Ada Ömer"),
    ],
)
@pytest.mark.parametrize("is_first", [False, True])
def test_a_typed_number_makes_nobody_somebody_else(
    tmp_path: Path, eves: Sent, is_first: bool
) -> None:
    """Where there is no roster the address says who it is."""
    with Store(tmp_path / "marks", make=True) as store:
        send(store, *((eves, ADAS) if is_first else (ADAS, eves)), ("eada@x n99", "Ada"))
        owners = [who for (who,) in store.rows("SELECT person FROM owners ORDER BY hand_in")]
        ada, eve = owners[int(is_first)], owners[int(not is_first)]
        assert ada != eve and owners[2] == ada


LATER = [person("ada", "eada@x n31", "Ada Ömer"), person("eve", "eeve@x n66", "Eve Evil")]
NUMBERS = [person("31", "n31", "Ada Ömer"), person("66", "n66", "Eve Evil")]
ALONE = [("eeve@x n31", "Eve Evil")]


@pytest.mark.parametrize(
    ("sent", "roster", "whose"),
    [
        ([("eada@x", "Ada Ömer"), *ALONE], LATER, ["eve"]),
        ([ADAS, *ALONE], LATER, ["eve"]),
        (ALONE, LATER, ["eve"]),
        ([("eeve@x n31", "Ada Ömer")], LATER, ["eve"]),
        ([ADAS, *ALONE], NUMBERS, ["(eve@x)"]),
        (ALONE, NUMBERS, ["(eve@x)"]),
        ([ADAS, ("eeve@x n31", "Somebody")], NUMBERS, ["(eve@x)"]),
        ([("eeve@x n66", "Evie")], NUMBERS, ["66"]),
    ],
)
def test_marks_by_hand_go_to_nobody_whose_number_was_typed(
    tmp_path: Path, sent: list[Sent], roster: list[Person], whose: list[str]
) -> None:
    """When a roster comes after them; what is then nobody's is told."""
    with Store(tmp_path / "marks", make=True) as store:
        send(store, *sent)
        ((eve,),) = store.rows("SELECT id FROM people WHERE student = 'eve@x'")
        store.mark_by_hand(eve, "double", 2.0, "Eve, this is copied")
        told = store.save_roster(roster)
        match_all(store)
        assert marked(store) == whose
        assert len(told) == whose[0].startswith("(")
