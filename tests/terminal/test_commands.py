"""The command line as people use it: exit codes, words, and nothing lost."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest

from grader.course.course import Course
from grader.errors import UsageError
from grader.learner.outside.sandbox import TIERS, possible_tiers
from grader.terminal.app import cli
from grader.terminal.commands.class_ import class_
from grader.terminal.commands.export import export
from grader.terminal.commands.lazy import LazyGroup
from tests.conftest import ROOT, Ended

Grader = Callable[..., Ended]

RIGHT = """
def double(x, times=2):
    if times < 0:
        raise ValueError("no")
    return x * x.dtype.type(times)
"""


def solve(course: Course) -> None:
    """Write right answers to both exercises."""
    course.exercise_path("double").write_text(RIGHT)
    course.exercise_path("quadruple").write_text("def quadruple(x):\n    return 4 * x")


def test_grading_without_a_name_takes_the_first_that_is_not_passed(
    tiny: Course, grader: Grader
) -> None:
    """`grader grade` goes on where the learner is, and ends when nothing is left."""
    ended = grader("grade")
    assert ended.code == 1
    assert ended.out.startswith("double  NOT ATTEMPTED")
    solve(tiny)
    assert grader("grade").out.startswith("double  PASSED")
    ended = grader("grade")
    assert ended.out.startswith("quadruple  PASSED")
    assert "grader quiz sums" in ended.out
    ended = grader("grade")
    assert (ended.code, ended.out) == (
        0,
        "Every exercise is passed. Name one to grade it again.\n",
    )


def test_several_and_all(tiny: Course, grader: Grader) -> None:
    """Several names give several reports and a sum; one that is not passed makes it 1."""
    tiny.exercise_path("double").write_text(RIGHT)
    ended = grader("grade", "--all")
    assert ended.code == 1
    assert "1 of 2 exercises passed." in ended.out
    assert grader("grade", "double", "double").code == 0


def test_json_is_the_contract_and_nothing_else(tiny: Course, grader: Grader) -> None:
    """One object on standard output, with every key that other programs rely on."""
    tiny.exercise_path("double").write_text(RIGHT.replace("times)\n", "2)\n"))
    ended = grader("grade", "double", "quadruple", "--json", "--seed", "7")
    assert ended.code == 1
    body = json.loads(ended.out)
    assert body["version"] == 1
    double, quadruple = body["reports"]
    assert double["exercise"] == "double"
    assert double["outcome"] == "failed"
    assert quadruple["outcome"] == "not_attempted"
    assert (double["seed"], double["max_points"]) == (7, 8.0)
    assert double["tier"] in TIERS
    assert 0 < double["seconds"] < 60
    assert double["diagnosis"][0] == {
        "mistake": "double.ignores_times",
        "kind": "mistake",
        "message": "You always double.\n\nWhat is `times` for?",
    }
    assert {"name", "function", "outcome", "points", "max_points", "message"} <= set(
        double["checks"][0]
    )
    assert double["points"] == sum(check["points"] for check in double["checks"])


def test_another_file_is_graded_without_a_trace(
    tiny: Course, grader: Grader, tmp_path: Path
) -> None:
    """`--file` grades that file as the exercise's, and progress is the learner's own."""
    other = tmp_path / "other.py"
    other.write_text(RIGHT)
    assert grader("grade", "double", "--file", str(other)).code == 0
    assert "0 of 2 exercises passed" in grader().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["grade", "duble"], "Did you mean double?"),
        (["grade", "--file", "nowhere.py", "double"], "does not exist"),
        (["grade", "--file", "course.yaml"], "--file needs the name of one exercise"),
        (["grade", "--file", ".", "double"], "is a directory"),
        (["grade", "double", "--file", "all.zip"], "Unpack it, and name a file of it"),
        (["grade", "--seed", "-1"], "not in the range"),
        (["grade", "--timeout", "0"], "not in the range"),
        (["hint", "duble"], "Did you mean double?"),
        (["quiz", "sum"], "Did you mean sums?"),
        (["quiz", "--json"], "--json needs --answers"),
        (["quiz", "--answers", "course.yaml"], "--answers needs a name"),
        (["frobnicate"], "There is no command 'frobnicate'. `grader --help` lists them."),
        (["gade"], "Did you mean `grader grade`?"),
        (["check"], "Did you mean `grader grade`?"),
        (["help"], "Did you mean `grader --help`?"),
        (["double"], "Did you mean `grader grade double`?"),
        (["exercises/numbers/double.py"], "Did you mean `grader grade double`?"),
        (["export", "gradscope"], "Did you mean `grader export gradescope`?"),
        (["grade", "--seed", "1", "--seed", "2"], "--seed is given twice, and counts once."),
        (
            ["grade", "double", "--file", "course.yaml", "--file", "course.yaml"],
            "--file is given twice, and counts once.",
        ),
        (["show", "double", "--png", "a", "--png", "b"], "--png is given twice"),
        (["grade", "double", "--case", "x", "--json"], "--case is for one exercise"),
        (["grade", "--all", "--case", "x"], "--case is for one exercise"),
    ],
)
def test_a_slip_in_the_command_is_a_message(
    tiny: Course, grader: Grader, arguments: list[str], message: str
) -> None:
    """What was wrong and what to do, exit 2, and nothing on standard output."""
    (tiny.root / "all.zip").write_bytes(b"PK")
    ended = grader(*arguments)
    assert ended.code == 2
    assert message in ended.err
    assert ended.out == ""


def test_outside_of_a_course_one_is_told_so(
    grader: Grader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command that needs a course says that there is none."""
    monkeypatch.chdir(tmp_path)
    for arguments in ([], ["grade"], ["hint", "x"], ["quiz"], ["review"], ["stub"]):
        ended = grader(*arguments)
        assert ended.code == 2
        assert "there is no course.yaml in" in ended.err


def test_the_map_shows_where_one_is(tiny: Course, grader: Grader) -> None:
    """Passed, tried and untouched are told apart, with points, quizzes and the next step."""
    ended = grader()
    assert ended.code == 0
    assert "  double     untouched\n" in ended.out
    assert "Next: write exercises/numbers/double.py, then run: grader grade double" in ended.out
    tiny.exercise_path("double").write_text("def double(x, times=2):\n    return x * 2")
    grader("grade", "double")
    assert "tried" in grader().out
    solve(tiny)
    grader("grade", "--all")
    ended = grader()
    assert "2 of 2 exercises passed, 12 points" in ended.out
    assert "Next: take the quiz: grader quiz sums" in ended.out


@pytest.fixture
def wordy(tiny: Course) -> Course:
    """Put a unit that has a quiz and no exercises before the tiny course's own."""
    unit = "units:\n  words:\n    title: Words\n    exercises: []\n    quizzes: [words]\n"
    contents = tiny.root / "course.yaml"
    contents.write_text(contents.read_text().replace("units:\n", unit))
    question = "- {id: bee, ask: Is b a letter?, answer: true}"
    text = f"quiz: words\ntitle: Words\nquestions:\n{question}\n"
    (tiny.root / "quizzes/words.yaml").write_text(text)
    return tiny


def test_a_unit_may_have_a_quiz_and_no_exercises(wordy: Course, grader: Grader) -> None:
    """Every command takes it in its stride: map, quiz, grade, review, prove and stub."""
    assert "words: Words\n  quiz words  untouched\n" in grader().out
    assert "double.py, or take the quiz: grader quiz words" in grader().out
    assert "Words, question 1 of 1" in grader("quiz", typed="t\n").out
    assert "quiz words  taken      best 1, last 1 of 1" in grader().out
    assert grader("grade").out.startswith("double  NOT ATTEMPTED")
    assert "Nothing is due" in grader("review").out
    assert grader("prove", "words").out == "quiz words: proved, 1 questions\n"
    assert grader("stub", "--check").code == 0


def test_no_more_is_said_of_a_quiz_than_anybody_reads(tiny: Course, grader: Grader) -> None:
    """How many problems there are is said, and of the rest that there are more."""
    questions = "".join(
        f"- id: shape-{n}\n  ask: Which shape?\n  shape: ({n}.5, 1)\n" for n in range(150)
    )
    (tiny.root / "quizzes/sums.yaml").write_text(f"quiz: sums\ntitle: S\nquestions:\n{questions}")
    lines = grader("prove", "sums").out.splitlines()
    assert lines[0] == "quiz sums: 150 problems"
    assert len([line for line in lines if "no array has that" in line]) == 100
    assert "  and 50 more such lines: mend some, and prove it again" in lines


def test_a_course_without_exercises_has_none_to_watch(wordy: Course, grader: Grader) -> None:
    """There, watching is a slip in the command."""
    contents = wordy.root / "course.yaml"
    contents.write_text(contents.read_text().replace("[double, quadruple]", "[]"))
    ended = grader("watch")
    assert ended.code == 2
    assert "this course has no exercise yet\nTo take a quiz: grader quiz" in ended.err
    assert "0 of 0 exercises passed" in grader().out


@pytest.mark.parametrize("form", ["notebook", "gradescope", "github-classroom"])
def test_a_course_without_exercises_has_none_to_export(
    wordy: Course, grader: Grader, form: str
) -> None:
    """It may have quizzes, which are exported by another command."""
    contents = wordy.root / "course.yaml"
    contents.write_text(contents.read_text().replace("[double, quadruple]", "[]"))
    ended = grader("export", form, "-o", "out")
    assert ended.code == 2 and "this course has no exercise yet" in ended.err
    assert not (wordy.root / "out").exists()


def test_a_folder_that_nobody_may_enter_is_no_fault(
    tiny: Course, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether work was overwritten is looked up there before every command."""
    closed = PermissionError(errno.EACCES, "Permission denied")
    real = os.stat

    def stat(path: Any, **options: Any) -> Any:
        if "kept" in str(path):
            raise closed
        return real(path, **options)

    monkeypatch.setattr(os, "stat", stat)
    assert grader().code == 0


def test_hints_come_one_at_a_time(tiny: Course, grader: Grader) -> None:
    """Each call gives the next hint."""
    assert "Hint 1 of 2 for double\n  What is x + x?" in grader("hint", "double").out
    assert "Hint 2 of 2 for double\n  Multiply." in grader("hint", "double").out
    assert "Hint 1 of 2" in grader("hint", "double").out


def test_an_exercise_without_hints_says_so(tiny: Course, grader: Grader) -> None:
    """A definition that lacks them is its author's affair, and no failure of the command."""
    path = tiny.solution_path("quadruple")
    path.write_text(path.read_text().replace('hints=["Double the double."]', ""))
    ended = grader("hint", "quadruple")
    assert (ended.code, ended.out) == (0, "There are no hints for quadruple.\n")


def test_a_solution_asks_first(tiny: Course, grader: Grader) -> None:
    """Not passed: it asks, and anything but yes shows nothing. Passed: it does not ask."""
    for typed in ("", "\n", "n\n", "maybe\n"):
        ended = grader("solution", "double", typed=typed)
        assert ended.code == 1
        assert "return x * x.dtype.type" not in ended.out
    assert "return x * x.dtype.type(times)" in grader("solution", "double", typed="y\n").out
    assert grader("solution", "double", "--yes").code == 0
    solve(tiny)
    grader("grade", "double")
    assert "[y/N]" not in grader("solution", "double").out


def test_a_reset_keeps_what_was_written(tiny: Course, grader: Grader) -> None:
    """The stub is back, and the learner's file is found where it is said to be."""
    solve(tiny)
    ended = grader("reset", "double")
    assert "raise NotImplementedError" in tiny.exercise_path("double").read_text()
    backup = ended.out.rpartition(" ")[2].strip()
    assert (tiny.root / backup).read_text() == RIGHT
    assert "kept" not in grader("reset", "double").out


def test_without_a_name_it_is_the_next_exercise(tiny: Course, grader: Grader) -> None:
    """Which that is is said apart from what is asked for; what takes something away asks before."""
    tiny.exercise_path("double").write_text(RIGHT)
    grader("grade")
    said = "The next exercise: quadruple\n"
    ended = grader("hint")
    assert ended.err == said and "Hint 1 of 1 for quadruple" in ended.out
    ended = grader("solution", typed="n\n")
    assert (ended.code, ended.err) == (1, said) and "quadruple is not passed yet" in ended.out
    assert grader("run").err.startswith(said)
    assert grader("show").err.startswith(said)
    solve(tiny)
    written = tiny.exercise_path("quadruple").read_text()
    for typed in ("", "\n", "no\n"):
        ended = grader("reset", typed=typed)
        assert ended.code == 1 and "Left as it is." in ended.out
        assert tiny.exercise_path("quadruple").read_text() == written
    assert "quadruple.py is the stub again." in grader("reset", typed="y\n").out
    assert "[y/N]" not in grader("reset").out


@pytest.mark.parametrize("command", ["hint", "show", "solution", "reset", "run"])
def test_where_all_is_passed_none_is_next(tiny: Course, grader: Grader, command: str) -> None:
    """Then it has to be named."""
    solve(tiny)
    grader("grade", "--all")
    ended = grader(command)
    assert (ended.code, ended.out) == (2, "")
    assert "there is no next one\nName one: grader " in ended.err
    assert f"{command} quadruple" in ended.err


@pytest.mark.parametrize("words", ["grade", "hint", "solution --yes", "reset", "prove", "stub"])
def test_a_path_will_do_for_a_name(tiny: Course, grader: Grader, words: str) -> None:
    """As a shell completes it."""
    command, *options = words.split()
    ended = grader(command, "./exercises/numbers/double.py", *options)
    assert ended.code in (0, 1) and ended.err == ""


def test_a_folder_that_cannot_be_written_to_costs_little(
    tiny: Course, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command says so in a sentence, and does what it can."""
    solve(tiny)
    grader("grade", "double")
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert "1 of 2 exercises passed" in grader().out
    ended = grader("hint", "double")
    assert "Hint 1 of 2" in ended.out and "Hint 2 of 2" in ended.out  # nobody counts them
    for words in ("", "grade", "hint double", "review", "solution double"):
        ended = grader(*words.split(), typed="q\n")
        assert ended.err.count("progress cannot be kept: it is read-only") == 1
        assert ended.code in (0, 1)
    ended = grader("quiz", "sums", typed="s\nq\n")
    assert "Not saved" in ended.out and "Saved" not in ended.out
    assert grader("run", "double").err.count("cannot") == 0  # which needs no record

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("os.replace", refuse)
    ended = grader("reset", "double")
    assert ended.code == 2
    assert "double.py: the stub cannot be written: Read-only file system" in ended.err
    assert tiny.exercise_path("double").read_text() == RIGHT


def test_a_record_that_fails_in_the_middle_costs_no_report(
    tiny: Course, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is a sentence, and the report is there to be read."""
    solve(tiny)

    def full(*_: object) -> None:
        raise UsageError("progress cannot be kept: database or disk is full")

    monkeypatch.setattr("grader.course.progress.Progress.record", full)
    ended = grader("grade", "double")
    assert ended.code == 0 and ended.out.startswith("double  PASSED")
    assert "progress cannot be kept: database or disk is full" in ended.err


def test_stubs_follow_their_definitions(tiny: Course, grader: Grader) -> None:
    """A stub out of step is named, then written; a learner's work is left alone."""
    assert grader("stub", "--check").code == 0
    path = tiny.solution_path("double")
    path.write_text(path.read_text().replace("The lesson", "A lesson"))
    ended = grader("stub", "--check")
    assert ended.code == 1
    assert "Run: grader stub double" in ended.out
    assert grader("stub").code == 0
    assert "A lesson" in tiny.exercise_path("double").read_text()
    solve(tiny)
    ended = grader("stub")
    assert ended.code == 1
    assert ended.out.count("left alone") == 2
    assert tiny.exercise_path("double").read_text() == RIGHT


def test_definitions_are_proved(tiny: Course, grader: Grader) -> None:
    """A sound course is proved; a fault is named with its line, exit 1."""
    ended = grader("prove", "double")
    assert ended.code == 0
    assert ended.out.startswith("double: proved (5 cases, 4 mistakes)\n")
    assert "three_times                 x  x  x  .\n" in ended.out
    path = tiny.solution_path("quadruple")
    path.write_text(path.read_text().replace("return double(x)\n", "return double(double(x))\n"))
    ended = grader("prove", "quadruple")
    assert ended.code == 1
    assert "quadruple.py:" in ended.out
    assert "fails no visible check" in ended.out


def test_a_quiz_from_the_first_to_the_last_question(tiny: Course, grader: Grader) -> None:
    """Verdicts come at once with their reasons; the score, what to revise and the exercise last."""
    ended = grader("quiz", "sums", "--seed", "1", typed="x\nb\na\n")
    assert ended.out.count("question 1 of 2") == 1
    assert "'x' is none of a-b." in ended.out
    assert ended.out.count("CORRECT") + ended.out.count("WRONG") == 2
    assert "Sums: " in ended.out
    again = grader("quiz", "sums", "--seed", "1", typed="b\na\n")
    asked_again = "a-b (s skip, ! doubtful, q save and leave): x\n'x' is none of a-b.\n"
    assert again.out == ended.out.replace(asked_again, "")


def test_a_quiz_that_is_left_goes_on_later(tiny: Course, grader: Grader) -> None:
    """`q` and the end of the input leave; what was answered is kept, and nothing else counts."""
    assert grader("quiz", typed="s\nq\n").code == 1
    ended = grader("quiz", typed="three\n")
    assert "Going on where you left: 0 of 2 are answered, 1 skipped." in ended.out
    assert "Saved. Go on with: grader quiz sums" in ended.out
    ended = grader("quiz", typed="s\ns\n")
    assert "question 1" not in ended.out
    assert "Sums: 0 of 2" in ended.out
    assert "best 0, last 0 of 2" in grader().out


def test_a_file_of_answers_is_marked(tiny: Course, grader: Grader, tmp_path: Path) -> None:
    """Without a terminal a quiz is marked whole, as text or as JSON; all right is 0."""
    answers = tmp_path / "answers.json"
    answers.write_text('{"one-and-one": "two", "two-and-two": 2}')
    ended = grader("quiz", "sums", "--answers", str(answers), "--json")
    body = json.loads(ended.out)
    assert ended.code == 0
    assert (body["version"], body["score"], body["max_score"]) == (1, 2, 2)
    answers.write_text("one-and-one: three")
    ended = grader("quiz", "sums", "--answers", str(answers))
    assert ended.code == 1
    assert "Sums: 0 of 2" in ended.out
    assert "- double: 0 of 1, open exercises/numbers/double.py" in ended.out
    assert "untouched" in grader().out


def test_one_unreadable_answer_does_not_cost_the_others(
    tiny: Course, grader: Grader, tmp_path: Path
) -> None:
    """It is told with its line, here and in the JSON, and the rest is marked."""
    answers = tmp_path / "answers.yaml"
    answers.write_text("one-and-one: two\ntwo-and-two: z\n")
    ended = grader("quiz", "sums", "--answers", str(answers), "--json")
    body = json.loads(ended.out)
    schema = json.loads((ROOT / "docs/quiz-result.schema.json").read_text())
    jsonschema.validate(body, schema)
    assert (ended.code, body["score"], body["answers"][1]["outcome"]) == (1, 1, "skipped")
    assert "answers.yaml:2: two-and-two: 'z' is none of a-b." in ended.err
    assert body["unread"] == [ended.err.splitlines()[0].removeprefix("grader: ")]


def test_a_damaged_record_costs_nothing(tiny: Course, grader: Grader) -> None:
    """The damaged file is kept aside, and grading goes on."""
    solve(tiny)
    grader("grade", "double")
    (tiny.root / ".grader/progress.db").write_bytes(b"garbage" * 1000)
    ended = grader("grade", "double")
    assert ended.code == 0
    assert "PASSED" in ended.out
    assert "was damaged" in ended.err


def test_no_record_can_be_kept(tiny: Course, grader: Grader) -> None:
    """A report is shown even where progress cannot be written."""
    solve(tiny)
    shutil.rmtree(tiny.root / ".grader")
    (tiny.root / ".grader").write_text("a file")
    ended = grader("grade", "double")
    assert ended.code == 0
    assert "PASSED" in ended.out
    assert "progress cannot be kept" in ended.err


def test_the_graders_own_fault_is_exit_3(
    tiny: Course, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure of ours is called one, asks for a report, and shows no traceback."""
    path = tiny.solution_path("double")
    path.write_text(path.read_text().replace("@exercise.case", "@exercise.nothing"))
    ended = grader("grade", "double")
    assert ended.code == 3
    assert "THE GRADER'S FAULT" in ended.out
    monkeypatch.setattr("grader.terminal.commands.map.show_map", lambda: 1 / 0)
    ended = grader()
    assert ended.code == 3
    assert "The grader itself failed: ZeroDivisionError" in ended.err
    assert "Traceback" not in ended.err


def test_a_definition_without_cases_is_a_message(tiny: Course, grader: Grader) -> None:
    """The author is told the line; nothing is blamed on the learner."""
    path = tiny.solution_path("quadruple")
    text = path.read_text()
    path.write_text(text.replace("@exercise.case\n", ""))
    ended = grader("grade", "quadruple")
    assert ended.code == 3
    assert "quadruple has no cases" in ended.out
    assert grader("prove", "quadruple").code == 2


@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT")
@pytest.mark.parametrize("arguments", [["grade", "double"], ["quiz"]])
def test_ctrl_c_stops_without_a_traceback(tiny: Course, arguments: list[str]) -> None:
    """Interrupted while waiting: exit 130, a word, and no process left behind."""
    tiny.exercise_path("double").write_text("while True: pass")
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Stopped." in err
    assert "Traceback" not in err


def test_output_into_a_closed_pipe_ends_quietly(tiny: Course) -> None:
    """`grader grade | head -1` shows no traceback."""
    command = f"{sys.executable} -m grader grade double | head -1"
    ended = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert ended.stdout.startswith("double  NOT ATTEMPTED")
    assert "Traceback" not in ended.stderr
    assert "Error" not in ended.stderr


def test_without_a_folder_for_temporary_files_it_says_what_to_do(
    tiny: Course, monkeypatch: pytest.MonkeyPatch, grader: Grader
) -> None:
    """As Python does not."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: ["/none"])
    ended = grader("prove", "double")
    assert ended.code == 2 and "no folder for temporary files" in ended.err


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_what_cannot_be_read_is_no_traceback(tiny: Course, encoding: str) -> None:
    """Bytes of another encoding are typed, or come through a pipe."""
    command = [sys.executable, "-m", "grader", "quiz", "sums"]
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    ended = subprocess.run(
        command, input=b"\x81\xff\nq\n", env=environment, capture_output=True, check=False
    )
    assert b"Traceback" not in ended.stderr and ended.returncode in (0, 1)


def test_without_docstrings_it_says_what_to_do(tiny: Course) -> None:
    """They are lessons, and what is told of mistakes: an exercise that lacks them looks damaged."""
    command = [sys.executable, "-OO", "-m", "grader", "grade", "double"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "Run it without -OO" in ended.stderr


def test_a_pipe_gets_no_escape_codes(tiny: Course) -> None:
    """Colour is for terminals."""
    ended = subprocess.run(
        [sys.executable, "-m", "grader"], capture_output=True, text=True, check=True
    )
    assert "\x1b" not in ended.stdout


def test_help_lists_every_command(grader: Grader) -> None:
    """`--help` works without a course, and each command has a sentence."""
    ended = grader("--help")
    assert ended.code == 0
    for command in ("grade", "watch", "hint", "solution", "reset", "quiz", "review", "prove"):
        assert f"  {command} " in ended.out


@pytest.mark.parametrize("group", [cli, export, class_], ids=lambda group: group.name)
def test_a_list_of_commands_says_what_each_says_of_itself(group: LazyGroup) -> None:
    """It imports none of them, so it has their sentences a second time."""
    context = click.Context(group)
    for name, (_, sentence) in group.table.items():
        command = group.get_command(context, name)
        assert command and command.get_short_help_str(limit=100) == sentence


def test_every_tier_of_this_machine_can_be_asked_for(tiny: Course, grader: Grader) -> None:
    """`--tier` decides, and text and JSON name it."""
    tiny.exercise_path("double").write_text(RIGHT)
    for tier in possible_tiers():
        assert f"(tier: {tier})" in grader("grade", "double", "--tier", tier).out
        ended = grader("grade", "double", "--json", "--tier", tier)
        assert json.loads(ended.out)["reports"][0]["tier"] == tier
        assert (ended.code, ended.err) == (0, "")


def test_a_tier_that_is_not_to_be_had_is_a_usage_error(
    tiny: Course, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never less than was asked for: the reason, what to read, and exit code 2."""
    monkeypatch.setenv("PATH", "/nonexistent")
    ended = grader("grade", "double", "--tier", "bubblewrap")
    assert ended.code == 2
    assert "the tier bubblewrap is not to be had on this machine" in ended.err
    assert "docs/security.md" in ended.err
    assert grader("grade", "double", "--strict", "--tier", "process").code == 2


def test_what_is_refused_is_said(tiny: Course, grader: Grader) -> None:
    """A check that reaches for the system ends as refused, with what was attempted and where."""
    tiny.exercise_path("double").write_text(
        "import os\n\ndef double(x, times=2):\n    os.fork()\n    return x"
    )
    ended = grader("grade", "double")
    assert ended.code == 1
    assert ended.out.startswith("double  REFUSED")
    assert "starting another process is not allowed here" in " ".join(ended.out.split())
    assert "exercises/numbers/double.py:4 in double" in ended.out


def test_a_lesson_is_read_in_the_terminal(tiny: Course, grader: Grader) -> None:
    """With the file that it belongs to; an unknown exercise is a slip."""
    ended = grader("lesson", "double")
    assert ended.code == 0
    lesson = tiny.exercise_path("double").read_text().removeprefix('"""').partition("\n")[0]
    assert ended.out.startswith(lesson[:40])
    assert "\ndef double(x, times=2):\n" in ended.out  # a file of one's own may have older words
    assert ended.out.endswith("Your file: exercises/numbers/double.py\n")
    assert grader("lesson", "treble").code == 2
