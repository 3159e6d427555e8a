"""Each time that something is handed in counts as one, also where it was there before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.classroom.hand_ins.record import Clue, HandIn
from grader.classroom.intake import match_all
from grader.classroom.marks import appearances
from grader.classroom.marks.appearances import Seen
from grader.classroom.marks.reading import Attempt, assigned, attempts_of, students
from grader.classroom.marks.store import File, Saved, Store, Terms
from grader.classroom.packets import packed
from grader.course.course import Course
from grader.records import Submission
from tests.conftest import Ended


def attempts(folder: Path, *came: tuple[str, str, str]) -> list[Attempt]:
    """Return what counts as attempts of what came in downloads: of which name, what, and when."""
    with Store(folder, make=True) as store:
        store.assign(["double"], ["double"], Terms(due="2026-05-02T00:00:00Z", keep="last"))
    saved(folder, *came)
    with Store(folder) as store:
        match_all(store)
        (student,) = students(store)
        return attempts_of(store, student, assigned(store)[0])


def saved(folder: Path, *came: tuple[str, str, str]) -> list[Saved]:
    """Write down what came in downloads, and return what became of each."""
    found = []
    with Store(folder, make=True) as store:
        for source, what, day in came:
            at = f"2026-05-{day}T10:00:00Z" if day else ""
            hand_in = HandIn("ada", ((Clue("folder", "ada"),),), (), at)
            answer = what[0]  # the rest is about other files
            body = packed(Submission("double", "numbers", "double.py", answer.encode()))
            seen = Seen(source, "ada", is_timed=bool(at))
            found.append(store.save_hand_in(hand_in, what, source, "folders", seen))
            store.save_files(what, [File("double.py", "double", "", body, ["double"])], "1")
    return found


# What came, and the days of all attempts, or else the downloads.
CAME: list[tuple[list[tuple[str, str, str]], list[str]]] = [
    ([("1.zip", "a", ""), ("2.zip", "b", ""), ("3.zip", "a", "")], ["1.zip", "2.zip", "3.zip"]),
    ([("x", "a", ""), ("x", "b", ""), ("x", "a", "")], ["x", "x", "x"]),
    ([("x", "a", "01"), ("x", "b", "02"), ("x", "a", "03")], ["01", "02", "03"]),
    ([("x", "a1", "01"), ("x", "b2", "02"), ("x", "a3", "03")], ["01", "02", "03"]),
    ([("x", "a", "03"), ("y", "b", "02"), ("z", "a", "01")], ["01", "02", "03"]),
    ([("1.zip", "a", ""), ("2.zip", "b", ""), ("1.zip", "a", "")], ["1.zip", "2.zip"]),
    ([("x", "a", "01"), ("y", "b", "02"), ("z", "a", "01")], ["01", "02"]),
    ([("x", "a", "01"), ("x", "a", "03")], ["01"]),  # nothing was changed
    ([("x", "a1", "01"), ("x", "a2", "03")], ["01"]),
]


@pytest.mark.parametrize(("came", "expected"), CAME)
def test_what_is_handed_in_again_is_another_attempt(
    tmp_path: Path, came: list[tuple[str, str, str]], expected: list[str]
) -> None:
    """Where something else was handed in between; what is only read again is none."""
    found = attempts(tmp_path / "marks", *came)
    said = [each.submitted_at[8:10] or each.source.partition(":")[0] for each in found]
    assert said == expected
    assert [each.number for each in found] == [*range(1, len(expected) + 1)]
    assert attempts(tmp_path / "marks", came[-1]) == found
    late = [each.lateness.is_late for each in found if each.submitted_at]
    assert late == [day > "01" for day in expected if day.isdigit()]


def test_an_older_download_that_is_named_again_is_told(
    tiny: Course, grader: Callable[..., Ended]
) -> None:
    """Where only the order of reading says what is last; not where it is as it was read."""
    path = tiny.root / "handed-in/ada/double.py"
    path.parent.mkdir(parents=True)
    grade = ("class", "grade", "handed-in", "--exercises", "double", "--keep", "last")
    said = []
    for text in ("x", "x * 2", "x * 2", "x", "x"):
        path.write_text(f"def double(x, times=2):\n    return {text}\n")
        said.append("Handed in again, as far as anybody can tell: 1 hand-in" in grader(*grade).out)
    assert said == [False, False, False, True, False]


def test_two_weeks_folders_of_one_name_are_not_handed_in_again(
    tiny: Course, grader: Callable[..., Ended]
) -> None:
    """Each has answers to its own, so neither is an older one of the other."""
    said, answer = [], "def {}(x, times=2):\n    return x * {}\n"
    for week in ([("double", 2)], [("quadruple", 4)], [("double", 2), ("quadruple", 3)]):
        for name, by in week:
            path = tiny.root / f"{len(week)} {week[0][0]}/handed-in/ada/{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(answer.format(name, by))
    for folder in ("1 double", "1 quadruple", "1 double", "2 double", "1 double", "1 quadruple"):
        ended = grader("class", "grade", f"{folder}/handed-in", "--exercises", "double,quadruple")
        said.append("Handed in again" in ended.out)
    assert said == [False, False, False, False, False, True]


@pytest.mark.parametrize(
    ("came", "expected"),
    [
        ([("1.zip", "a", ""), ("2.zip", "b", ""), ("3.zip", "a", "")], [False, False, True]),
        ([("1.zip", "a", ""), ("2.zip", "b", ""), ("1.zip", "a", "")], [False, False, False]),
        ([("1.zip", "a", ""), ("2.zip", "a", "")], [False, False]),
        ([("x", "a", "01"), ("x", "b", "02"), ("x", "a", "03")], [False, False, False]),
    ],
)
def test_what_came_back_is_told_where_no_time_says_so(
    tmp_path: Path, came: list[tuple[str, str, str]], expected: list[bool]
) -> None:
    """In a download of whatever name."""
    assert [each.is_back for each in saved(tmp_path / "marks", *came)] == expected


def test_marks_of_before_say_the_same(tmp_path: Path) -> None:
    """What came was one appearance each, and what had one name one download."""
    came = [("1.zip", "a", "01"), ("2.zip", "b", "02"), ("2.zip", "c", "03")]
    found = attempts(tmp_path / "marks", *came)
    with Store(tmp_path / "marks") as store:
        store.database.executescript(
            "DROP TABLE appearances; DROP TABLE read_in; DROP TABLE drawn_for;"
            "PRAGMA user_version = 3"
        )
    assert attempts(tmp_path / "marks") == found
    with Store(tmp_path / "marks") as store:
        assert store.rows("SELECT download, hand_in FROM read_in") == [(1, 1), (2, 2), (2, 3)]


def test_what_comes_very_often_is_written_down_so_often(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that nobody's hand-in is what marks cannot be read for."""
    monkeypatch.setattr(appearances, "MAX_APPEARANCES", 2)
    saved(tmp_path / "marks", *[(f"{n}.zip", "a", "") for n in range(5)])
    with Store(tmp_path / "marks") as store:
        assert store.rows("SELECT source FROM appearances") == [("0.zip",), ("1.zip",)]
