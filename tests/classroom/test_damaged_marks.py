"""Marks that something else has been at: one sentence, and the file is left as it is."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.classroom.hand_ins.record import Clue, HandIn
from grader.classroom.intake import match_all
from grader.classroom.marks import amounts, check, schema
from grader.classroom.marks import store as store_module
from grader.classroom.marks.bodies import sound_report
from grader.classroom.marks.check import too_large
from grader.classroom.marks.platform_ids import save_tables
from grader.classroom.marks.reading import answer_of, kept_report, marks
from grader.classroom.marks.store import File, Graded, Store, Terms, Under
from grader.classroom.packets import MAX_OTHERS, hash_of, packed, unpacked
from grader.classroom.people.platform_tables import Column, PlatformTable, platform_table
from grader.classroom.people.roster import Person
from grader.classroom.people.tables import Table
from grader.classroom.quizzes.asked import Asked, let_count
from grader.classroom.quizzes.reader import unpack
from grader.course.course import Course
from grader.course.database_check import DamagedError, let_ask
from grader.errors import UsageError
from grader.files import has_many_parts
from grader.quiz.model import Quiz
from grader.records import Submission
from tests.conftest import Ended

NEST = "[" * 100_000 + "]" * 100_000
BODY = packed(Submission("double", "numbers", "double.py", b"def double(x): pass\n"))
CHECK = {"name": "a", "function": "double", "outcome": "failed", "message": ""}
CHECK |= {"points": 0.0, "max_points": 1}
SAID = {"mistake": None, "message": "The sum is off."}
REPORT = {"outcome": "failed", "printed": "", "seed": 1, "checks": [CHECK], "diagnosis": [SAID]}
ASKED = {"question": "one", "type": "choice", "ask": "What is 1 + 1?", "because": "Count."}
ASKED |= {"outcome": "wrong", "points": 0, "max_points": 1.0, "chosen": None, "right": ["two"]}
MARKED = {"seed": None, "unread": [], "answers": [ASKED]}
DUE = "2026-05-05T21:59:59Z"
ENDLESS = "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write marks with a row in every table."""
    with Store(tmp_path / "marks", make=True) as store:
        store.set("seed", "1")
        store.assign(["double"], ["double"], Terms(DUE, "10%/day", 900, "best"))
        store.set_points("double", "v1", 10.0)
        quiz = Asked("quiz:sums", Quiz("sums", "Sums", ()), "v1")
        let_count(store, [quiz], ["quiz:sums"], Terms(DUE), "id")
        store.save_roster([Person("ada", (Clue("login", "ada"),))])
        whose = ((Clue("login", "ada"),),)
        store.save_hand_in(
            HandIn("ada", whose, (), "2026-05-05T21:00:00Z"), "d", "a.zip", "folders"
        )
        store.save_files("d", [File("double.py", "double", "", BODY, ["double"])], "1")
        match_all(store)
        graded = Graded(hash_of(BODY), "failed", 3.0, 10.0, 0.1, json.dumps(REPORT))
        store.save_report(graded, Under(1, "grader", '{"double": "v1"}'))
        store.mark_by_hand(1, "double", 2.0, "see me")
        row, column = (Clue("canvas", "17"), Clue("login", "ada")), Column("Lab (6)", "10.00")
        save_tables(store, [PlatformTable("canvas", (row,), (column,))])
        store.database.execute("INSERT INTO made_of VALUES ('v1', '{\"double\": \"1\"}')")
    return tmp_path / "marks"


def change(folder: Path, *statements: str) -> None:
    """Change marks as another program can."""
    database = sqlite3.connect(folder / "marks.db", isolation_level=None)
    for statement in statements:
        database.execute(statement)
    database.close()


def test_sound_marks_are_opened(folder: Path) -> None:
    """What we write is what we take."""
    with Store(folder) as store:
        assert answer_of(store, hash_of(BODY)).source == b"def double(x): pass\n"
        assert kept_report(store, 1) == REPORT


ODD = {
    "people": [
        "student = x'ff'",
        "clues = 'x'",
        "clues = '3'",
        f"clues = '{NEST}'",
        "position = 'x'",
    ]
    + [
        """clues = '[["name", 3]]'""",
        f"""clues = '[["name", "{"x" * 400_000}"]]'""",
        """clues = '[["name", "\N{SNOWMAN}"]]'""",
        "student = CAST(zeroblob(9000000) AS TEXT)",
        "clues = CAST(x'22ff22' AS TEXT)",
    ],
    "exercises": ["name = '../../victim/page'", "name = 'a/b'", "name = ''", "due = 'x'"]
    + ["late = '200%%'", "max_points = 'x'", "max_points = 9e999", "grace = 1e300", "keep = 'all'"],
    "hand_ins": ["clues = 'x'", """clues = '["name"]'""", "submitted_at = 'yesterday'"]
    + ["is_late = 'x'", "late_seconds = 1e30", "place = x'00'"],
    "files": ["path = x'00'", "answer = 'none'"],
    "owners": ["person = 99"],
    "answers": ["exercise = '../x'", "deciding = 'x'", """deciding = '["../x"]'""", "body = 'x'"],
    "reports": ["points = 'abc'", "points = 9e999", "points = -1", "outcome = 'fine'"]
    + ["versions = 'x'", "versions = '[]'", "report = x'00'", "seed = 'x'"],
    "by_hand": ["points = -1e9", "points = 'x'", "comment = x'00'"],
    "settings": ["value = x'00'"],
    "platform_people": ["platform = 'x'", "clues = 'x'", "platform = x'00'"],
    "platform_columns": ["points = x'00'", "heading = x'00'", "points = 'x'", "points = ''"]
    + ["points = '9e999'", "points = '-1'", "points = 'nan'", f"points = '{'9' * 400}'"],
    "made_of": ["files = 'x'", "files = '[]'"],
    "quizzes": ["name = 'sums'", "name = 'quiz:../x'", "draws = 'x'", "path = x'00'", "late = '%'"],
}


@pytest.mark.parametrize(
    ("table", "odd"), [(table, each) for table, found in ODD.items() for each in found], ids=repr
)
def test_a_row_that_we_would_not_write_is_told(folder: Path, table: str, odd: str) -> None:
    """With the file and what to do; and nothing is changed in it, or put aside."""
    change(folder, f"UPDATE {table} SET {odd}")
    before = (folder / "marks.db").read_bytes()
    with pytest.raises(UsageError, match=f"a row of {table}") as error:
        Store(folder)
    assert error.value.where == str(folder / "marks.db") and error.value.next
    assert (folder / "marks.db").read_bytes() == before


def test_all_that_is_said_of_people_has_an_end(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many they are, all of them are at hand at once; no more is written than is read."""
    ada, bob = (Clue("login", "ada"),), (Clue("login", "bob"),)
    with Store(folder) as store:
        before = store.roster()
        store.save_hand_in(HandIn("bob", (bob,), ()), "e", "b.zip", "folders")
        most = 2 * len(json.dumps(ada))
        monkeypatch.setattr(check, "MAX_ALL_CLUES", most)
        for write in (
            lambda: store.save_roster([Person(name, (Clue("login", name),)) for name in "abc"]),
            lambda: save_tables(store, [PlatformTable("canvas", (ada, bob, ada), ())]),
        ):
            with pytest.raises(UsageError, match=f"takes more than {most} bytes"):
                write()
        match_all(store)
        store.save_hand_in(HandIn("c", ((Clue("login", "c"),),), ()), "f", "b.zip", "folders")
        with pytest.raises(UsageError, match="Part the class"):
            match_all(store)
        assert store.roster() == before
    Store(folder).database.close()
    monkeypatch.setattr(check, "MAX_ALL_CLUES", most - 1)
    with pytest.raises(UsageError, match="say more of people"):
        Store(folder)


def test_only_short_texts_are_remembered() -> None:
    """What was asked of a long one is asked again: many of them would take memory."""
    asked: list[int] = []
    database = sqlite3.connect(":memory:")
    let_ask(database, "holds", lambda text: not asked.append(len(text)))
    for length in (3, 400_000) * 2:
        assert database.execute("SELECT holds(?)", ("x" * length,)).fetchone() == (1,)
    database.close()
    assert asked == [3, 400_000, 400_000]


@pytest.mark.parametrize(
    "statements",
    [
        ("ALTER TABLE people RENAME TO p", f"CREATE VIEW people AS {ENDLESS} SELECT i id FROM r"),
        (f"CREATE TRIGGER t AFTER INSERT ON reports BEGIN INSERT INTO owners {ENDLESS} "
         "SELECT i, i FROM r; END",),
        (f"CREATE VIEW other AS {ENDLESS} SELECT i FROM r",),
        ("DROP TABLE by_hand",),
        ("DROP TABLE by_hand", "CREATE TABLE by_hand (person, points)"),
        ("CREATE INDEX i ON files (abs(path))",),
        ("PRAGMA application_id = 7",),
        ("PRAGMA user_version = 99",),
    ],
    ids=lambda statements: statements[-1][:30],
)  # fmt: skip
def test_what_is_no_table_of_ours_is_told(folder: Path, statements: tuple[str, ...]) -> None:
    """A view or a trigger, which compute, where a table is wanted."""
    change(folder, *statements)
    with pytest.raises(UsageError, match="the marks cannot be used"):
        Store(folder)


@pytest.mark.skipif(os.name != "posix", reason="makes pipes and links")
@pytest.mark.parametrize("end", ["", "-journal", "-wal", "-shm"])
@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero"), Path.mkdir])
def test_only_regular_files_are_opened(
    folder: Path, end: str, make: Callable[[Path], object]
) -> None:
    """Neither a pipe, which is waited for, nor a link or a folder."""
    path = folder / f"marks.db{end}"
    path.unlink(missing_ok=True)
    make(path)
    with pytest.raises(UsageError, match="not a regular file"):
        Store(folder)


def test_a_journal_that_names_another_file_deletes_none(folder: Path) -> None:
    """SQLite would."""
    (folder / "marks.db-journal").write_bytes(b"other.db" + b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")
    with pytest.raises(UsageError, match="names another file"):
        Store(folder)


@pytest.mark.parametrize("keep", [0.5, 0.05])
def test_half_a_file_is_told(folder: Path, keep: float) -> None:
    """Whichever half is read first."""
    body = (folder / "marks.db").read_bytes()
    (folder / "marks.db").write_bytes(body[: int(len(body) * keep)])
    with pytest.raises(UsageError, match="the marks cannot be used"):
        Store(folder)


@pytest.mark.parametrize(
    "report",
    ["{}", "[]", "x", NEST, '{"checks": 3}', json.dumps(REPORT | {"checks": [{"name": 3}]})]
    + ['{"answers": [{}]}', '{"answers": [], "unread": 3}', json.dumps(REPORT | {"seed": "x"})]
    + [json.dumps(REPORT | {"diagnosis": ["x"]}), json.dumps(REPORT | {"printed": 3})],
    ids=lambda text: text[:20],
)
def test_a_report_that_is_none_is_told_when_it_is_read(folder: Path, report: str) -> None:
    """It is most of what is kept, so it is not read before."""
    change(folder, f"UPDATE reports SET report = '{report}'")
    with Store(folder) as store, pytest.raises(UsageError, match=r"a report"):
        kept_report(store, 1)


# Where in a report each part is, and what it cannot be.
ODD_PARTS: list[tuple[str, dict[str, Any], tuple[str, ...], list[Any]]] = [
    ("double", REPORT, (), ["seed", True, "outcome", "fine", "printed", None]),
    ("double", REPORT, ("checks",), ["points", 10**400, "max_points", float("nan"), "name", 3]),
    ("double", REPORT, ("checks",), ["function", None, "outcome", [3], "message", {"a": "b"}]),
    ("double", REPORT, ("diagnosis",), ["message", None, "mistake", 3]),
    ("quiz:sums", MARKED, (), ["unread", [3], "answers", {}, "seed", 0.5]),
    ("quiz:sums", MARKED, ("answers",), ["points", -1, "max_points", 0, "chosen", 3]),
    ("quiz:sums", MARKED, ("answers",), ["right", None, "question", 1, "type", [], "ask", None]),
    ("quiz:sums", MARKED, ("answers",), ["because", 1, "outcome", "fine", "chosen", [["a"]]]),
]


@pytest.mark.parametrize(("exercise", "sound", "way", "odd"), ODD_PARTS)
def test_a_part_of_a_report_that_is_odd_or_missing_is_told(
    exercise: str, sound: dict[str, Any], way: tuple[str, ...], odd: list[Any]
) -> None:
    """All that is read of one anywhere is looked at before."""
    for name, value in zip(odd[::2], odd[1::2], strict=True):
        for replaced in ({name: value}, {}):
            report = json.loads(json.dumps(sound))
            part = report[way[0]][0] if way else report
            del part[name]
            assert sound_report(json.dumps(sound), exercise) == sound
            part.update(replaced)
            with pytest.raises(DamagedError):
                sound_report(json.dumps(report), exercise)


def test_a_report_on_a_quiz_is_none_on_an_exercise(folder: Path) -> None:
    """Nor the other way round; that the grader failed at it is one on a quiz."""
    for report, exercise in ((REPORT, "quiz:sums"), (MARKED, "double")):
        with pytest.raises(DamagedError):
            sound_report(json.dumps(report), exercise)
    failed = {"version": 1, "answers": [], "fault": "IndexError"}
    assert sound_report(json.dumps(failed), "quiz:sums") == failed
    change(folder, f"UPDATE reports SET report = '{json.dumps(MARKED)}'")
    with Store(folder) as store, pytest.raises(UsageError, match="a report"):
        kept_report(store, 1)


ODD_PLACES = [
    b'["a"]',
    b'["a, line b"]',
    b'[[1,2,"a"]]',
    b'[[1,true,"a",1]]',
    b"[[1,2,3,4]]",
    b"[1]",
]


@pytest.mark.parametrize(
    "body",
    [b"{}", b"[]", b"x", b"\xff", NEST.encode()]
    + [BODY.replace(b'"double"', b'"../../x"'), BODY.replace(b'"places":[]', b'"places":3')]
    + [BODY.replace(b'"places":[]', b'"places":' + places) for places in ODD_PLACES],
    ids=lambda body: body[:20].decode("ascii", "replace"),
)
@pytest.mark.parametrize("is_rehashed", [False, True])
def test_an_answer_that_is_none_is_told(folder: Path, body: bytes, is_rehashed: bool) -> None:
    """Nor is one that was changed taken for what somebody handed in."""
    hash = hash_of(body if is_rehashed else BODY)
    set_body = f"UPDATE answers SET body = x'{body.hex()}', hash = '{hash}'"
    change(
        folder,
        set_body,
        f"UPDATE files SET answer = '{hash}'",
        f"UPDATE reports SET answer = '{hash}'",
    )
    with Store(folder) as store, pytest.raises(UsageError, match="an answer"):
        answer_of(store, hash)


@pytest.mark.parametrize(
    ("odd", "late"),
    [
        (HandIn("x", ((Clue("name", "x" * 5_000_000),),), ()), None),
        (HandIn("x", ((Clue("name", "\ud800\0\x1b"),),), (), "500-01-01T00:00:00Z"), None),
        (HandIn("x", (), (), "", True, -1), None),
        (HandIn("x", (), (), "", True, 10**30), None),
        (HandIn("x\0" * 9, (), (), "", True, 7), 7),
    ],
    ids=["long", "year", "negative", "amount", "zeros"],
)
def test_what_a_stranger_hands_in_is_never_what_marks_are_refused_for(
    folder: Path, odd: HandIn, late: int | None
) -> None:
    """What is beyond keeping is not known."""
    with Store(folder) as store:
        store.save_hand_in(odd, "odd", "b.zip", "gradescope")
        store.save_files("odd", [File("\0", "double", "", b" " * 100_000_001, ["double"])], "1")
        match_all(store)
    with Store(folder) as store:
        ((at, seconds),) = store.rows(
            "SELECT submitted_at, late_seconds FROM hand_ins WHERE digest = 'odd'"
        )
        assert (at, seconds) == ("", late)
        ((answer, why),) = store.rows("SELECT answer, why FROM files WHERE hand_in = 2")
        assert answer is None and "100,000,000 bytes" in why


@pytest.mark.parametrize(
    "parts",
    [b"[]," * 600_000, b'"a",' * 1_000_001, rb'"\"",' * 500_000 + b"[]," * 300_000],
    ids=len,
)
def test_an_answer_of_very_many_parts_is_neither_kept_nor_read(folder: Path, parts: bytes) -> None:
    """Each would take a hundred times the memory of what spells it."""
    body = BODY.replace(b'"places":[]', b'"places":[' + parts + b"[]]")
    with pytest.raises(ValueError, match="as the grader packs it") as error:
        unpacked(body)
    assert "more than 1,000,000 parts" in str(error.value.__cause__)
    with pytest.raises(UsageError, match="answers to a quiz"):
        unpack(body)
    with Store(folder) as store:
        store.save_files("d", [File("double.py", "double", "", body, ["double"])], "1")
        ((answer, why),) = store.rows("SELECT answer, why FROM files")
    assert answer is None and "more than 1,000,000 parts" in why


@pytest.mark.parametrize("text", ["[0, 1, 2]\n", '"[{:,}]", ', '\\\\"[,",'], ids=repr)
def test_what_stands_in_a_text_is_no_part(text: str) -> None:
    """Somebody may have pasted very many numbers."""
    source = (text * 400_000).encode()
    body = packed(Submission("double", "numbers", "double.py", source))
    assert unpacked(body).source == source and not too_large(body)


def test_another_encoding_hides_no_parts() -> None:
    """What looks like the end of a text in it is none."""
    body = ('["\\"", ' + "[]," * 1_000_001 + '"\\""]').encode("utf-16")
    assert has_many_parts(body)


def test_an_answer_is_the_one_that_was_handed_in(folder: Path) -> None:
    """It is kept by its hash."""
    changed = BODY.replace(b"double(x)", b"double(y)")
    change(folder, f"UPDATE answers SET body = x'{changed.hex()}'")
    with Store(folder) as store, pytest.raises(UsageError, match="not the one that was handed in"):
        answer_of(store, hash_of(BODY))


@pytest.mark.parametrize(
    ("name", "value", "option"), [("seconds", "inf", "--timeout"), ("seed", "x", "--seed")]
)
def test_an_option_that_was_kept_and_cannot_be_is_told(
    tiny: Course, grader: Callable[..., Ended], name: str, value: str, option: str
) -> None:
    """And named anew it is mended."""
    (tiny.root / "in/ada").mkdir(parents=True)
    (tiny.root / "in/ada/double.py").write_text("def double(x, times=2): return x\n")
    grade = ("class", "grade", "in", "--jobs", "1")
    with Store(tiny.root / "marks", make=True) as store:
        store.set(name, value)
    ended = grader(*grade)
    assert ended.code == 2 and f"Name another one: {option} " in ended.err
    assert grader(*grade, option, "5").code == 0


@pytest.mark.parametrize(
    ("points", "most", "report"),
    [
        (2e6, 10.0, REPORT),
        (float("nan"), 10.0, REPORT),
        (-1.0, 10.0, REPORT),
        (1.0, float("inf"), REPORT),
        (1.0, 10.0, {}),
        (1.0, 10.0, REPORT | {"printed": "x" * 40_000_000}),
        (1.0, 10.0, REPORT | {"checks": [CHECK | {"points": 10**400}]}),
    ],
    ids=["much", "nan", "negative", "infinite", "empty", "long", "check"],
)
def test_a_report_of_ours_that_is_odd_is_our_failure(
    folder: Path, points: float, most: float, report: dict[str, Any]
) -> None:
    """What is written can be read again, whatever a course came to."""
    with Store(folder) as store:
        graded = Graded(hash_of(BODY), "failed", points, most, 0.1, json.dumps(report))
        store.save_report(graded, Under(2, "grader", "{}"))
    with Store(folder) as store:
        ((id, outcome),) = store.rows("SELECT id, outcome FROM reports WHERE seed = 2")
        assert outcome == "grader_error"
        assert "cannot be kept" in kept_report(store, id)["diagnosis"][0]["message"]


@pytest.mark.parametrize("points", [2e6, float("inf"), float("nan"), -1.0])
def test_points_that_marks_cannot_have_are_told_before_they_are_written(
    folder: Path, points: float
) -> None:
    """An author's weights would make all marks unreadable."""
    asked = Asked("quiz:more", Quiz("more", "More", ()), "v1")._replace
    with Store(folder) as store:
        with pytest.raises(UsageError, match="are the most"):
            store.set_points("double", "v2", points)
        heavy = type("Heavy", (Asked,), {"max_points": points})(*asked())
        with pytest.raises(UsageError, match="are the most"):
            let_count(store, [heavy], ["quiz:more"], Terms(), None)
    Store(folder).database.close()


@pytest.mark.parametrize("cell", ["5", "0" * 99 + "5", "0" * 900 + "5", "5,0", "1e5", "1_0", "٣"])
def test_points_in_a_gradebook_are_kept_as_they_can_be_read(folder: Path, cell: str) -> None:
    """However many zeros stand before them."""
    heads = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Lab (6)")
    rows = (("Points Possible", "", "", "", "", cell), ("Ada", "101", "31", "ada", "S1", ""))
    table = platform_table(Table("g.csv", heads, rows))
    assert table
    with Store(folder) as store:
        save_tables(store, [table])
    Store(folder).database.close()


@pytest.mark.parametrize(
    "why", ["disk I/O error", "database or disk is full", "attempt to write a readonly database"]
)
def test_a_full_disk_is_no_damage(folder: Path, monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    """Nobody is told to throw marks away for it."""

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError(why)

    with Store(folder) as store:
        store.database.close()
        monkeypatch.setattr(schema, "require_sound", fail)
        with pytest.raises(UsageError) as opened:
            Store(folder)
        store.database = type("Full", (), {"execute": fail})()
        monkeypatch.setattr(store_module, "guard", lambda database: None)
        with pytest.raises(UsageError) as read:
            store.rows("SELECT 1")
        store.database = sqlite3.connect(":memory:")
    for raised in (opened, read):
        said = str(raised.value)
        assert why in said and "Make room" in said and "anew" not in said


MANY_TIMES = (
    f"{ENDLESS} INSERT INTO appearances (hand_in, source, place, submitted_at)"
    " SELECT 1, 'a.zip', i, '' FROM r LIMIT 600"
)
MANY_FILES = (
    f"{ENDLESS} INSERT INTO files (hand_in, path, exercise, why)"
    " SELECT 1, i, 'double', '' FROM r LIMIT 600"
)
MANY_PEOPLE = f"{ENDLESS} INSERT INTO people (student, clues) SELECT i, '[]' FROM r LIMIT 1500"
MANY_EXERCISES = (
    f"{ENDLESS} INSERT INTO exercises SELECT 'e' || i, 1, '', 1, '', '', 0, 'best' FROM r"
    " LIMIT 1500"
)


@pytest.mark.parametrize("two", [(MANY_TIMES, MANY_FILES), (MANY_PEOPLE, MANY_EXERCISES)])
def test_marks_that_would_take_memory_without_end_are_told(
    folder: Path, two: tuple[str, str]
) -> None:
    """Many of two things, of which each goes with each; many of one are read."""
    change(folder, two[0])
    with Store(folder) as store:
        assert {mark.exercise.name for mark in marks(store)} == {"double", "quiz:sums"}
    change(folder, two[1])
    with pytest.raises(UsageError, match="there are more than"):
        Store(folder)


def test_no_more_marks_are_begun_than_are_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Be there more people, more that counts, or more handed in: what was before stays."""
    with Store(folder) as store:
        monkeypatch.setattr(amounts, "MAX_MARKS", 2)
        with pytest.raises(UsageError, match="more than 2 marks"):
            store.assign(["quadruple"], ["double", "quadruple"], Terms())
        with pytest.raises(UsageError, match="more than 2 marks"):
            store.save_roster([Person(name, (Clue("login", name),)) for name in ("ada", "bob")])
        monkeypatch.setattr(amounts, "MAX_ALL_READ", 3)
        with pytest.raises(UsageError, match="or 3 of all"):
            match_all(store)
    monkeypatch.setattr(amounts, "MAX_ALL_READ", 4)
    Store(folder).database.close()


def test_what_somebody_has_too_many_of_is_nobodys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last stays theirs, and others lose nothing by it."""
    monkeypatch.setattr(amounts, "MAX_READ", 11)
    with Store(tmp_path / "marks", make=True) as store:
        for whose, count in (("eve", 4), ("ada", 1)):
            for number in range(count):
                clues = (Clue("folder", whose),)
                name = f"{whose} {number}"
                store.save_hand_in(HandIn(name, (clues,), ()), name, "class", "folders")
                store.save_files(name, [File("a.txt", "", "it is no answer")], "1")
        match_all(store)
        owned = store.rows("SELECT h.place FROM owners o JOIN hand_ins h ON h.id = o.hand_in")
        assert sorted(place for (place,) in owned) == ["ada 0", "eve 2", "eve 3"]
        told = store.rows("SELECT unmatched FROM hand_ins WHERE unmatched != ''")
        assert len(told) == 2 and "as often as they came" in told[0][0]


def test_one_file_that_answers_everything_is_held_once() -> None:
    """Answers beside one that have its source share it, and no more are read than are kept."""
    one = Submission("a", "u", "a.py", b"x = 1")

    def with_others(count: int) -> bytes:
        names = [f"e{n}" for n in range(count)]
        return packed(one._replace(beside={name: one._replace(exercise=name) for name in names}))

    answer = unpacked(with_others(MAX_OTHERS))
    assert answer.beside and all(each.source is answer.source for each in answer.beside.values())
    empty = packed(one._replace(source=b"", beside={"e": one._replace(exercise="e", source=b"")}))
    assert packed(unpacked(empty)) == empty
    with pytest.raises(ValueError, match="not as the grader packs it"):
        unpacked(with_others(MAX_OTHERS + 1))
