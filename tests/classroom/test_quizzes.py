"""Quizzes of a class: read like hand-ins, marked for each who answered, into the same marks."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from grader.classroom.hand_ins.record import Clue
from grader.classroom.intake import match_all
from grader.classroom.marks.reading import assigned, marks, students
from grader.classroom.marks.store import Store
from grader.classroom.pages.feedback import feedback_of, markdown_of
from grader.classroom.pages.quiz_facts import FEWEST, quiz_facts_of
from grader.classroom.pages.report import report_pages
from grader.classroom.people.roster import Person
from grader.classroom.quizzes.asked import asked_of
from grader.classroom.quizzes.reader import MAX_RECORD, QuizReader
from grader.course.course import Course
from grader.errors import GraderError
from grader.quiz.model import seed_of
from grader.quiz.reading.load import read_quiz
from tests.classroom import made_up
from tests.classroom.test_pages import EVIL
from tests.conftest import Ended

SUMS = """
quiz: sums
title: Sums
questions:
- id: one-and-one
  ask: What is 1 + 1?
  choices:
  - right: two
    because: Count your thumbs.
  - wrong: three
    because: That is one thumb too many.
- id: twice
  vars: {n: [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}
  ask: What is twice {n}?
  answer: 2 * {n}
- id: word
  ask: What is the opposite of less?
  accept: [more]
"""
ROSTER = "login,name\n007,Ada\nbob,Bob\ncy,Cy\ndan,Dan\n"
Command = Callable[..., Ended]


@pytest.fixture
def asked(tiny: Course) -> Course:
    """Lay out a course whose quiz draws a value, and a roster of four."""
    (tiny.root / "quizzes/sums.yaml").write_text(SUMS)
    (tiny.root / "roster.csv").write_text(ROSTER)
    return tiny


def answer(course: Course, name: str, **given: str) -> None:
    """Put a file of answers where somebody hands in."""
    path = course.root / "answers" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{q.replace('_', '-')}: {text}\n" for q, text in given.items()))


def twice(course: Course, student: str) -> str:
    """Return the right answer to the values that are a student's."""
    (question,) = read_quiz(course, "sums").drawn(seed_of(student)).questions[1:2]
    return str(question.kind.right)


def rows(grader: Command, *options: str) -> dict[str, dict[str, str]]:
    """Export marks as CSV; return the rows by student."""
    text = grader("class", "export", "-o", "-", *options).out
    return {row["student"]: row for row in csv.DictReader(io.StringIO(text))}


def test_answers_are_marked_by_the_values_of_whose_they_are(asked: Course, grader: Command) -> None:
    """The same file from two people is right for whom the values were drawn, as a row each."""
    for login in ("7", "bob"):  # a spreadsheet took the zeros of 007
        answer(asked, f"{login}.yaml", one_and_one="a", twice=twice(asked, "007"), word="more")
    assert twice(asked, "007") != twice(asked, "bob")
    ended = grader("class", "quiz", "answers", "--roster", "roster.csv")
    assert ended.code == 0, ended.err
    assert "Marked 2 sets of answers" in ended.out
    found = rows(grader)
    assert [found["007"][key] for key in ("exercise", "outcome", "points", "max_points")] == [
        *("quiz:sums", "passed", "3", "3")
    ]
    assert (found["bob"]["outcome"], found["bob"]["points"]) == ("failed", "2")
    assert found["bob"]["source"] == "answers: bob.yaml"
    assert found["cy"]["outcome"] == "not_handed_in"
    assert grader("class", "quiz", "answers").out.count("Nothing is left to be marked") == 1
    grader("class", "quiz", "answers", "--values", "first")
    assert {row["points"] for row in rows(grader).values()} == {"2", "0"}


def test_a_quiz_that_nobody_named_adds_to_no_total_that_is_scaled(
    asked: Course, grader: Command
) -> None:
    """Who answers another one would take a share of everybody's points."""
    answer(asked, "bob.yaml", one_and_one="a")
    grader("class", "quiz", "answers", "--roster", "roster.csv")
    scaled = ("class", "export", "--format", "canvas", "--scale")
    ended = grader(*scaled)
    assert ended.code == 2 and "--exercises quiz:sums" in ended.err
    grader("class", "quiz", "answers", "--quiz", "sums")
    assert grader(*scaled).code == 0


def test_one_who_alone_answers_a_quiz_takes_no_points_of_others(
    asked: Course, grader: Command
) -> None:
    """What nobody named counts by how many handed in anything, be it code."""
    for student in ("ada", "bob", "cy"):
        path = asked.root / f"handed-in/{student}/double.py"
        path.parent.mkdir(parents=True)
        path.write_text("def double(x, times=2):\n    return x * 2\n")
    answer(asked, "bob.yaml", one_and_one="a")
    grader("class", "grade", "handed-in", "--exercises", "double", "--roster", "roster.csv")
    told = grader("class", "quiz", "answers").out
    assert "quiz:sums" not in told and "Left out here: 1" in told
    assert "quiz:sums" in grader("class", "quiz", "answers", "--quiz", "sums").out


def test_whoever_asks_for_a_students_values_gets_them(asked: Course, grader: Command) -> None:
    """The command for learners draws what the class is marked by."""
    path = asked.root / "mine.yaml"
    path.write_text(f"one-and-one: a\ntwice: {twice(asked, 'bob')}\nword: more\n")
    marked = ("quiz", "sums", "--answers", str(path))
    assert grader(*marked, "--student", "Bob ").code == 0
    assert grader(*marked, "--student", "007").code == 1
    assert grader(*marked, "--student", "bob", "--seed", "1").code == 2


def test_nothing_is_dropped_and_a_bad_file_costs_nobody_else(
    asked: Course, grader: Command
) -> None:
    """What cannot be read, is nobody's, or is the second of two is listed with the reason."""
    answer(asked, "bob-sums.yaml", one_and_one="b", twice="x", nonsense="1")
    (asked.root / "answers/cy-sums.yaml").write_text("one-and-one: [\n")
    (asked.root / "answers/dan.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 200)
    answer(asked, "zed.yaml", one_and_one="a")
    answer(asked, "007/sums.yaml", one_and_one="a")
    answer(asked, "007/draft.yaml", one_and_one="b")
    (asked.root / "answers/007/double.py").write_text("x = 1\n")
    assert grader("class", "quiz", "answers", "--roster", "roster.csv").code == 0
    found = rows(grader)
    assert [found[name]["outcome"] for name in ("007", "bob", "cy", "dan")] == [
        *("failed", "failed", "not_understood", "not_understood")
    ]
    left = (asked.root / "marks/unmatched.csv").read_text()
    for part in ("zed", "cy-sums.yaml:", "no record of progress", "left aside: sums.yaml", ".py"):
        assert part in left, part
    with Store(asked.root / "marks") as store:
        told = markdown_of([*feedback_of(store, "Course")][1])
    assert "one thumb too many" in told and "no question 'nonsense'" in told
    assert "'x' is not a number" in told and "Skipped" in told


def test_a_file_may_be_called_as_a_browser_or_an_editor_does(
    asked: Course, grader: Command
) -> None:
    """A second download, a copy, a text file; a copy comes after what it is a copy of."""
    answer(asked, "007-sums (1).yaml", one_and_one="a")
    answer(asked, "Copy of bob-sums.yaml", one_and_one="a")
    answer(asked, "cy-sums - Copy.yaml", one_and_one="b")
    answer(asked, "cy-sums.yaml", one_and_one="a", word="x")
    answer(asked, "dan-sums-1.yaml.txt", one_and_one="a")
    assert grader("class", "quiz", "answers", "--roster", "roster.csv", "--keep", "last").code == 0
    found = rows(grader)
    assert [found[name]["points"] for name in ("007", "bob", "cy", "dan")] == ["1", "1", "0", "1"]
    assert found["cy"]["source"] == "answers: cy-sums - Copy.yaml" and found["cy"]["attempt"] == "2"


def test_answers_in_another_encoding_are_told_in_a_sentence(asked: Course, grader: Command) -> None:
    """With the line, and what to do."""
    answer(asked, "bob.yaml", one_and_one="a")
    (asked.root / "answers/cy.yaml").write_bytes(b"one-and-one: a\nword: gr\xfcn\n")
    assert grader("class", "quiz", "answers", "--roster", "roster.csv").code == 0
    left = (asked.root / "marks/unmatched.csv").read_text()
    assert "line 2 has a letter in another encoding than UTF-8: save it again as UTF-8" in left


def test_what_is_added_up_with_a_quiz_is_said(asked: Course, grader: Command) -> None:
    """An exercise's column has the points of a quiz as well."""
    answer(asked, "bob.yaml", one_and_one="a")
    assert grader("class", "quiz", "answers", "--roster", "roster.csv").code == 0
    assert "Added up" not in grader("class", "export", "--format", "moodle").err
    answer(asked, "bob/double.py")
    assert grader("class", "grade", "answers", "--exercises", "double", "--jobs", "1").code == 0
    for form in ("moodle", "canvas"):
        told = grader("class", "export", "--format", form).err
        assert "Added up: double, quiz:sums." in told


def test_who_only_answered_a_quiz_has_no_file(asked: Course, grader: Command) -> None:
    """Where exercises count; a quiz alone wants no files besides."""
    answer(asked, "bob.yaml", one_and_one="a")
    words = ("class", "quiz", "answers", "--roster", "roster.csv")
    assert "3 people without a file" in grader(*words).out
    answer(asked, "cy/double.py")
    assert grader("class", "grade", "answers", "--exercises", "double", "--jobs", "1").code == 0
    left = (asked.root / "marks/unmatched.csv").read_text()
    assert "person without a file,bob,,,nothing was handed in but answers to quizzes" in left
    assert "person without a file,cy" not in left and "person without a file,dan" in left


def test_an_exam_is_marked_from_the_record(asked: Course, grader: Command) -> None:
    """By the values that it was asked with; practice, which tells what is right, is no exam."""
    lines = f"two\n{twice(asked, 'bob')}\nless\n"
    assert grader("quiz", "sums", "--student", "bob", typed=lines).code == 1
    record = asked.root / ".grader/progress.db"
    place = asked.root / "handed-in"
    for login, exam in (("cy", False), ("bob", True)):
        if exam:
            grader("quiz", "sums", "--exam", "--student", "bob", typed=lines)
        (place / login / ".grader").mkdir(parents=True)
        (place / login / ".grader/progress.db").write_bytes(record.read_bytes())
    assert grader("class", "quiz", "handed-in", "--roster", "roster.csv").code == 0
    found = rows(grader)
    assert (found["bob"]["points"], found["cy"]["points"]) == ("2", "0")
    assert found["bob"]["source"] == "handed-in: bob/.grader/progress.db, exam 1"
    assert "there is no exam in it" in (asked.root / "marks/unmatched.csv").read_text()


def test_a_record_that_somebody_made_up_says_nothing_of_its_own(
    asked: Course, grader: Command
) -> None:
    """Where choices are offered, an answer that is none of them does not count."""
    grader("quiz", "sums", "--exam", "--student", "bob", typed=f"two\n{twice(asked, 'bob')}\n")
    record = asked.root / ".grader/progress.db"
    with sqlite3.connect(record) as database:
        database.execute("UPDATE replies SET given = ? WHERE id = 1", (json.dumps(EVIL),))
    record.rename(asked.root / "bob.db")
    assert grader("class", "quiz", "bob.db", "--roster", "roster.csv").code == 0
    assert rows(grader)["bob"]["points"] == "1"
    with Store(asked.root / "marks") as store:
        assert "script" not in dict(report_pages(store, "x", True))["quizzes/sums.html"].decode()


def test_code_and_quizzes_of_one_download_go_into_the_same_marks(
    asked: Course, grader: Command
) -> None:
    """Neither command lists what the other has made an answer of, and neither undoes it."""
    answer(asked, "bob/sums.yaml", one_and_one="a")
    (asked.root / "answers/bob/double.py").write_text("def double(x, times=2):\n    return 2\n")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path in (asked.root / "answers").rglob("*.*"):
            archive.write(path, path.relative_to(asked.root / "answers").as_posix())
    Path("lab.zip").write_bytes(stream.getvalue())
    grader("class", "grade", "lab.zip", "--roster", "roster.csv", "--jobs", "1", "--seed", "1")
    assert "sums.yaml" in (asked.root / "marks/unmatched.csv").read_text()
    assert grader("class", "quiz", "lab.zip").code == 0
    left = (asked.root / "marks/unmatched.csv").read_text()
    assert "sums.yaml" not in left and "double.py" not in left
    assert rows(grader, "--exercises", "quiz:sums")["bob"]["points"] == "1"
    assert rows(grader, "--exercises", "double")["bob"]["outcome"] == "failed"
    assert grader("class", "export", "--exercises", "quiz:none").code == 2


def test_a_mended_quiz_is_marked_again(asked: Course, grader: Command) -> None:
    """Regrading says who has other points now; what was given by hand stays."""
    answer(asked, "bob.yaml", one_and_one="b", word="more")
    answer(asked, "cy.yaml", one_and_one="b", word="less")
    grader("class", "quiz", "answers", "--roster", "roster.csv")
    grader("class", "mark", "cy", "quiz:sums", "--points", "1.5")
    path = asked.root / "quizzes/sums.yaml"
    path.write_text(
        SUMS.replace("[more]", "[more, less]").replace("- id: word", "- id: word\n  weight: 2")
    )
    ended = grader("class", "regrade", "--dry-run")
    assert "2 sets of answers to be marked again, because the quiz changed" in ended.out
    ended = grader("class", "regrade")
    assert "bob, quiz:sums: 1 → 2 points" in ended.out and "1.5 by hand stay" in ended.out
    assert rows(grader)["bob"]["max_points"] == "4"


def test_a_quiz_of_a_file_is_found_again(asked: Course, grader: Command) -> None:
    """One that is not the course's counts under its name; one that is nowhere is told."""
    Path("extra.yaml").write_text(
        SUMS.replace("quiz: sums", "quiz: extra").replace("id: ", "id: x-")
    )
    answer(asked, "bob.yaml", x_one_and_one="a")
    assert grader("class", "quiz", "answers", "--quiz", "extra.yaml").code == 0
    assert rows(grader)["bob"]["exercise"] == "quiz:extra"
    assert grader("class", "quiz", "answers").code == 0
    assert grader("class", "quiz", "answers", "--quiz", "nowhere").code == 2


@pytest.mark.parametrize(
    "name", ["Week 3: Means", "a, b", "one\u00a0two", "a\\b", "X\nNext: it", "x" * 210]
)
def test_a_name_that_marks_cannot_have_is_refused(
    asked: Course, grader: Command, name: str
) -> None:
    """Before anything is written: with such a row nobody could open the marks again."""
    answer(asked, "bob.yaml", one_and_one="a")
    path = asked.root / f"{name}.yaml"
    path.write_text(SUMS.replace("quiz: sums", f"quiz: {json.dumps(name)}"))
    ended = grader("class", "quiz", "answers", "--quiz", str(path))
    assert ended.code == 2 and "a quiz of a class cannot be called so" in ended.err
    assert grader("class", "quiz", "answers").code == 0
    assert [*rows(grader)] == ["bob"]


def test_two_quizzes_of_one_name_are_told_apart_by_none(asked: Course, grader: Command) -> None:
    """The second would be marked as the first, by another key."""
    answer(asked, "bob.yaml", one_and_one="a")
    for week in ("week1", "week2", "week3"):
        (asked.root / week).mkdir()
        text = SUMS.replace("quiz: sums", "quiz: test").replace("id: ", f"id: {week}-")
        (asked.root / week / "test.yaml").write_text(text)
    assert grader("class", "quiz", "answers", "--quiz", "week1/test.yaml").code == 0
    assert grader("class", "quiz", "answers", "--quiz", "week1/test.yaml").code == 0
    ended = grader("class", "quiz", "answers", "--quiz", "week2/test.yaml")
    assert ended.code == 2 and "there is another quiz called test" in ended.err
    shutil.copy(asked.root / "week1/test.yaml", asked.root / "week1/sums.yaml")
    ended = grader("class", "quiz", "answers", "--quiz", "week1/sums.yaml")
    assert ended.code == 2 and "there is another quiz called sums" in ended.err


@pytest.mark.parametrize("is_moved", [True, False])
def test_a_quiz_of_a_file_may_become_one_of_the_course(
    asked: Course, grader: Command, is_moved: bool
) -> None:
    """It keeps its marks, wherever the file was; until it is listed, it is that of a file."""
    answer(asked, "bob.yaml", x_one_and_one="a")
    path = asked.root / "test.yaml"
    path.write_text(SUMS.replace("quiz: sums", "quiz: test").replace("id: ", "id: x-"))
    assert grader("class", "quiz", "answers", "--quiz", "test.yaml").code == 0
    (shutil.move if is_moved else shutil.copy)(path, asked.root / "quizzes/test.yaml")
    if not is_moved:
        path.unlink()
        ended = grader("class", "quiz", "answers", "--quiz", "quizzes/test.yaml", "-o", "other")
        assert ended.code == 0
    contents = asked.root / "course.yaml"
    contents.write_text(contents.read_text().replace("[sums]", "[sums, test]"))
    assert grader("class", "quiz", "answers").code == 0
    assert rows(grader)["bob"]["exercise"] == "quiz:test"


def test_who_comes_after_the_quiz_was_marked_waits(asked: Course, grader: Command) -> None:
    """Nothing is wrong with the course then: their answers were nobody's until now."""
    answer(asked, "bob.yaml", one_and_one="a")
    answer(asked, "zoe.yaml", one_and_one="a")
    grader("class", "quiz", "answers", "--roster", "roster.csv")
    (asked.root / "more.csv").write_text(ROSTER + "zoe,Zoe\n")
    (asked.root / "code/bob").mkdir(parents=True)
    (asked.root / "code/bob/double.py").write_text("def double(x, times=2):\n    return x\n")
    told = " ".join(grader("class", "grade", "code", "--roster", "more.csv").out.split())
    assert "Not judged yet: 1 answer." in told and "prove" not in told
    assert "Not judged" not in grader("class", "regrade").out
    assert rows(grader)["zoe"]["points"] == "1"


def test_our_own_fault_is_of_one_row_and_tried_again(
    asked: Course, grader: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It costs no points, and the next run marks it."""
    answer(asked, "bob.yaml", one_and_one="a")

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as within:
        within.setattr("grader.classroom.quizzes.marking.mark_handed_in", broken)
        assert grader("class", "quiz", "answers", "--roster", "roster.csv").code == 3
    row = rows(grader)["bob"]
    assert (row["outcome"], row["points"]) == ("grader_error", "")
    assert grader("class", "quiz", "answers").code == 0
    assert rows(grader)["bob"]["points"] == "1"


def test_questions_are_told_in_numbers(asked: Course, grader: Command) -> None:
    """Facility is a share of points, discrimination a correlation with the rest, or unknown."""
    everybody = [f"s{n:02}" for n in range(12)]
    (asked.root / "roster.csv").write_text("login\n" + "\n".join(everybody) + "\n")
    for n, login in enumerate(everybody):
        knows = n >= 3
        given = {"one_and_one": "a" if knows else "b", "word": "more" if knows else "secret"}
        answer(asked, f"{login}.yaml", **given)
    grader("class", "quiz", "answers", "--roster", "roster.csv")
    with Store(asked.root / "marks") as store:
        (quiz,) = assigned(store)
        facts = quiz_facts_of(store, quiz, list(marks(store)), False)
        few = quiz_facts_of(store, quiz, list(marks(store))[: FEWEST - 1], False)
        pages = dict(report_pages(store, "Course", True))
    assert [(q.id, q.facility) for q in facts.questions] == [
        *(("twice", 0.0), ("one-and-one", 0.75), ("word", 0.75))
    ]
    never, first, word = facts.questions
    assert never.discrimination is None and never.skipped == 12
    assert first.discrimination == pytest.approx(1) == word.discrimination
    assert all(question.discrimination is None for question in few.questions)
    assert [(w.given, w.people) for w in first.wrong] == [("three", 3)]
    assert first.wrong[0].told.startswith("That is one thumb too many.")
    page = pages["quizzes/sums.html"].decode()
    assert "three" in page and "secret" not in page and "s01" not in page


def test_marks_of_before_quizzes_are_gone_on_with(asked: Course, grader: Command) -> None:
    """A database of the first version gets the table that it lacks."""
    answer(asked, "bob.yaml", one_and_one="a")
    with Store(asked.root / "marks", make=True) as store:
        store.database.executescript(
            "DROP TABLE quizzes; DROP INDEX placed; DROP TABLE platform_people;"
            "DROP TABLE platform_columns; DROP TABLE made_of; DROP TABLE appearances;"
            "DROP TABLE drawn_for; DROP TABLE read_in; PRAGMA user_version = 1"
        )
    assert grader("class", "quiz", "answers", "--roster", "roster.csv").code == 0
    assert rows(grader)["bob"]["points"] == "1"


def test_what_is_too_large_is_not_read(asked: Course) -> None:
    """Of a file only its first bytes are looked at, as many as one of ours may have."""
    with Store(asked.root / "marks", make=True) as store:
        reader = QuizReader(asked_of(asked, store))
    wanted: list[int] = []

    def read(most: int) -> bytes:
        wanted.append(most)
        raise GraderError("too large")

    from grader.classroom.hand_ins.entries import Entry

    files = reader.files([Entry(name, read) for name in ("a.yaml", "b.db", "c.pdf")])
    assert [file.exercise for file in files] == ["", "", ""]
    assert wanted == [500_000, MAX_RECORD]


def test_a_sheet_has_the_values_of_whose_it_is(asked: Course, grader: Command) -> None:
    """What is answered on it is marked by the same ones, and no right answer stands in it."""
    wanted = ("class", "quiz", "--sheets", "sheets", "--quiz", "sums")
    assert grader(*wanted).code == 2  # who is asked?
    assert grader(*wanted, "--roster", "roster.csv").code == 0
    sheet = (asked.root / "sheets/bob-sums.md").read_text()
    (question,) = read_quiz(asked, "sums").drawn(seed_of("bob")).questions[1:2]
    assert question.ask in sheet and "more" not in sheet and "thumb" not in sheet
    form = (asked.root / "sheets/bob-sums.yaml").read_text()
    (asked.root / "answers").mkdir()
    filled = form.replace("twice:", f"twice: {question.kind.right}")
    (asked.root / "answers/bob-sums.yaml").write_text(filled)
    assert grader("class", "quiz", "answers").code == 0
    assert rows(grader)["bob"]["points"] == "1"


ADA, BOB, BOB_BY_MAIL = (
    Person(clues[0].value, clues)
    for clues in (
        (Clue("login", "ada"),),
        (Clue("login", "bob"), Clue("email", "b@x")),
        (Clue("email", "b@x"), Clue("login", "bob")),
    )
)


@pytest.mark.parametrize(
    "given",
    [
        "twice: 8",
        "twice:\n- 8",
        "twice: # mine\nword:  more",
        "twice:  # it\n- 8",
        "word: # it\n  more",
    ],
)
def test_new_sheets_take_the_place_of_no_answers(
    asked: Course, grader: Command, given: str
) -> None:
    """The file to answer in may lie where it was written; an empty one is written anew."""
    wanted = ("class", "quiz", "--sheets", "sheets", "--quiz", "sums", "--roster", "roster.csv")
    assert [grader(*wanted).code for _ in range(2)] == [0, 0]
    path = asked.root / "sheets/bob-sums.yaml"
    path.write_text(f"# mine\none-and-one:  # a, b\n{given}\n")
    ended = grader(*wanted)
    assert ended.code == 2 and "bob-sums.yaml: it has answers" in ended.err
    assert given in path.read_text()


@pytest.mark.parametrize("first", [[ADA, BOB], [ADA, BOB_BY_MAIL]])
def test_who_comes_back_to_the_class_has_the_values_of_their_sheet(
    asked: Course, grader: Command, first: list[Person]
) -> None:
    """Whatever a roster calls them then; in the meantime they are nobody in the marks."""
    grader("class", "quiz", "--sheets", "sheets", "--quiz", "sums", "--roster", "roster.csv")
    with Store(asked.root / "marks") as store:
        store.save_roster([ADA, BOB])
        for people, count in ((first, 2), ([ADA], 1), ([ADA, BOB_BY_MAIL], 2)):
            store.save_roster(people)
            match_all(store)
            drawn = {each.person.student: each.drawn_for for each in students(store)}
            assert len(drawn) == count
        assert drawn["b@x"] == "bob"


def test_who_leaves_a_class_without_quizzes_is_forgotten(tmp_path: Path) -> None:
    """So a roster of others that was named by mistake leaves nothing behind."""
    with Store(tmp_path / "marks", make=True) as store:
        for people in ([BOB], [BOB_BY_MAIL], [ADA]):
            store.save_roster(people)
            match_all(store)
        assert store.rows("SELECT student FROM people") == [("ada",)]


@pytest.mark.parametrize(
    "form", ["moodle", "canvas", "gradescope", "nbgrader", "folders", "clones"]
)
def test_answers_come_in_every_form_that_code_does(
    asked: Course, grader: Command, form: str
) -> None:
    """Whatever gave them out, they are put to whom they belong, and late ones are late."""
    pupils = [made_up.Pupil(n, {"sums.yaml": b"one-and-one: a\n"}) for n in range(2)]
    pupils[1].late = timedelta(hours=2)
    name = "in" if form in ("nbgrader", "folders") else "lab-submissions"
    zipped = form in ("moodle", "canvas", "gradescope")
    path = asked.root / ("in.zip" if zipped else name)
    getattr(made_up, f"write_{form}")(pupils, path)
    made_up.write_roster(pupils, asked.root / "roster.csv")
    due = ("--due", "2026-05-05 23:59:59+02:00", "--late", "50%")
    assert grader("class", "quiz", path.name, "--roster", "roster.csv", *due).code == 0
    found = rows(grader)
    assert [found[f"u00{n}"]["points"] for n in range(2)] == ["1", "1"]
    knows_how_late = form in ("gradescope", "nbgrader", "clones")
    assert (found["u001"]["late_seconds"] == "7200") == knows_how_late


def test_a_course_that_is_handed_in_whole_holds_no_answers_of_its_own(
    asked: Course, grader: Command
) -> None:
    """Of that, its record counts, and files beside its course.yaml; also in a zip in a folder."""
    grader("quiz", "sums", "--exam", "--student", "bob", typed="two\nq\n")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in ("course.yaml", "quizzes/sums.yaml", ".grader/progress.db"):
            archive.write(asked.root / name, f"course/{name}")
        archive.writestr("course/.grader/other.db", "x")
        archive.writestr("course/mine/sums.yaml", "word: two\n")
    (asked.root / "in/bob").mkdir(parents=True)
    (asked.root / "in/bob/work.zip").write_bytes(stream.getvalue())
    assert grader("class", "quiz", "in", "--roster", "roster.csv").code == 0
    assert rows(grader)["bob"]["points"] == "1"
    told = (asked.root / "marks/unmatched.csv").read_text().splitlines()
    (elsewhere,) = [line for line in told if "bob" in line]
    assert "course/mine/sums.yaml,it lies in a folder of a course" in elsewhere
    grader("class", "grade", "in", "--jobs", "1", "--seed", "1", "-o", "code")
    assert "progress.db" not in (asked.root / "code/unmatched.csv").read_text()


def test_sheets_of_a_roster_of_first_names_lead_back(asked: Course, grader: Command) -> None:
    """What its first column says is no clue to anybody, so an id stands in the names of files."""
    roster = "First name,Last name,Email\nMax,Lee,m1@x.org\nPaula,Max,max@x.org\n"
    (asked.root / "names.csv").write_text(roster)
    wanted = ("class", "quiz", "--sheets", "answers", "--quiz", "sums", "--values", "first")
    assert grader(*wanted, "--roster", "names.csv").code == 0
    forms = sorted((asked.root / "answers").glob("*.yaml"))
    assert [path.name for path in forms] == ["m1@x.org-sums.yaml", "max@x.org-sums.yaml"]
    for path, given in zip(forms, ("two", "three"), strict=True):
        path.write_text(f"one-and-one: {given}\n")
    assert grader("class", "quiz", "answers", "--roster", "names.csv").code == 0
    assert {name: row["points"] for name, row in rows(grader).items()} == {"Max": "1", "Paula": "0"}
