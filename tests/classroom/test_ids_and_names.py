"""An id outranks a name, wherever the two meet: hand-ins, tables of platforms, marks by hand."""

from __future__ import annotations

from datetime import timezone
from pathlib import Path

import pytest

from grader.classroom.hand_ins.entries import Download, Entry, is_litter
from grader.classroom.hand_ins.forms import FORMS, form_of
from grader.classroom.hand_ins.record import Clue, HandIn
from grader.classroom.intake import match_all
from grader.classroom.marks.outline import by_names
from grader.classroom.marks.platform_ids import known_to, save_tables, surely
from grader.classroom.marks.reading import students
from grader.classroom.marks.store import File, Store, Terms
from grader.classroom.people.matching import Matcher
from grader.classroom.people.platform_tables import PlatformTable
from grader.classroom.people.registers import Registers
from grader.classroom.people.roster import Person
from grader.classroom.people.tables import read_table
from grader.errors import UsageError
from grader.terminal.commands.class_mark import _student

_KINDS = {"c": "canvas", "n": "number", "l": "login", "e": "email", "p": "participant"}
Clues = tuple[Clue, ...]


def clues(said: str, name: str = "") -> Clues:
    """Return clues; `said` is like "c101 eada@x"."""
    found = [Clue(_KINDS[word[0]], word[1:]) for word in said.split()]
    return (*found, *([Clue("name", name)] if name else []))


ADA = Person("ada", clues("lada eada@x n0031", "Ada Ömer"))
EVE = Person("eve", clues("leve eeve@x n0666", "Eve Evil"))


def owners(
    tmp_path: Path, hand_ins: list[Clues], rows: tuple[Clues, ...] = (), platform: str = "canvas"
) -> list[str]:
    """Return whose each hand-in is; a platform's table may have been kept before."""
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster([ADA, EVE])
        save_tables(store, [PlatformTable(platform, rows, ())])
        for n, each in enumerate(hand_ins):
            store.save_hand_in(HandIn(str(n), (each,), ()), str(n), "lab.zip", "gradescope")
        match_all(store)
        found = store.rows(
            "SELECT IIF(position IS NULL, '', student) FROM owners JOIN people ON id = person"
            " ORDER BY hand_in"
        )
        return [student for (student,) in found]


@pytest.mark.parametrize(
    ("hand_ins", "whose"),
    [
        ([clues("eada@x n0031"), clues("eevil@y", "Ada Ömer")], ["ada", ""]),
        ([clues("eevil@y", "Ada Ömer")], [""]),
        ([clues("n0999", "Ada Ömer")], [""]),
        ([clues("lother", "Ömer, Ada")], [""]),
        ([clues("p8 eevil@y", "Ada Ömer"), clues("p7 eada@x", "Ada Ömer")], ["", "ada"]),
        ([clues("eada@x n0031"), clues("eevil@y n0031", "Somebody")], ["ada", ""]),
        ([clues("eprivate@y n31", "Ada Ömer")], ["ada"]),  # nobody else has her number
        ([clues("", "Ada Ömer"), clues("n666", "Eve Evil")], ["ada", "eve"]),
    ],
)
def test_a_name_beside_another_id_is_nobodys(
    tmp_path: Path, hand_ins: list[Clues], whose: list[str]
) -> None:
    """Nor is an id that several hand in under, whose other ids are not all theirs."""
    assert owners(tmp_path, hand_ins) == whose


@pytest.mark.parametrize("kind", ["n", "l", "e"])
@pytest.mark.parametrize(("shared", "counts"), [("", True), ("1", True), ("12", False)])
def test_ids_of_another_system_say_nothing_against_a_name(
    tmp_path: Path, kind: str, shared: str, counts: bool
) -> None:
    """Where few of them are on the roster, which has others; more than a quarter say the system."""
    people = [Person(f"p{n}", clues(f"{kind}{n + 10}", f"Person {'ABCD'[n]}")) for n in range(4)]
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster(people)
        for n in range(4):
            own = clues(f"{kind}{n + 10 if str(n) in shared else n + 70}", f"Person {'ABCD'[n]}")
            store.save_hand_in(HandIn(str(n), (own,), ()), str(n), "lab.zip", "gradescope")
        match_all(store)
        ((found,),) = store.rows(
            "SELECT COUNT(*) FROM owners JOIN people ON id = person WHERE position IS NOT NULL"
        )
        assert found == (4 if counts else len(shared))
        store.mark_by_hand(1, "double", 2.0, "")
        told = store.save_roster(
            Person(f"q{n}", (*clues(f"{kind}{n + 70}"), Clue("canvas", str(n)))) for n in range(4)
        )
        assert len(told) == 1  # nothing that both rosters have leads anywhere


@pytest.mark.parametrize(
    ("hand_in", "whose"),
    [
        (clues("c666", "Ada Ömer"), "eve"),
        (clues("c101", "Eve Evil"), "ada"),
        (clues("c102", "Ada Ömer"), ""),
        (clues("c103", "Ada Ömer"), "ada on moodle"),  # which counts anew for each assignment
    ],
)
@pytest.mark.parametrize("platform", ["canvas", "moodle"])
def test_what_a_platform_said_once_of_its_numbers_holds(
    tmp_path: Path, hand_in: Clues, whose: str, platform: str
) -> None:
    """Its table need not be named again."""
    whose, _, place = whose.partition(" on ")
    whose = whose if place in ("", platform) else ""
    rows = (clues("c101 lada", "x"), clues("c666 leve", "Ada Ömer"), clues("c102 lcy", "Ada Ömer"))
    as_moodle = [
        tuple(Clue("participant" if c.kind == "canvas" else c.kind, c.value) for c in each)
        for each in (hand_in, *rows)
    ]
    each, *table = as_moodle if platform == "moodle" else (hand_in, *rows)
    assert owners(tmp_path, [each], tuple(table), platform) == [whose]


@pytest.mark.parametrize(
    ("rows", "whose"), [(["c101", "c666"], ""), (["c666"], "ada"), (["c101 lada"], "")]
)
def test_a_name_of_two_in_a_platforms_table_tells_nothing(
    tmp_path: Path, rows: list[str], whose: str
) -> None:
    """Though one of them alone handed in."""
    table = tuple(clues(ids, "Ada Ömer") for ids in rows)
    assert owners(tmp_path, [clues("c666", "Ömer, Ada")], table) == [whose]


@pytest.mark.parametrize(
    ("rows", "by_name", "ids"),
    [
        ([clues("c666", "Ömer, Ada")], {"ada"}, {"ada": "666"}),
        ([clues("c666", "Ömer, Ada"), clues("c101 eada@x", "Addi")], set(), {"ada": "101"}),
        ([clues("c101 lada", "Addi"), clues("c666", "Ada Ömer")], set(), {"ada": "101"}),
        ([clues("c666 leve1", "Ömer, Ada")], set(), {}),
        ([clues("c7", "Mallory")], set(), {}),
    ],
)
def test_ids_that_only_a_name_tells_are_known_as_that(
    tmp_path: Path, rows: list[Clues], by_name: set[str], ids: dict[str, str]
) -> None:
    """And are nothing beside those that an id tells; nobody off the roster comes between."""
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster([ADA, EVE])
        own = clues("c101 p7 emallory@x", "Mallory"), clues("p8 eother@x", "Ada Ömer")
        for n, each in enumerate(own):
            store.save_hand_in(HandIn(str(n), (each,), ()), str(n), "lab.zip", "canvas")
        match_all(store)
        save_tables(store, [PlatformTable("canvas", tuple(rows), ())])
        known = known_to(store, "canvas")
        names = {each.id: each.person.student for each in students(store) if each.is_listed}
        assert {names[id] for id in known.by_name if id in names} == by_name
        found = {names[id]: own[0].value for id, own in known.ids.items() if id in names}
        assert found == ids
    assert surely(Matcher([ADA, EVE]), clues("eeve@x", "Ada Ömer")) == (EVE, False)


@pytest.mark.parametrize(
    ("word", "who"),
    [("bob", "bob@x"), ("Bob", "bob@x"), ("bob@x", "bob@x"), ("bobby", "bob@x"), ("mal", None)],
)
def test_who_is_marked_by_hand_is_on_the_roster(tmp_path: Path, word: str, who: str | None) -> None:
    """Whoever else chose to be called so; where nobody on it is, one who is not may be."""
    with Store(tmp_path / "marks", make=True) as store:
        store.assign(["double"], ["double"], Terms())
        bob = (Clue("email", "bob@x"), Clue("login", "bob"), Clue("name", "Bob"))
        store.save_roster([Person("bob@x", (*bob, Clue("github", "bobby")))])
        for name in ("bob", "Bob", "mal"):
            own = ((Clue("github", name), Clue("folder", name)),)
            store.save_hand_in(HandIn(name, own, ()), name, "lab", "git")
        match_all(store)
        assert _student(store, word).person.student == (who or "mal (not on the roster)")
        with pytest.raises(UsageError, match="nobody called"):
            _student(store, "nobody")


@pytest.mark.parametrize("number", ["101", "0101"])
def test_a_number_of_two_rows_is_neithers(tmp_path: Path, number: str) -> None:
    """A platform's table says nothing of it then, and no other table of theirs."""
    rows = (clues("c101 lada"), clues(f"c{number} leve"))
    assert owners(tmp_path, [clues("c101", "Somebody")], rows) == [""]
    for second, more in (("eve,bobby", ()), ("eve,evie", (Clue("login", "ada"),))):
        table = tmp_path / "names.csv"
        table.write_text(f"login,github\nada,bobby\n{second}\nx,n/a\n")
        registers = Registers([read_table(table)], timezone.utc)
        hand_in = HandIn("a", ((Clue("github", "bobby"),), (Clue("github", "n/a"),)), ())
        assert registers.completed(hand_in).submitters == (
            (Clue("github", "bobby"), *more),
            (Clue("github", "n/a"),),
        )


BY_NUMBER = [Person("31", clues("n31", "Ada Ömer")), Person("33", clues("n33", "Bob Neil"))]
WITH_ADDRESS = [
    Person("31", clues("n31 eada@x", "Ada Ömer")),
    Person("33", clues("n33 ebob@x", "Bob Neil")),
]
ADAS = clues("eada@x n31", "Ada Ömer")


@pytest.mark.parametrize(
    ("roster", "one", "two", "whose"),
    [
        (BY_NUMBER, ADAS, clues("ebob@x n31", "Bob Neil"), ["31", ""]),
        (BY_NUMBER, ADAS, clues("eeve@x n31", "Somebody"), ["", ""]),
        (BY_NUMBER, ADAS, clues("eeve@x n31", "Ada Ömer"), ["", ""]),
        (BY_NUMBER, ADAS, clues("eada@x n031", "Addy"), ["31", "31"]),
        (BY_NUMBER, clues("ebob@x n31", "Bob Neil"), clues("ebob@x n33", "Bob"), ["", "33"]),
        (BY_NUMBER, clues("eada@x", "Ada Ömer"), clues("eeve@x n31", "Eve"), ["", ""]),
        (BY_NUMBER, clues("eada@x n31", "Addy"), clues("eeve@x", "Ada Ömer"), ["", ""]),
        (BY_NUMBER, clues("eada@x n31", "Addy"), clues("eada@x", "Ada Ömer"), ["31", "31"]),
        (WITH_ADDRESS, ADAS, clues("eeve@y n31", "Eve Evil"), ["31", ""]),
        (WITH_ADDRESS, clues("eeve@y n31", "Eve Evil"), clues("ebob@x n33"), ["", "33"]),
        (WITH_ADDRESS, clues("eeve@y n31", "Bob Neil"), clues("eada@y n31", "Ada"), ["", ""]),
        (WITH_ADDRESS, clues("ebob@y n33", "Bob Neil"), clues("eeve@y n33", "Eve"), ["33", ""]),
        (WITH_ADDRESS, clues("eada@x n33", "Ada"), clues("ebob@x n33"), ["31", "33"]),
        (WITH_ADDRESS, clues("eada@x n33", "Ada"), clues("ebob@y n33", "Bob Neil"), ["31", "33"]),
    ],
)
@pytest.mark.parametrize("sources", [("lab.zip", "lab.zip"), ("one.zip", "two.zip")])
def test_a_number_that_one_may_type_takes_over_nothing(
    tmp_path: Path, roster: list[Person], one: Clues, two: Clues, whose: list[str], sources: Clues
) -> None:
    """An address outranks it, a second address or another's name makes it doubtful."""
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster(roster)
        for source, each in zip(sources, (one, two), strict=True):
            hand_in = HandIn(str(each), (each,), ())
            store.save_hand_in(hand_in, f"{source} {each}", str(source), "gradescope")
        match_all(store)
        found = store.rows(
            "SELECT IIF(position IS NULL, '', people.student), unmatched FROM hand_ins"
            " JOIN owners ON hand_in = hand_ins.id JOIN people ON people.id = person"
            " ORDER BY hand_ins.id"
        )
        assert [student for student, _ in found] == whose
        assert all(bool(student) != bool(why) for student, why in found)


@pytest.mark.parametrize(
    ("hand_in", "said"),
    [
        (clues("eada@x n31", "Addy"), ""),
        (clues("c7 n31", "Ada Ömer"), ""),
        (clues("n31", "Addy"), "Of 1 hand-in only"),
        (clues("eprivate@y n31", "Ada Ömer"), "Of 1 hand-in only"),
        (clues("", "Ada Ömer"), "Of 1 hand-in only"),
        (clues("n77", "Somebody"), ""),
    ],
)
def test_how_many_are_told_by_what_people_type_is_said(
    tmp_path: Path, hand_in: Clues, said: str
) -> None:
    """Where an address or a platform's number tells, nothing is."""
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster(WITH_ADDRESS)
        store.save_hand_in(HandIn("1", (hand_in,), ()), "1", "lab.zip", "gradescope")
        match_all(store)
        assert " ".join(by_names(store)).startswith(said) and bool(by_names(store)) == bool(said)


def test_a_doubt_of_one_is_none_of_the_others_in_a_group(tmp_path: Path) -> None:
    """Who handed in with them keeps what is theirs."""
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster(BY_NUMBER)
        both = (ADAS, clues("ebob@x n33", "Bob Neil"))
        store.save_hand_in(HandIn("1", both, ()), "1", "lab.zip", "gradescope")
        eves = (clues("eeve@x n33", "Somebody"),)
        store.save_hand_in(HandIn("2", eves, ()), "2", "lab.zip", "gradescope")
        match_all(store)
        listed = "SELECT student FROM owners JOIN people ON id = person WHERE position IS NOT NULL"
        assert store.rows(listed) == [("31",)]


@pytest.mark.parametrize("name", ["☆", "-", "...", "( )", "♥ ♥"])
@pytest.mark.parametrize("kind", ["name", "folder"])
def test_a_name_of_signs_is_like_no_other(name: str, kind: str) -> None:
    """Nor is a word for none anybody's id."""
    people = [Person("bob", clues("lbob n- e@x", "—")), Person("cy", clues("lcy n0", "!"))]
    assert not Matcher(people).match((Clue(kind, name),)).people
    assert not Matcher(people).match((Clue("number", name), Clue("email", "@x"))).people


def test_an_id_that_two_have_leaves_it_to_the_name() -> None:
    """And nobody is found by it."""
    people = [Person("ada", clues("n7", "Ada Ömer")), Person("eve", clues("n7", "Eve Evil"))]
    assert Matcher(people).match(clues("n7", "Ada Ömer")).people == (people[0],)
    assert "2 people" in Matcher(people).match(clues("n7", "Somebody")).why


TIME = "2026-05-05 10:00:00 UTC"


@pytest.mark.parametrize(
    ("path", "student"),
    [
        (f"inbound/ada+x+ps1+{TIME}/a.py", "ada+x"),
        (f"inbound/ada+ps1+{TIME}+ab12/a.py", "ada"),
        (f"inbound/ada+ps1+{TIME}+ps1+{TIME}/a.py", f"ada+ps1+{TIME}"),
        ("submitted/ada+x+y/ps1/a.py", "ada+x+y"),
        (f"submitted/ada+ps1+{TIME}/ps1/a.py", f"ada+ps1+{TIME}"),
        (f"ada+ps1+{TIME}/a.py", "ada"),
    ],
)
def test_a_plus_in_a_name_makes_it_nobody_elses(path: str, student: str) -> None:
    """The time at the end tells what comes before."""
    files = Download("class", (Entry(path, lambda most: b""),))
    (found,) = FORMS["nbgrader"].hand_ins(files)
    assert found.submitters == ((Clue("folder", student),),)
    assert [entry.path for entry in found.files] == ["a.py"]


@pytest.mark.parametrize("folder", ["0031", "ada", "ada@x"])
def test_a_name_that_is_anothers_id_takes_no_answer(folder: str) -> None:
    """Where folders are called by names, nobody knows whose it is; else it would be Ada's."""
    match = Matcher([ADA, Person("eve", clues("leve", folder))]).match((Clue("folder", folder),))
    assert not match.people and "it may be that of ada and eve" in match.why
    assert Matcher([ADA, EVE]).match((Clue("folder", folder),)).people == (ADA,)


@pytest.mark.parametrize("step", ["submitted", "inbound"])
@pytest.mark.parametrize("name", ["{}", "{}.zip", "ps1.zip"])
def test_a_step_of_nbgraders_is_no_student(step: str, name: str) -> None:
    """Whether it was zipped whole, or what is in it, and whatever the zip is called."""
    inside = [f"{n}/ps1" if step == "submitted" else f"{n}+ps1+{TIME}" for n in ("ada", "bob")]
    for around in (f"{step}/", "") if name != "ps1.zip" else (f"{step}/",):
        paths = [f"{around}{each}/{file}" for each in inside for file in ("a.py", "timestamp.txt")]
        files = Download(name.format(step), tuple(Entry(path, lambda most: b"") for path in paths))
        assert form_of(files) == "nbgrader"
        found = [each.submitters for each in FORMS["nbgrader"].hand_ins(files)]
        assert found == [((Clue("folder", each),),) for each in ("ada", "bob")]


def test_a_folder_that_a_teacher_called_as_nbgrader_does_is_a_plain_one() -> None:
    """With files in students' folders, where nbgrader has a folder for each assignment."""
    paths = [f"submitted/{name}/a.py" for name in ("ada", "bob", "cy")]
    files = Download("lab.zip", tuple(Entry(path, lambda most: b"") for path in paths))
    assert form_of(files) == "folders"
    found = [each.place for each in FORMS["folders"].hand_ins(files)]
    assert found == ["ada", "bob", "cy"]


def test_only_what_programs_leave_is_not_listed() -> None:
    """Somebody, or a file, may be called with two underscores."""
    read = ["__softmax.py", "__final__/softmax.py", "__cy/softmax.py", "a/__main__.py"]
    assert not any(map(is_litter, read))
    left = ["__MACOSX/a.py", "a/__pycache__/a.py", "a/__init__.py", ".git/a", "a/~$a.docx"]
    assert all(map(is_litter, left))


@pytest.mark.parametrize(
    ("number", "exercise", "whose"),
    [
        ("666", "softmax", {"(666) (not on the roster)"}),  # hers who is in no group
        ("777", "softmax", {"(777) (not on the roster)"}),
        ("777", "masking", {"ada", "bob"}),  # which neither of them handed in alone
        ("101", "softmax", {"ada", "bob"}),
    ],
)
def test_who_is_called_like_a_group_does_not_hand_in_for_it(
    tmp_path: Path, number: str, exercise: str, whose: set[str]
) -> None:
    """In another download than its members did."""
    people = [("ada", "101", "Team 1"), ("bob", "103", "Team 1"), ("eve", "666", "")]
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster(
            Person(student, (Clue("login", student), *([Clue("group", team)] if team else [])))
            for student, _, team in people
        )
        for student, canvas, _ in people:
            each = (Clue("canvas", canvas), Clue("login", student))
            store.save_hand_in(HandIn(student, (each,), ()), student, "one.zip", "canvas")
            store.save_files(student, [File("a.py", "softmax", "", student.encode())], "1")
        team = (Clue("canvas", number), Clue("group", "team 1"))
        store.save_hand_in(HandIn("team", (team,), ()), "team", "two.zip", "canvas")
        store.save_files("team", [File("a.py", exercise, "", b"team")], "1")
        match_all(store)
        found = store.rows(
            "SELECT p.student FROM owners JOIN people p ON p.id = person JOIN hand_ins h"
            " ON h.id = hand_in WHERE h.digest = 'team'"
        )
    assert {student for (student,) in found} == whose


def test_a_group_among_people_is_nobodys(tmp_path: Path) -> None:
    """Who is alone in it may have called it as somebody is called."""
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster(
            [Person("ada", clues("lada", "Ada")), Person("eve", (Clue("group", "Addy"),))]
        )
        for name in ("Ada", "Addy"):
            each = (Clue("name", name), Clue("group", name))
            store.save_hand_in(HandIn(name, (each,), ()), name, "lab.zip", "moodle")
        match_all(store)
        found = store.rows(
            "SELECT h.digest, p.student, h.unmatched FROM owners JOIN people p ON p.id = person"
            " JOIN hand_ins h ON h.id = hand_in ORDER BY h.id"
        )
    assert [student for _, student, _ in found] == ["ada", "Addy (not on the roster)"]
    assert "among hand-ins of people" in found[1][2]


@pytest.mark.parametrize(("one", "other"), [("1", "01"), ("Team1", "team1"), ("Team 1", "team 1")])
def test_groups_that_are_called_alike_are_two(one: str, other: str) -> None:
    """Some platforms write all small: between two of a name nobody guesses."""
    people = [Person("ada", (Clue("group", one),)), Person("eve", (Clue("group", other),))]
    found = Matcher(people).match((Clue("group", one.lower()),))
    assert [person.student for person in found.people] in ([], ["ada"])
    assert found.people or "the group " in found.why


def test_a_clone_that_may_be_of_two_is_nobodys() -> None:
    """What stands in front of a name may be the assignment's, or the beginning of the name."""
    people = [Person(f"p{n}", (Clue("github", name),)) for n, name in enumerate(("ada", "uni-ada"))]
    found = Matcher(people).match((Clue("github", "ada"), Clue("github", "uni-ada")))
    assert not found.people and "that of p0 and p1" in found.why


@pytest.mark.parametrize("names", ["Ada Fay Gil", "Ada Bob Cy"])
def test_a_name_beside_other_ids_takes_no_marks_by_hand(tmp_path: Path, names: str) -> None:
    """Be it another section's roster, or have the same people ids of another system there."""

    def roster(first: int, called: str) -> list[Person]:
        return [
            Person(name, clues(f"n{first + n} e{first + n}@x", name))
            for n, name in enumerate(called.split())
        ]

    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster(roster(10, "Ada Bob Cy"))
        (ada,) = (each.id for each in students(store) if each.person.student == "Ada")
        store.mark_by_hand(ada, "double", 4.0, "")
        told = store.save_roster(roster(90, names))
        (now,) = (each.id for each in students(store) if each.person.student == "Ada")
    assert now != ada and told


@pytest.mark.parametrize("kind", ["github", "folder", "name"])
def test_a_group_that_is_called_as_somebody_is_may_be_theirs(kind: str) -> None:
    """Students call their groups, and what a group hands in, by anybody."""
    value = "Ada" if kind == "name" else "ada"
    ada = Person("ada", (Clue(kind, value), Clue("group", "rocket")))
    eve = Person("eve", (Clue("login", "eve"), Clue("group", "ada")))
    clues = (Clue(kind, value), Clue("group", value))
    assert "or a group" in Matcher([ada, eve]).match(clues).why
    assert Matcher([ada]).match(clues).people == (ada,)


def test_two_names_on_github_with_one_number_are_two(tmp_path: Path) -> None:
    """People type it into a survey."""
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster(BY_NUMBER)
        for name in ("octo1", "octo6"):
            own = (Clue("github", name), *clues("n31"))
            store.save_hand_in(HandIn(name, (own,), ()), name, "lab", "git")
        match_all(store)
        found = store.rows("SELECT unmatched FROM hand_ins")
    assert all("which one may type" in why for (why,) in found)


@pytest.mark.parametrize("spelled", ["ada-gh", "Ada GH", "ada_gh"])
def test_a_group_is_called_as_platforms_spell_it(spelled: str) -> None:
    """They leave signs and cases out: so it may be somebody's all the same."""
    ada = Person("ada", (Clue("github", "ada-gh"), Clue("group", "rocket")))
    eve = Person("eve", (Clue("group", spelled),))
    clone = (Clue("github", "ada-gh"), Clue("folder", "ada-gh"), Clue("group", "ada-gh"))
    assert "or a group" in Matcher([ada, eve]).match(clone).why


def test_a_clone_that_may_be_of_two_groups_is_nobodys() -> None:
    """What stands in front of a name may be the assignment's, or the beginning of the name."""
    people = [Person(name, (Clue("group", name),)) for name in ("rocket", "uni-rocket")]
    found = Matcher(people).match((Clue("group", "rocket"), Clue("group", "uni-rocket")))
    assert not found.people and "the group rocket" in found.why


@pytest.mark.parametrize("kind", ["email", "login"])
def test_two_names_on_github_that_a_table_puts_to_one_are_nobodys(
    tmp_path: Path, kind: str
) -> None:
    """People type into a survey whatever they like; a roster's own column decides."""
    ada = Person("ada", (Clue(kind, "ada@x"),))
    for roster, count in ((ada, 0), (ada._replace(clues=(*ada.clues, Clue("github", "o1"))), 2)):
        with Store(tmp_path / f"marks{count}", make=True) as store:
            store.save_roster([roster])
            for name in ("o1", "o6"):
                own = (Clue("github", name), Clue(kind, "ada@x"))
                store.save_hand_in(HandIn(name, (own,), ()), name, "lab", "git")
            match_all(store)
            found = store.rows("SELECT COUNT(*) FROM hand_ins WHERE unmatched = ''")
        assert found == [(count,)]


def test_what_most_people_share_leads_to_nobody() -> None:
    """A column that was filled down: to go through all of them for each of them takes time."""
    people = [Person(f"u{n}", clues("eall@x n7", "Jo Do")) for n in range(200)]
    assert Matcher(people[:3]).agrees(people[0].clues)
    assert Matcher(people).agrees(people[0].clues) is None


@pytest.mark.parametrize("called", ["0034", "dee@x", "2024/0034"])
@pytest.mark.parametrize("kind", ["name", "github"])
def test_a_folder_called_by_an_id_is_nobodys_name(called: str, kind: str) -> None:
    """It may be of a kind that the roster has no column of, and anybody can call themselves so."""
    eve = Person("eve", (*clues("leve"), Clue(kind, called)))
    assert Matcher([Person("ada", clues("lada", "Ada")), eve]).match((Clue("folder", called),)).why


@pytest.mark.parametrize("called", ["ada", "0031", "ada@x"])
def test_a_first_column_may_be_of_names(called: str) -> None:
    """Nobody knows what its heading means, and people may have chosen what stands in it."""
    eve = Person("eve", (Clue("folder", called), *clues("leve")))
    folder = Clue("folder", called)
    assert Matcher([ADA, eve]).match((folder,)).why == "it may be that of eve and ada"
    assert Matcher([eve]).match((folder,)).people == (eve,)
    assert Matcher([ADA]).match((folder,)).people == (ADA,)


def test_what_a_file_of_somebody_would_be_called_takes_nobodys_address() -> None:
    """A name such as (ada) has that of a folder in it, which may be Ada's."""
    ada, eve = Person("ada", clues("eada@x")), Person("eve", (Clue("folder", "(ada)"),))
    assert not Matcher([ada, eve]).match((Clue("folder", "ada"),)).people
    assert Matcher([ADA, eve]).match((Clue("folder", "ada"),)).people == (ADA,)
