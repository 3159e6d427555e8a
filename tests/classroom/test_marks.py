"""Which attempt counts, what being late takes off, and what goes into a gradebook."""

from __future__ import annotations

import csv
import io
import json
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from grader.classroom.changes import changes
from grader.classroom.export import joined, notes_of, two_digits, unmatched_csv, write_private
from grader.classroom.gradebooks import FORMATS
from grader.classroom.hand_ins.record import Clue, HandIn
from grader.classroom.intake import match_all
from grader.classroom.marks.lateness import (
    Deduction,
    Lateness,
    deduction_of,
    due_of,
    lateness_of,
    seconds_of,
)
from grader.classroom.marks.outline import handed_in, in_time_there, outline_of
from grader.classroom.marks.platform_ids import Known, known_to
from grader.classroom.marks.reading import Mark, Unmatched, assigned, marks, unmatched
from grader.classroom.marks.schema import transaction
from grader.classroom.marks.store import File, Graded, Store, Terms, Under
from grader.classroom.packets import hash_of
from grader.classroom.people.roster import Person
from grader.errors import UsageError

DUE = "2026-05-05T21:59:59Z"
ADA = Person("ada", (Clue("login", "ada"), Clue("name", "Lovelace, Ada"), Clue("canvas", "17")))
BOB = Person("bob", (Clue("login", "bob"), Clue("email", "bob@x.edu"), Clue("section", "G1")))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open marks of two people, in which one exercise of ten points counts."""
    with Store(tmp_path / "marks", make=True) as opened:
        opened.assign(["double"], ["double", "quadruple"], Terms(DUE, "10%/day", 900, "best"))
        opened.set_points("double", "v1", 10.0)
        opened.save_roster([ADA, BOB])
        yield opened


def hand_in(
    store: Store, student: str, points: float | None, at: str = "", outcome: str = "failed"
) -> str:
    """Let somebody hand in an answer that gets points, or is not graded; return its hash."""
    body = f"{student} {points} {at} {outcome}".encode()
    whose = (Clue("login", student),)
    digest = f"{student} {at} {points}"
    store.save_hand_in(HandIn(student, (whose,), (), at), digest, "lab.zip", "folders")
    store.save_files(digest, [File("double.py", "double", "", body, ["double"])], "1")
    match_all(store)
    if points is not None:
        regrade(store, hash_of(body), points, outcome)
    return hash_of(body)


def regrade(store: Store, answer: str, points: float, outcome: str = "failed") -> None:
    """Let an answer have a report."""
    count = len(store.rows("SELECT 1 FROM reports"))
    report = {"outcome": outcome, "printed": "", "seed": 1, "checks": [], "diagnosis": []}
    graded = Graded(answer, outcome, points, 10.0, 0.1, json.dumps(report))
    store.save_report(graded, Under(count, "grader", "{}"))


def mark_of(store: Store, student: str = "ada") -> Mark:
    """Return the mark of somebody."""
    (found,) = (mark for mark in marks(store) if mark.student.person.student == student)
    return found


@pytest.mark.parametrize(
    ("keep", "final", "number"), [("best", 8.0, 1), ("last", 7.2, 3)], ids=["best", "last"]
)
def test_the_best_or_the_last_attempt_counts(
    store: Store, keep: str, final: float, number: int
) -> None:
    """The best after what being late takes off; the last by its time, whatever came in first."""
    store.assign(["double"], ["double"], Terms(keep=keep))
    hand_in(store, "ada", 9.0, "2026-05-07T21:59:00Z")
    hand_in(store, "ada", 8.0, "2026-05-05T21:00:00Z")
    hand_in(store, "ada", 3.0, "2026-05-05T22:10:00Z")
    mark = mark_of(store)
    assert mark.final == pytest.approx(final)
    assert mark.attempt and mark.attempt.number == number


def test_terms_hold_until_others_are_named(store: Store) -> None:
    """Saying which exercises count says nothing else of them."""
    store.assign(["quadruple"], ["double", "quadruple"], Terms(keep="last"))
    before = {each.name: each for each in assigned(store)}
    store.assign(["double"], ["double", "quadruple"], Terms(), alone=True)
    assert assigned(store) == (before["double"],)
    store.assign(["double"], ["double", "quadruple"], Terms(late="20%"), alone=True)
    assert assigned(store) == (before["double"]._replace(late="20%"),)


UNTOUCHED = "not_attempted"


@pytest.mark.parametrize("keep", ["best", "last"])
@pytest.mark.parametrize(
    ("came", "number", "outcome"),
    [
        ([("04", 9.0, "failed"), ("05", 0.0, UNTOUCHED)], 1, "failed"),
        ([("04", 0.0, UNTOUCHED), ("05", 0.0, "failed")], 2, "failed"),
        ([("04", 9.0, "failed"), ("05", 0.0, UNTOUCHED), ("07", 9.0, "failed")], 1, "failed"),
        ([("04", 0.0, UNTOUCHED)], 1, UNTOUCHED),
    ],
)
def test_a_stub_takes_no_attempts_place(
    store: Store, keep: str, came: list[tuple[str, float, str]], number: int, outcome: str
) -> None:
    """A fresh copy of a course takes nothing back, nor is what was there before late after it."""
    store.assign(["double"], ["double"], Terms(keep=keep))
    for day, points, what in came:
        at = f"2026-05-{day}T10:00:00Z"
        digest, body = f"{day} {what}", f"{points} {what}".encode()
        store.save_hand_in(
            HandIn("ada", ((Clue("login", "ada"),),), (), at), digest, "lab.zip", "folders"
        )
        store.save_files(digest, [File("double.py", "double", "", body, ["double"])], "1")
        regrade(store, hash_of(body), points, what)
    match_all(store)
    mark = mark_of(store)
    assert mark.attempt and (mark.attempt.number, mark.outcome) == (number, outcome)
    assert mark.attempt.lateness.is_late is False


def together(store: Store, people: Sequence[Person], exercise: str, *numbers: int) -> None:
    """Hand in what some people made together."""
    digest = f"{exercise} {numbers}"
    store.save_hand_in(
        HandIn(digest, tuple(people[n].clues for n in numbers), ()), digest, "lab.zip", "folders"
    )
    store.save_files(digest, [File("x.py", exercise, "", digest.encode(), [exercise])], "1")


def test_a_group_counts_once_however_often_it_hands_in(store: Store) -> None:
    """So do two of its members, with others; what few handed in counts only where it was named."""
    pupils = [Person(f"s{n}", (Clue("login", f"s{n}"),)) for n in range(30)]
    store.save_roster(pupils)
    store.assign(["quadruple"], ["double", "quadruple"], Terms())
    for n in range(0, 30, 2):
        together(store, pupils, "double", n, n + 1)
    together(store, pupils, "quadruple", 0, 1)
    together(store, pupils, "quadruple", 1, 0)
    together(store, pupils, "quadruple", 1)
    match_all(store)
    assert handed_in(store) == ("double",)
    together(store, pupils, "quadruple", 2, 3)
    match_all(store)
    assert handed_in(store) == ("double", "quadruple")


def test_who_hands_in_alone_and_then_together_belongs_together(store: Store) -> None:
    """Groups that all handed in are the class, however many they are apart in another week."""
    pupils = [Person(f"s{n}", (Clue("login", f"s{n}"),)) for n in range(33)]
    store.save_roster(pupils)
    store.assign(["double", "quadruple"], ["double", "quadruple"], Terms())
    alone = [("double", [n]) for n in range(33)]
    groups = [("quadruple", [*range(n, 33, 3)]) for n in range(3)]
    for exercise, numbers in alone + groups[:1]:
        together(store, pupils, exercise, *numbers)
    match_all(store)
    assert handed_in(store) == ("double",)
    for exercise, numbers in groups[1:]:
        together(store, pupils, exercise, *numbers)
    match_all(store)
    assert handed_in(store) == ("double", "quadruple")


def test_pairs_that_change_are_no_single_group(store: Store) -> None:
    """What one group alone handed in costs nobody else, whoever they worked with before."""
    pupils = [Person(f"s{n}", (Clue("login", f"s{n}"),)) for n in range(30)]
    store.save_roster(pupils)
    store.assign(["double", "quadruple"], ["double", "quadruple"], Terms())
    for n in range(30):
        together(store, pupils, "double", n, (n + 1) % 30)
    together(store, pupils, "quadruple", 0, 2, 4)
    match_all(store)
    assert handed_in(store) == ("double",)


def test_without_times_attempts_count_as_they_came(store: Store) -> None:
    """Where one has no time, the order is that of reading."""
    store.assign(["double"], ["double"], Terms(keep="last"))
    hand_in(store, "ada", 9.0, "2026-05-04T21:59:00Z")
    hand_in(store, "ada", 2.0)
    assert mark_of(store).points == 2.0


@pytest.mark.parametrize(
    ("late", "lateness", "share"),
    [
        ("10%/day", Lateness(True, 901), 0.1),
        ("10%/day", Lateness(True, 900), 0.0),  # within the grace
        ("10%/day", Lateness(True, 86401), 0.2),
        ("10%/day", Lateness(True, 99 * 86400), 1.0),
        ("10%/day", Lateness(True, None), None),
        ("20%", Lateness(True, None), 0.2),
        ("20%", Lateness(None, None), 0.0),  # nobody knows
        ("20%", Lateness(False, 0), 0.0),
        ("", Lateness(True, 99), 0.0),
        ("2.5%/hour", Lateness(True, 7200), 0.05),
    ],
)
def test_being_late_takes_off_what_was_said(
    late: str, lateness: Lateness, share: float | None
) -> None:
    """A share of the points, for each unit that has begun; what nobody knows costs nothing."""
    assert deduction_of(late).of(lateness, 900) == (None if share is None else pytest.approx(share))


def test_times_go_before_what_a_platform_says() -> None:
    """It may have had another due date."""
    assert lateness_of(DUE, "2026-05-05T22:00:00Z", None, 7) == (True, 1)
    assert lateness_of(DUE, DUE, True, 7) == (False, 0)
    assert lateness_of("", DUE, None, 7) == (True, 7)
    assert lateness_of(DUE, "", True, None) == (True, None)
    assert lateness_of(DUE, "", False, None) == (False, 0)
    assert lateness_of(DUE, "", None, None) == (None, None)


@pytest.mark.parametrize("text", ["10", "101%", "10%/year", "ten", "-5%", "10%%"])
def test_what_takes_nothing_off_is_refused(text: str) -> None:
    """In a sentence that shows how it is written."""
    with pytest.raises(UsageError, match="nothing to take off"):
        deduction_of(text)


def test_times_of_options_are_read() -> None:
    """A due date with its offset, a day as its last second; minutes, hours and days of grace."""
    assert due_of("2026-05-05 23:59:59+02:00").isoformat() == "2026-05-05T23:59:59+02:00"
    assert (due_of("2026-05-05").hour, due_of("2026-05-05").second) == (23, 59)
    assert due_of("2026-05-05T21:59:59Z") == due_of("2026-05-05 23:59:59+02:00")
    assert [*map(seconds_of, ("15min", "2h", "1 day", "90 s", "5", "2 hours"))] == [
        *(900, 7200, 86400, 90, 300, 7200)
    ]
    assert Deduction(0.5).of(Lateness(True, 1), 0) == 0.5


@pytest.mark.parametrize(
    ("value", "shown"),
    [(2.675, "2.68"), (0.125, "0.13"), (1.005, "1.01"), (7.0, "7.00"), (None, ""), (2 / 3, "0.67")],
)
def test_points_are_rounded_half_up(value: float | None, shown: str) -> None:
    """As people do it, and not as the bits of a float have it."""
    assert two_digits(value) == shown


def table(
    store: Store, form: str, column: str = "Lab (60310)", is_scaled: bool = False
) -> tuple[list[list[str]], str]:
    """Export marks, and return the rows and what is told."""
    known = Known() if form == "csv" else known_to(store, form)
    exported = FORMATS[form](list(marks(store)), column, known, is_scaled)
    return list(csv.reader(io.StringIO(exported.body.decode()))), "\n".join(exported.notes)


def test_canvas_gets_what_is_left(store: Store) -> None:
    """Its columns, and nothing that it would take for an assignment; points nobody knows stay."""
    hand_in(store, "ada", 9.0, "2026-05-07T21:59:00Z")
    hand_in(store, "eve", 9.0)
    rows, told = table(store, "canvas")
    assert rows == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Lab (60310)"],
        ["Lovelace, Ada", "17", "", "ada", "", "7.20"],
        ["bob", "", "", "bob", "G1", "0.00"],
    ]
    assert "taken off already: ada 1.80" in told
    assert "not on the roster: eve (not on the roster)" in told
    assert "How many points Lab (60310) has is not known" in told


def test_of_very_many_strangers_some_are_named(store: Store) -> None:
    """They are in the marks, and nobody reads all of their names in a terminal."""
    for number in range(13):
        hand_in(store, f"eve{number:02}", None)
    (told,) = notes_of([*marks(store)])
    assert told.endswith("eve09 (not on the roster) and 3 more")


def test_names_with_commas_are_told_apart() -> None:
    """As a gradebook sorts them."""
    named = joined(["de la Cruz, Noor", "Smith"])
    assert named == "de la Cruz, Noor; Smith" and joined(["ada", "bob"]) == "ada, bob"


def test_moodle_gets_points_penalty_and_what_is_left(store: Store) -> None:
    """A person without any id is told."""
    store.save_roster([ADA, BOB, Person("cy", (Clue("name", "Cy"),))])
    hand_in(store, "ada", 9.0, "2026-05-07T21:59:00Z")
    rows, told = table(store, "moodle")
    assert rows[0][4:] == ["Lab (60310): points", "Lab (60310): late penalty", "Lab (60310)"]
    assert rows[1] == ["", "", "ada", "Lovelace, Ada", "9.00", "1.80", "7.20"]
    assert "Moodle finds people by ids, and none is known of: cy" in told


def test_what_was_not_judged_is_no_zero(store: Store) -> None:
    """Of our own fault, or before it was graded: the cell is empty, and who it is is told."""
    hand_in(store, "ada", 0.0, outcome="grader_error")
    hand_in(store, "bob", None)
    rows, told = table(store, "csv")
    assert [row[2:4] for row in rows[1:]] == [["grader_error", ""], ["not_graded", ""]]
    rows, told = table(store, "canvas")
    assert [row[-1] for row in rows[1:]] == ["", ""]
    assert "Left empty, because not all was judged: ada, bob" in told


def test_points_by_hand_stay_and_lose_nothing_for_late(store: Store) -> None:
    """A comment alone leaves points as they are; what changed below is told all the same."""
    answer = hand_in(store, "ada", 9.0, "2026-05-07T21:59:00Z")
    id = mark_of(store).student.id
    store.mark_by_hand(id, "double", None, "see me")
    assert mark_of(store).final == pytest.approx(7.2)
    store.mark_by_hand(id, "double", 6.5, "see me")
    before = list(marks(store))
    regrade(store, answer, 10.0, "passed")
    after = mark_of(store)
    assert (after.final, after.outcome, after.by_hand and after.by_hand.comment) == (
        *(6.5, "passed"),
        "see me",
    )
    (change,) = changes(before, marks(store))
    assert (change.kept, change.after.outcome) == (6.5, "passed")


def test_an_older_report_counts_again_where_it_holds(store: Store) -> None:
    """A change that is taken back costs no second run."""
    answer = hand_in(store, "ada", 3.0)
    regrade(store, answer, 5.0)
    assert mark_of(store).points == 5.0
    assert store.count_again(answer, Under(0, "grader", "{}"))
    assert mark_of(store).points == 3.0
    assert not store.count_again(answer, Under(7, "grader", "{}"))


def test_a_class_in_numbers(store: Store) -> None:
    """Whose marks count, who is late, and what nobody knows."""
    hand_in(store, "ada", 9.0, "2026-05-07T21:59:00Z")
    hand_in(store, "bob", 9.0)
    hand_in(store, "eve", 1.0)
    outline = outline_of(marks(store), unmatched(store))
    assert (outline.people, outline.others, outline.late, outline.unknown_times) == (2, 1, 1, 1)
    assert outline.outcomes == {"double": {"failed": 2}}
    assert outline.unmatched == {"hand-in without a person": 1}


def test_whom_a_platform_calls_in_time_is_told(store: Store) -> None:
    """Where --due takes points off all the same: they may have an extension there."""
    for name, is_late in (("ada", False), ("bob", None)):
        hand_in(store, name, 9.0, "2026-05-07T21:59:00Z")
        change = "UPDATE appearances SET is_late = ? WHERE place = ?"
        store.database.execute(change, (is_late, name))
    (told,) = in_time_there(marks(store))
    assert "may have an extension: ada. Points are taken off" in told
    store.mark_by_hand(mark_of(store).student.id, "double", 9.0, "")
    assert in_time_there(marks(store)) == []


def test_a_table_says_nothing_in_our_name() -> None:
    """What others called a file is no formula, and in one line of visible signs."""
    odd = Unmatched("file not understood", "", "a.zip", "=1+1\x1b[31m\n\u202e.py", "no")
    (_, row) = csv.reader(io.StringIO(unmatched_csv([odd]).decode()))
    assert row[3] == "'=1+1\\x1b[31m\\x0a\\u202e.py"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "odd",
    [
        "=cmd|'C calc'!A0",
        "@SUM(1)",
        "+1+1",
        "-1+1",
        "\t=1",
        "\r=1",
        "\uff1d1",
        "a\x1b[31m\u202e\nb",
    ],
)
def test_no_cell_of_a_gradebook_is_a_formula(store: Store, form: str, odd: str) -> None:
    """Nor hides anything; in a name, in an id, in the column's own name."""
    kinds = ("name", "email", "login", "number", "canvas", "section")
    store.save_roster([])
    store.save_hand_in(
        HandIn("x", (tuple(Clue(kind, odd) for kind in kinds),), ()), "x", "lab.zip", "folders"
    )
    match_all(store)
    exported = FORMATS[form](list(marks(store)), odd, Known(), False)
    cells = [cell for row in csv.reader(io.StringIO(exported.body.decode())) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\uff1d"))]
    assert all(cell.isprintable() for cell in cells)


@pytest.mark.parametrize("id", ["00315", "+49170", "-17", "3.5", "ada@x.edu", "ada-1", "a=b"])
def test_ids_are_found_as_they_were_given_out(store: Store, id: str) -> None:
    """Platforms look for them to the letter."""
    store.save_roster([Person("ada", tuple(Clue(k, id) for k in ("number", "login", "canvas")))])
    assert table(store, "moodle")[0][1][:3] == [id, "", id]
    assert table(store, "canvas")[0][1][1:4] == [id, id, id]


@pytest.mark.parametrize("due", ["0500-01-01", "1969-12-31", "2201-01-01", "9999-12-31"])
def test_nothing_is_due_in_another_age(due: str) -> None:
    """Such a year is a slip, and not every system could tell it again."""
    with pytest.raises(UsageError, match="is no date") as error:
        due_of(due)
    assert "from 1970 to 2200" in (error.value.next or "")


def test_what_is_private_is_written_through_no_link(tmp_path: Path) -> None:
    """Neither one in its place nor one that waits beside it; and it is its owner's alone."""
    other, path = tmp_path / "other", tmp_path / "marks.csv"
    other.write_bytes(b"kept")
    for waiting in (path, tmp_path / "marks.csv.part"):
        waiting.symlink_to(other)
    write_private(path, b"names")
    assert (other.read_bytes(), path.read_bytes()) == (b"kept", b"names")
    assert not path.is_symlink() and stat.S_IMODE(path.stat().st_mode) == 0o600


def test_many_files_at_one_place_are_told_in_proportion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of loose files has one place for everybody; what another reader takes is no more."""
    count = 2_000
    with Store(tmp_path / "marks", make=True) as store, transaction(store.database):
        add = "INSERT INTO hand_ins (id, digest, source, place, form, clues, submitted_at, read_as)"
        numbers = [(number,) for number in range(count)]
        add += " VALUES (?1, 'd' || ?1, 'loose', '', 'files', '[]', '', IIF(?1 % 2, 'quiz 1', ''))"
        store.database.executemany(add, numbers)
        store.database.execute("INSERT INTO answers VALUES ('h', 'double', '[]', x'')")
        add = "INSERT INTO files (hand_in, path, exercise, answer, why)"
        add += " VALUES (?1, (?1 / 2) || '.yaml', 'double', IIF(?1 IN (1, 5), 'h', NULL), 'odd')"
        store.database.executemany(add, numbers)
        store.database.execute("UPDATE files SET hand_in = 4 WHERE hand_in = 5")
    monkeypatch.setattr("grader.course.database_check._BUDGET", 4_000_000)
    with Store(tmp_path / "marks") as store:
        found = [each.file for each in unmatched(store) if each.kind == "file not understood"]
    assert len(found) == count - 3  # one is taken by another reader, and two are answers
    assert "0.yaml" not in found and "2.yaml" in found


@pytest.mark.parametrize(("read_as", "is_told"), [("1a", True), ("quiz 1a", False)])
def test_what_was_not_understood_is_told_though_another_week_has_an_answer_there(
    store: Store, read_as: str, is_told: bool
) -> None:
    """Two downloads may have one name; only what answers a quiz as well is no more."""
    for digest, version, file in (
        ("first", "1a", File("hw.py", "", "it answers no exercise")),
        ("second", read_as, File("hw.py", "double", "", b"body", ("double",))),
    ):
        store.save_hand_in(HandIn("ada", ((Clue("login", "ada"),),), ()), digest, "lab", "folders")
        store.save_files(digest, [file], version)
    found = [each.why for each in unmatched(store) if each.kind == "file not understood"]
    assert found == ["it answers no exercise"] * is_told


@pytest.mark.parametrize(
    ("points", "outcome", "expected"),
    [(0.0, "grader_error", None), (7.0, "grader_error", None), (10.0, "grader_error", 10.0)]
    + [(7.0, "failed", 7.0)],
)
def test_the_best_is_not_known_while_one_is_not_judged(
    store: Store, points: float, outcome: str, expected: float | None
) -> None:
    """Unless none can be better; so nothing is exported as less than it may be."""
    hand_in(store, "ada", points, "2026-05-01T10:00:00Z")
    hand_in(store, "ada", 0.0, "2026-05-02T10:00:00Z", outcome)
    assert mark_of(store).final == expected
