"""What one person hands in changes nothing about anybody else: neither whose it is nor how read."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from io import BytesIO
from pathlib import Path

import pytest

from grader.classroom.hand_ins.entries import Download, Entry, open_download
from grader.classroom.hand_ins.folders import hand_ins_of_files
from grader.classroom.hand_ins.forms import FORMS, form_of, forms_of_quizzes
from grader.classroom.hand_ins.record import Clue, HandIn
from grader.classroom.hand_ins.times import moment_of, read_amount, read_stamp, utc
from grader.classroom.intake import match_all
from grader.classroom.marks.downloads import write_download
from grader.classroom.marks.lateness import due_of
from grader.classroom.marks.not_answers import refused_of
from grader.classroom.marks.store import File, Store
from grader.classroom.one_folder import is_somebodys
from grader.classroom.people.file_names import stems_of
from grader.classroom.people.matching import Matcher
from grader.classroom.people.roster import Person, read_people
from grader.classroom.people.tables import MAX_CELL, read_table
from grader.course.course import Course
from grader.errors import UsageError
from tests.conftest import Ended


def download(*paths: str, name: str = "class.zip") -> Download:
    """Return a zip that holds these files, of a line each."""
    return Download(
        name, tuple(Entry(path, lambda most: b"x = 1\n", open=BytesIO) for path in paths)
    )


def whose(files: Download, form: str) -> dict[str, tuple[Clue, ...]]:
    """Return who is said to have handed in each file."""
    return {
        entry.path: tuple(clue for clues in each.submitters for clue in clues)
        for each in FORMS[form].hand_ins(files)
        for entry in each.files
    }


def senders(files: Download, form: str) -> list[tuple[Clue, ...]]:
    """Return who handed in anything."""
    return [clues for each in FORMS[form].hand_ins(files) for clues in each.submitters]


MOODLE = [f"P{n}_{n}_assignsubmission_file_/softmax.py" for n in (101, 102)]
CANVAS = [f"p{n}_{n}_5{n}_softmax.py" for n in (101, 102)]
FOLDERS = ["ada/softmax.py", "bob/softmax.py"]
GRADESCOPE = [f"assignment_7_export/{n}" for n in ("submission_metadata.yml", "submission_1/a.py")]
NBGRADER = ["ada/lab/timestamp.txt", "bob/lab/timestamp.txt", "bob/lab/softmax.py"]


@pytest.mark.parametrize(
    ("form", "paths", "strange"),
    [
        ("moodle", MOODLE, ["P103_103_assignsubmission_file_/submission_metadata.yml"]),
        ("moodle", MOODLE, ["P103_103_assignsubmission_file_/a/timestamp.txt"] * 9),
        ("canvas", CANVAS, ["p103_103_503_submission_metadata.yml", "p103_103_504_timestamp.txt"]),
        ("folders", FOLDERS, ["eve/timestamp.txt", "eve/lab/timestamp.txt"]),
        ("folders", [f"lab/{path}" for path in FOLDERS], ["lab/eve/timestamp.txt"]),
        ("folders", FOLDERS, ["eve/submission_metadata.yml", "eve/submission_1/softmax.py"]),
        ("folders", FOLDERS, [f"eve/x_9_assignsubmission_file_/{n}.txt" for n in range(9)]),
        ("folders", FOLDERS, [f"eve/x_1_2_{n}.txt" for n in range(9)]),
        ("folders", FOLDERS, ["a+b+c@x.edu/softmax.py", "eve/submitted/x/softmax.py"]),
        ("gradescope", GRADESCOPE, ["assignment_7_export/submission_2/timestamp.txt"]),
        ("nbgrader", NBGRADER, [f"ada/lab/x_9_assignsubmission_file_{n}" for n in range(9)]),
    ],
)
def test_no_file_of_one_says_how_all_are_read(
    form: str, paths: list[str], strange: list[str]
) -> None:
    """What is below a person's own folder is theirs, whatever it is called and however much."""
    assert form_of(download(*paths)) == form
    assert form_of(download(*paths, *strange)) == form


def test_a_repository_in_one_folder_is_one_persons(untouched: Course, tmp_path: Path) -> None:
    """A folder of clones has one for nearly everybody."""
    for path in (*FOLDERS, "eve/softmax.py", "eve/.git/HEAD"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("")
    with open_download(untouched, tmp_path) as opened:
        assert form_of(opened) == "folders"


@pytest.mark.parametrize(
    "paths",
    [
        ["eve/submission_metadata.yml", "eve/submission_1/softmax.py"],
        ["eve/x_102_assignsubmission_file_/softmax.py"],
        ["eve/bobneil_12_502_softmax.py"],
        ["eve/lab/timestamp.txt", "eve/lab/softmax.py"],
        [*NBGRADER, "eve/softmax.py"],
    ],
)
def test_where_it_is_unclear_the_form_is_asked_for(paths: list[str]) -> None:
    """The one folder may be the only student's; some have time stamps, and others have not."""
    with pytest.raises(UsageError) as raised:
        form_of(download(*paths))
    assert "--from folders" in str(raised.value)


@pytest.mark.parametrize("loose", ["README.txt", "lab/README.txt", "lab/Thumbs.db", "grades.csv"])
@pytest.mark.parametrize(
    ("form", "paths"),
    [
        ("folders", [f"lab/{path}" for path in (*FOLDERS, "cy/softmax.py")]),
        ("moodle", [f"lab/{path}" for path in MOODLE]),
        ("canvas", [f"lab/{path}" for path in CANVAS]),
        ("gradescope", GRADESCOPE),
    ],
)
def test_what_lies_beside_peoples_folders_is_nobodys(
    form: str, paths: list[str], loose: str
) -> None:
    """A teacher may put all into one folder, and something of theirs beside."""
    beside = loose.replace("lab", paths[0].partition("/")[0])
    alone, found = (senders(download(*each), form) for each in (paths, [*paths, beside]))
    assert found == alone and len(alone) == {"folders": 3, "gradescope": 0}.get(form, 2)


def test_a_few_files_of_a_platform_beside_a_folder_are_still_its() -> None:
    """Where nothing in that is called as it calls files, and the other way round."""
    notes = [f"notes/{n}.txt" for n in range(9)]
    assert len(senders(download(*CANVAS, *notes), "canvas")) == 2
    inside = [f"lab/{path}" for path in CANVAS]
    found = senders(download(*inside, "youngcy_103_5103_softmax.py"), "canvas")
    assert [clues[0].value for clues in found] == ["101", "102"]


@pytest.mark.parametrize("name", ["x/byronada_101_504_{}.py", "/byronada_101_504_{}.py"])
def test_a_file_that_is_called_like_a_folder_makes_none(name: str) -> None:
    """Some programs write what stands before a backslash as a folder."""
    eves = [f"evileve_666_503_{name.format(n)}" for n in range(9)]
    found = senders(download(*CANVAS, *eves), "canvas")
    assert [clues[0].value for clues in found] == ["101", "102"]


def test_one_folder_among_peoples_files_is_not_all_of_theirs() -> None:
    """However much is in it."""
    files = [f"{name}.yaml" for name in ("ada", "bob", "cy", "dee")]
    eves = ["eve/submission_metadata.yml", *(f"eve/submission_1/{n}.yaml" for n in range(9))]
    assert form_of(download(*files, *eves), forms_of_quizzes(["means"])) == "files"


@pytest.mark.parametrize(
    "name", ["eve_15_{}_a.yaml", "Eve_{}_assignsubmission_file_a.yaml", "eve+{}+2026-05-04 10:00"]
)
def test_many_files_of_one_beside_other_peoples_are_asked_about(name: str) -> None:
    """Where each file may be a person's, a share of them says nothing."""
    files = [f"{student}.yaml" for student in ("ada", "bob", "cy", "dee")]
    forms = forms_of_quizzes(["means"])
    eves = [name.format(n) for n in range(90)]
    with pytest.raises(UsageError, match="not all that is in it") as raised:
        form_of(download(*files, *eves), forms)
    assert "--from files, --from folders" in (raised.value.next or "")
    assert form_of(download(*CANVAS, *CANVAS), forms) == "canvas"


@pytest.mark.parametrize(
    "inside", ["exercises/a.py", "solutions/a.py", "exercises/basics/a.py", "quizzes/a.yaml"]
)
def test_a_folder_of_a_course_among_peoples_is_not_all_that_is_there(inside: str) -> None:
    """Where there is nothing else it is one person's course."""
    people = [f"lab/{path}" for path in (*FOLDERS, "cy/softmax.py")]
    found = senders(download(*people, f"lab/{inside}"), "folders")
    assert [clue.value for clue, *_ in found] == ["ada", "bob", "cy", inside.split("/")[0]]
    ((clue, *_),) = senders(download(f"ada/{inside}", "ada/x.py"), "folders")
    assert clue == Clue("folder", "ada")


@pytest.mark.parametrize(
    ("clones", "people"),
    [
        ("lab-ada lab-bob lab-cy eve", "ada bob cy eve"),
        ("lab-1-ada lab-1-bob lab-1-cy-d x-eve", "ada bob cy-d x-eve"),
        ("lab-ada-a lab-ada-b lab-ada-c lab-bob", "ada-a ada-b ada-c bob"),
        ("lab-1-ada lab-1-bob lab-1-cy lab-2-dee", "ada bob cy 2-dee"),
        ("anna-m anna-n bob", "anna-m anna-n bob"),
        ("lab-ada lab-bob", "ada bob"),
        ("lab-ada", "lab-ada"),
        ("ada bob", "ada bob"),
    ],
)
def test_one_repository_that_is_called_otherwise_hides_nobody(
    untouched: Course, tmp_path: Path, clones: str, people: str
) -> None:
    """What nearly all begin with may be the assignment's name."""
    for name in clones.split():
        (tmp_path / "clones" / name / ".git").mkdir(parents=True)
        (tmp_path / "clones" / name / "a.py").write_text("")
    with open_download(untouched, tmp_path / "clones") as opened:
        found = {each.place: each.submitters[0] for each in FORMS["git"].hand_ins(opened)}
    for clone, person in zip(clones.split(), people.split(), strict=True):
        assert Clue("github", person) in found[clone] and len(found[clone]) <= 6


@pytest.mark.parametrize("loose", ["README.txt", "notes/a.txt"])
def test_what_lies_beside_attempts_hides_nobody(loose: str) -> None:
    """In nbgrader's folder of what came in."""
    attempts = [f"{who}+ps1+2026-05-05 10:00:0{n} UTC/a.py" for n, who in enumerate(("ada", "bob"))]
    found = senders(download(*attempts, loose), "nbgrader")
    assert {"ada", "bob"} <= {clue.value for clue, *_ in found}


def test_metadata_below_a_students_folder_says_nothing_of_others() -> None:
    """Gradescope's own is at the top; another one is a file that somebody handed in."""
    theirs = "assignment_7_export/submission_1/submission_metadata.yml"
    assert "submission_metadata.yml" in whose(download(*GRADESCOPE, theirs), "gradescope")
    with pytest.raises(UsageError):
        whose(download(*FOLDERS, "eve/submission_metadata.yml"), "gradescope")


def test_a_files_name_says_nothing_of_whose_it_is() -> None:
    """Names are read from the left, where the platform writes."""
    eves = "Eve_103_assignsubmission_file_x_102_assignsubmission_file_centre.py"
    found = whose(download(eves, "Bob_102_assignsubmission_file_centre.py"), "moodle")
    assert found["x_102_assignsubmission_file_centre.py"][0] == Clue("participant", "103")
    found = whose(download("maleve_13_503_LATE_12_text.html", "maleve_13_503_a_1_2_b"), "canvas")
    assert {clues[0] for clues in found.values()} == {Clue("canvas", "13")}
    assert {*found} == {"LATE_12_text.html", "a_1_2_b"}


def test_a_number_in_a_chosen_name_is_nobodys() -> None:
    """Somebody called mal_12_502_x would hand in for user 12."""
    found = whose(download("neilbob_12_502_a.py", "mal_12_502_x_13_503_b.py"), "canvas")
    assert {path: clues[0].value for path, clues in found.items()} == {"a.py": "12", "b.py": "13"}


def test_the_name_of_a_group_is_not_a_strangers(tmp_path: Path) -> None:
    """Who is called as a group hands in for nobody whose own hand-in is there."""
    red = Clue("group", "Team Red")
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster([Person(n, (Clue("folder", n), red)) for n in ("ada", "bob", "eve")])
        called = (Clue("participant", "3"), Clue("name", "Team Red"), red)
        for place, clues in (("ada", (Clue("folder", "ada"),)), ("Team Red_3", called)):
            store.save_hand_in(HandIn(place, (clues,), ()), place, "lab.zip", "moodle")
        match_all(store)
        own = "SELECT place, unmatched FROM hand_ins JOIN owners ON hand_in = hand_ins.id"
        own += " JOIN people ON people.id = person WHERE position IS NOT NULL"
        assert store.rows(own) == [("ada", "")]


@pytest.mark.parametrize(("bound", "most"), [("MAX_OTHERS", 2), ("MAX_OTHERS_CLUES", 50)])
def test_strangers_that_are_too_many_are_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, most: int
) -> None:
    """Whoever makes up names without end costs nobody on the roster their marks."""
    monkeypatch.setattr(f"grader.classroom.marks.people.{bound}", most)
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster([Person("ada", (Clue("folder", "ada"),))])
        for place in ("eve1", "eve2", "eve3", "ada"):
            hand_in = HandIn(place, ((Clue("folder", place),),), ())
            store.save_hand_in(hand_in, place, "class", "folders")
        for _ in range(2):
            match_all(store)
            others = store.rows("SELECT clues FROM people WHERE position IS NULL")
            assert [json.loads(clues) for (clues,) in others] == [
                [["folder", name]] for name in ("eve1", "eve2")
            ]
            assert len(store.rows("SELECT 1 FROM owners")) == 3
            found = store.rows("SELECT unmatched FROM hand_ins WHERE place = 'eve3'")
            assert "too many" in found[0][0]


def test_a_name_that_nobody_has_takes_nobodys_room(tmp_path: Path) -> None:
    """Without a roster everybody is a stranger, and of what says who they are there is so much."""
    with Store(tmp_path / "marks", make=True) as store:
        for place in ("\x01" * 3_900, "ada"):
            hand_in = HandIn(place, ((Clue("folder", place),),), ())
            store.save_hand_in(hand_in, place[:9], "class", "folders")
        match_all(store)
        others = store.rows("SELECT clues FROM people")
        assert [json.loads(clues) for (clues,) in others] == [[["folder", "ada"]]]


def test_the_one_folder_is_theirs_who_is_called_so() -> None:
    """On the roster: then what it holds is no other people's, whatever it is called."""
    mine = [f"eve/{name}/centre.py" for name in ("ada", "bob", "x")]
    of_one, of_all = (download(*mine)._replace(is_persons=each) for each in (True, False))
    assert {clues[0].value for clues in senders(of_one, "folders")} == {"eve"}
    assert {clues[0].value for clues in senders(of_all, "folders")} == {"ada", "bob", "x"}
    loose = download("bob.yaml", *(f"eve/{name}.yaml" for name in ("ada", "bob", "x")))
    found = hand_ins_of_files(["means"], loose._replace(is_persons=True))
    assert [clue.value for each in found for clue in each.submitters[0][:1]] == ["bob", "eve"]


@pytest.mark.parametrize(("kind", "name"), [("github", "all"), ("name", "All"), ("login", "all")])
def test_a_name_that_people_choose_takes_no_class(kind: str, name: str) -> None:
    """The one folder may be everybody's, where others are named in it: so it is asked about."""
    people = [Person(each, (Clue("folder", each),)) for each in ("ada", "bob", "cy")]
    matcher = Matcher([*people, Person("eve", (Clue(kind, name),))])
    assert is_somebodys(download("all/centre.py", "all/more/centre.py"), matcher)
    assert not is_somebodys(download("each/ada/centre.py", "each/bob/centre.py"), matcher)
    for theirs in (["all/ada/a.py", "all/bob/a.py"], ["all/ada.yaml", "all/bob-sums.yaml"]):
        if kind == "login":  # which nobody chose
            assert is_somebodys(download(*theirs), matcher)
            continue
        with pytest.raises(UsageError, match="a name of eve's, and 2 others are named in it"):
            is_somebodys(download(*theirs), matcher)
    people += [Person("Di", (Clue("login", "di.lee"),)), Person("Jo Ö", (Clue("name", "Jo Ö"),))]
    matcher = Matcher([*people, Person("eve", (Clue(kind, name),))])
    named = ("all/di.lee-means.yaml", "all/x/2-Jo_Ö-means (1).yaml", "all/sec1/lab-ada.zip")
    for path in ("all/ada/a.py", "all/2026/sec1/ada/a.py", *named):
        if kind != "login":  # the first to hand in may be alone, and sections lie in between
            with pytest.raises(UsageError, match="another is named in it"):
                is_somebodys(download(path, "all/eve/a.py"), matcher)
    clones = download("all/lab-x/centre.py", "all/lab-y/centre.py", "all/lab-y/more.py")
    if kind != "login":
        with pytest.raises(UsageError, match="2 folders in it hold a centre.py"):
            is_somebodys(clones, matcher)


def test_a_folder_that_a_teacher_called_by_a_group_is_the_groups(tmp_path: Path) -> None:
    """Nobody chose that name, so their own folders may lie beside it."""
    red = Clue("group", "Team Red")
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster([Person(n, (Clue("folder", n), red)) for n in ("ada", "bob")])
        for name in ("ada", "Team Red"):
            clues = (Clue("folder", name), Clue("group", name))
            store.save_hand_in(HandIn(name, (clues,), ()), name, "class", "folders")
        match_all(store)
        assert len(store.rows("SELECT * FROM owners")) == 3


def test_a_row_that_stands_twice_is_one_person(tmp_path: Path) -> None:
    """Where it has an id: two who have nothing but a name may be two people."""
    path = tmp_path / "roster.csv"
    path.write_text("login,name\nada,Ada Kim\nbob,Bob Lee\nada,Ada Kim\nada,Ada King\n")
    people = read_people(read_table(path))
    assert [each.first("name") for each in people] == ["Ada Kim", "Bob Lee", "Ada King"]
    path.write_text("name\nAda Kim\nAda Kim\n")
    assert len(read_people(read_table(path))) == 2


def test_nobody_takes_the_name_that_is_made_for_another(tmp_path: Path) -> None:
    """Somebody may be called as a second Bob would be."""
    path = tmp_path / "roster.csv"
    path.write_text("name\nBob (row 4)\nBob\nBob\n")
    assert len({person.student for person in read_people(read_table(path))}) == 3


@pytest.mark.parametrize("year", ["0000", "0001", "0500", "1969", "2200", "9999"])
def test_a_year_in_which_nobody_hands_in_is_not_known(year: str) -> None:
    """What is kept can be read again."""
    assert read_stamp(f"{year}-06-01 00:00:00") == ""
    with pytest.raises(ValueError, match="year"):
        utc(datetime(max(int(year), 1), 6, 1, tzinfo=timezone.utc))
    for kept in ("1970-06-01", "2199-06-01"):
        assert moment_of(read_stamp(f"{kept} 00:00:00")).strftime("%Y-%m-%d") == kept


def test_a_long_cell_is_cut_and_told(tmp_path: Path) -> None:
    """What people chose to be called takes no time that grows with its square."""
    path = tmp_path / "roster.csv"
    path.write_text(f"login,name\nada,Ada Neil\neve,{'a ' * 5000}\n")
    table = read_table(path)
    assert table.cut == 1 and len(table.rows[1][1]) == MAX_CELL
    people = read_people(table)
    assert Matcher(people).match((Clue("name", "Neil Ada"),)).people == people[:1]
    known = Matcher(people)._known
    assert len(known) < 20  # nobody's words are turned round five hundred times
    assert read_amount("1" * 200_000) is None
    assert read_stamp(f"2026-01-01 00:00:00.{'1' * 200_000}!") == ""


Owners = dict[str, str]  # by the place of a hand-in


def owners(
    tmp_path: Path, roster: list[Person], hand_ins: list[tuple[str, str, list[Clue]]]
) -> Owners:
    """Return whose each hand-in is, of those that came in a download at a place with clues."""
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster(roster)
        for source, place, clues in hand_ins:
            store.save_hand_in(HandIn(place, (tuple(clues),), ()), source + place, source, "canvas")
        match_all(store)
        return dict(
            store.rows(
                "SELECT source || '/' || place, IIF(position IS NULL, '', student) FROM hand_ins"
                " JOIN owners ON hand_in = hand_ins.id JOIN people ON people.id = person"
            )
        )


def called(login: str, name: str, *more: Clue) -> Person:
    """Return somebody on a roster."""
    return Person(login, (Clue("login", login), Clue("name", name), *more))


def sent(kind: str, number: str, name: str, *more: Clue) -> list[Clue]:
    """Return what a platform says of who handed in."""
    return [Clue(kind, number), Clue("name", name), *more]


ADA, EVE = called("ada", "Ada Neil"), called("eve", "Eve Gray")


@pytest.mark.parametrize("kind", ["canvas", "participant"])
def test_a_number_outranks_a_name_in_every_download(tmp_path: Path, kind: str) -> None:
    """Who takes another's name later hands in for nobody, and takes nothing from them."""
    found = owners(
        tmp_path,
        [ADA, EVE],
        [
            ("one", "ada", sent(kind, "101", "Ada Neil")),
            ("one", "eve", sent(kind, "666", "Eve Gray")),
            ("two", "ada", sent(kind, "666", "Ada Neil")),
        ],
    )
    assert found == {"one/ada": "ada", "one/eve": "", "two/ada": ""}


def test_a_number_that_was_known_by_more_than_a_name_is_that_persons(tmp_path: Path) -> None:
    """A table said once who it is."""
    found = owners(
        tmp_path,
        [ADA, EVE],
        [
            ("one", "eve", sent("canvas", "666", "Eve Gray", Clue("login", "eve"))),
            ("two", "ada", sent("canvas", "666", "Ada Neil")),
        ],
    )
    assert found == {"one/eve": "eve", "two/ada": ""}


@pytest.mark.parametrize("is_known", [False, True])
def test_of_two_numbers_with_one_name_neither_is_taken(tmp_path: Path, is_known: bool) -> None:
    """In two downloads as in one; the one that the roster has is."""
    ada = called("ada", "Ada Neil", Clue("canvas", "101")) if is_known else ADA
    hand_ins = [
        ("one", "ada", sent("canvas", "101", "Ada Neil")),
        ("two", "ada", sent("canvas", "666", "Ada Neil")),
    ]
    found = owners(tmp_path, [ada, EVE], hand_ins)
    assert found == {"one/ada": "ada" if is_known else "", "two/ada": ""}


def test_another_assignment_of_moodles_has_other_numbers(tmp_path: Path) -> None:
    """So two of them with one name are no contradiction."""
    numbers = (("one", "101"), ("two", "202"))
    hand_ins = [(place, "x", sent("participant", number, "Ada Neil")) for place, number in numbers]
    assert {*owners(tmp_path, [ADA, EVE], hand_ins).values()} == {"ada"}


def clone(name: str) -> tuple[str, str, list[Clue]]:
    """Return what is known of a repository: what its owner is called on GitHub."""
    return "lab", name, [Clue("github", name), Clue("folder", name), Clue("group", name)]


@pytest.mark.parametrize("name", ["bob", "bob.b", "0042", "42", "Bob Lee"])
def test_who_is_called_as_somebody_on_github_does_not_hand_in_for_them(
    tmp_path: Path, name: str
) -> None:
    """Where the roster says what Bob is called there; nobody chooses a login, number or address."""
    more = Clue("email", "bob.b@example.edu"), Clue("number", "0042")
    bob = called("bob", "Bob Lee", *more, Clue("github", "bobby"))
    found = owners(tmp_path, [bob, EVE], [clone(name), clone("bobby"), clone("eve")])
    assert found == {f"lab/{name}": "", "lab/bobby": "bob", "lab/eve": "eve"}
    bob = called("bob", "Bob Lee", *more)
    (tmp_path / "two").mkdir()
    found = owners(tmp_path / "two", [bob, EVE], [clone("bob"), clone("0042"), clone("eve")])
    assert found == {"lab/bob": "", "lab/0042": "", "lab/eve": "eve"}


@pytest.mark.parametrize(
    "text",
    ["20260505", "2026-W19", "2026-W19-2", "2026-05-05T23", "2026-125", "2026-05-05 1:00 X/Y"],
)
def test_a_due_date_that_is_written_otherwise_is_not_guessed(text: str) -> None:
    """What Python takes for a moment may be another one than is meant."""
    with pytest.raises(UsageError, match="no date"):
        due_of(text)


@pytest.mark.parametrize(
    "day", ["2026-05-05Z", "2026-05-05+02:00", "2026-05-05 -0800", "2026-05-05"]
)
def test_a_day_alone_is_its_last_second(day: str) -> None:
    """With a zone or without."""
    assert due_of(day).strftime("%Y-%m-%d %H:%M:%S") == "2026-05-05 23:59:59"


@pytest.mark.parametrize("known", [(), ("bob",), ("ada", "bob")])
def test_that_names_on_github_are_chosen_is_told(
    tiny: Course, grader: Callable[..., Ended], known: Sequence[str]
) -> None:
    """Where nothing on the roster says what people are called there, or not what all are."""
    for name in ("ada", "bob"):
        place = tiny.root / "lab-submissions" / f"lab-{name}"
        (place / ".git").mkdir(parents=True)
        (place / "notes.txt").write_text("")
    rows = "".join(f"{name},{name * (name in known)}\n" for name in ("ada", "bob"))
    (tiny.root / "roster.csv").write_text(f"login,github\n{rows}")
    ended = grader("class", "grade", "lab-submissions", "--roster", "roster.csv")
    assert ended.code == 0, ended.err
    said = " ".join(ended.out.split())
    assert ("what their owners call themselves" in said) is (len(known) < 2)
    assert ("has nothing: ada" in said) is (known == ("bob",))


def said_of(*people: str) -> HandIn:
    """Return a hand-in of a group as an export says that it is."""
    return HandIn("submission_1", tuple((Clue("login", who),) for who in people), ())


@pytest.mark.parametrize(
    ("now", "whose"),
    [
        (["ada"], {"ada"}),
        (["eve"], {"eve"}),
        (["bob"], {"bob"}),
        (["eve", "ada"], {"ada", "eve"}),
        (["ada", "eve", "bob"], {"ada", "eve", "bob"}),
    ],
)
def test_whose_a_hand_in_is_is_what_was_said_last(
    tmp_path: Path, now: list[str], whose: set[str]
) -> None:
    """Who was taken out of a group keeps nothing of it; a table named once is remembered."""
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster([called(who, who.title()) for who in ("ada", "bob", "eve")])
        known = tuple((*clues, Clue("email", "x@y")) for clues in said_of("ada", "eve").submitters)
        store.save_hand_in(said_of("ada", "eve")._replace(submitters=known), "d", "g", "gradescope")
        store.save_hand_in(said_of(*now), "d", "g", "gradescope")
        match_all(store)
        found = store.rows("SELECT student FROM owners JOIN people ON people.id = person")
        assert {who for (who,) in found} == whose
        ((clues,),) = store.rows("SELECT clues FROM hand_ins")
        assert ("x@y" in clues) is (set(now) == {"ada", "eve"})


def test_a_group_is_told_of_its_files_and_nobody_else(tmp_path: Path) -> None:
    """Each member is, and nobody who is called as all of them together."""
    with Store(tmp_path / "marks", make=True) as store:
        names = ("ada", "bob", "ada, bob", "ada; bob")
        store.save_roster([called(who, who.title()) for who in names])
        for number, people in enumerate((("ada", "bob"), ("ada, bob",), ("ada; bob",))):
            store.save_hand_in(said_of(*people), str(number), "g", "gradescope")
            store.save_files(str(number), [File(f"{number}.docx", "", "odd")], "1")
        match_all(store)
        told = refused_of(store)
        ids = dict(store.rows("SELECT student, id FROM people"))
        found = {who: [each.file for each in told[ids[who]]] for who in names}
    assert found == {
        **dict.fromkeys(("ada", "bob"), ["submission_1/0.docx"]),
        "ada, bob": ["submission_1/1.docx"],
        "ada; bob": ["submission_1/2.docx"],
    }


def test_a_zip_is_no_folder_of_clones() -> None:
    """Whoever says so is told."""
    with pytest.raises(UsageError, match="folder of clones"):
        whose(download(*FOLDERS), "git")


FLAT = ["all/ada-sums.yaml", "all/bob-sums.yaml"]


@pytest.mark.parametrize(
    ("paths", "places"),
    [
        (FLAT, {""}),
        ([*FLAT, "all/sums.yaml"], {""}),
        ([*FLAT, "all/eve/sums.yaml"], {"", "eve"}),
        ([*FLAT, "readme.txt"], {""}),
        ([*FLAT, "all/more.yaml", "all/x/y/sums.json"], {"", "x"}),
        ([*FLAT, "all/sums.py", "all/cy.yaml"], {""}),
        (["ada/sums.yaml", "ada/double.py"], {"ada"}),
        (["ada/sums.yaml", "ada/more.yaml", "ada/x.yaml"], {"ada"}),
    ],
)
def test_no_file_in_a_folder_of_all_makes_it_one_persons(
    paths: list[str], places: set[str]
) -> None:
    """Whatever one is called, and wherever it lies; who called most by the quizzes is alone."""
    found = hand_ins_of_files(["sums", "more"], download(*paths))
    assert {hand_in.place for hand_in in found} == places


@pytest.mark.parametrize(
    ("names", "is_one"),
    [
        (["Ada Ömer-sums", "Ada Ömer-sums (1)"], True),
        (["Ada Ömer-sums (1)", "Ada Ömer-more (2)"], True),
        (["Ada Ömer", "Ada_Ömer-sums", "Ömer, Ada-more"], True),
        (["Ada Ömer-sums.yaml", "Ada Ömer-more"], True),
        (["ÖmerAda-sums", "Ada Ömer-more"], False),
    ],
)
def test_the_names_of_one_persons_files_are_no_several_people(
    tmp_path: Path, names: list[str], is_one: bool
) -> None:
    """One may have what a program added, or the name's words the other way round."""
    files = download(*(f"{name}.yaml" for name in names))
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster([called("ada", "Ada Ömer")])
        for n, hand_in in enumerate(hand_ins_of_files(["sums", "more"], files)):
            store.save_hand_in(hand_in, str(n), "answers", "files")
        match_all(store)
        own = store.rows("SELECT 1 FROM owners JOIN people ON id = person WHERE position = 0")
        assert len(own) == len(names) * is_one


@pytest.mark.parametrize("again", [[], [0], [0, 1], [1, 0, 1]])
def test_two_downloads_of_one_name_are_two(tmp_path: Path, again: list[int]) -> None:
    """A platform calls each by the same, and people by other numbers in each."""
    weeks = [["7", "8"], ["57", "58"]]
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster([called("ada", "Ada Ömer"), called("bob", "Bob Neil")])
        for week in [0, 1, *again]:
            for number, name in zip(weeks[week], ("Ada Ömer", "Bob Neil"), strict=True):
                clues = (Clue("participant", number), Clue("name", name))
                store.save_hand_in(HandIn(number, (clues,), ()), number, "lab.zip", "moodle")
            write_download(store.database, weeks[week])
        match_all(store)
        assert store.rows("SELECT COUNT(*), MAX(unmatched) FROM hand_ins") == [(4, "")]
        assert store.rows("SELECT COUNT(DISTINCT download) FROM read_in") == [(2,)]
        eves = HandIn("9", ((Clue("participant", "9"), Clue("name", "Ada Ömer")),), ())
        store.save_hand_in(eves, "9", "lab.zip", "moodle")
        write_download(store.database, ["7", "8", "9"])  # the first again, when more had handed in
        match_all(store)
        doubted = store.rows("SELECT place FROM hand_ins WHERE unmatched != '' ORDER BY id")
        assert doubted == [("7",), ("9",)]


@pytest.mark.parametrize(
    ("file", "whose"),
    [
        ("means-ada-means.yaml", "means-ada"),
        ("means-ada-means (1).yaml", "means-ada"),
        ("ada-means.yaml", "ada"),
        ("means-ada.yaml", "ada"),
        ("ada.yaml", "ada"),
        ("2024_0031-means.yaml", "Ida"),
        ("2024-0031.yaml", ""),
    ],
)
def test_a_file_is_whose_sheet_it_was(file: str, whose: str) -> None:
    """A login may begin as a quiz is called, and an id may have what no file can be called."""
    people = [Person(each, (Clue("login", each),)) for each in ("ada", "means-ada")]
    matcher = Matcher([*people, Person("Ida", (Clue("number", "2024/0031"),))])
    (found,) = hand_ins_of_files(["means"], download(file))
    assert [each.student for each in matcher.match(found.submitters[0]).people] == [whose][
        : bool(whose)
    ]


def test_the_files_for_each_are_called_by_each() -> None:
    """Whoever is called so to the letter comes first, wherever the others stand."""
    everybody = ["ada_", "ada", "Ada", "2024/0031", "..", "bob"]
    assert stems_of(everybody) == ["ada-3", "ada", "Ada-2", "2024_0031", "student", "bob"]
