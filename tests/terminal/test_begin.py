"""Beginning an exercise, a quiz, or a course of one's own: what is written works as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.authoring.stubs import StubState, stub_state
from grader.course.course import Course, read_course
from grader.errors import CourseError
from grader.grading.examiner import load_definition
from tests.conftest import ROOT, Ended

Grader = Callable[..., Ended]
RIGHT = ROOT / "tests/learners/softmax/right_apply_along_axis.py"


@pytest.fixture
def blank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, grader: Grader) -> Path:
    """Begin a blank course with the command, and go there."""
    monkeypatch.chdir(tmp_path)
    assert grader("init", "blank", "--empty").code == 0
    monkeypatch.chdir(tmp_path / "blank")
    return tmp_path / "blank"


@pytest.fixture
def laid_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, grader: Grader) -> Course:
    """Lay the bundled course out without its solutions, and go there."""
    monkeypatch.chdir(tmp_path)
    assert grader("init", "mine").code == 0
    monkeypatch.chdir(tmp_path / "mine")
    return read_course(tmp_path / "mine")


def everything(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder, but for what commands remember."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not {".grader", "__pycache__"} & set(path.parts)
    }


def test_a_new_exercise_is_proved_as_written(blank: Path, grader: Grader) -> None:
    """Definition, stub and contents fit together, and its mistake is one that is named."""
    ended = grader("new", "row_shift", "--unit", "basics")
    assert ended.code == 0
    assert "Next: change solutions/basics/row_shift.py, then run: grader prove" in ended.out
    assert grader("prove", "row_shift").code == 0
    course = read_course(blank)
    assert course.exercises == ("row_shift",)
    assert stub_state(course, "row_shift") is StubState.CURRENT
    assert grader("grade").out.startswith("row_shift  NOT ATTEMPTED")


def test_a_new_quiz_is_proved_as_written(blank: Path, grader: Grader) -> None:
    """It may have the name of an exercise, and begin a unit."""
    grader("new", "row_shift", "--unit", "basics")
    ended = grader("new", "quiz", "row_shift", "--unit", "week_2")
    assert "row_shift added to week_2, a new unit with the title Week 2" in ended.out
    ended = grader("prove", "row_shift", "--no-table")
    assert ended.out == (
        "row_shift: proved (3 cases, 1 mistake)\nquiz row_shift: proved, 2 questions\n"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("double --unit numbers", "there is an exercise called 'double' already"),
        ("quiz sums --unit numbers", "there is a quiz called 'sums' already"),
        ("Soft-Max --unit numbers", "'Soft-Max' cannot be the name of an exercise"),
        ("lambda --unit numbers", "'lambda' cannot be the name of an exercise"),
        ("half --unit ../up", "'../up' cannot be the name of a unit"),
        ("null --unit numbers", "'null' cannot be the name of an exercise"),
        ("half --unit true", "'true' cannot be the name of a unit"),
        (f"{'h' * 101} --unit numbers", "cannot be the name of an exercise"),
        ("inputs --unit numbers", "'inputs' has a meaning of its own"),
        ("quiz documents --unit numbers", "'documents' has a meaning of its own"),
        ("half", "There are: numbers. Another name begins a unit."),
        ("quiz --unit numbers", "grader new quiz NAME"),
        ("random --unit numbers", "'random' is a module of Python's own"),
        ("numpy --unit numbers", "'numpy' is a package that exercises import"),
        ("left --unit numbers", "solutions/numbers/left.py is there already"),
        ("over --unit numbers", "exercises/numbers/over.py is there already"),
    ],
)
def test_a_name_that_cannot_be_had_changes_nothing(
    tiny: Course, grader: Grader, arguments: str, told: str
) -> None:
    """One message says why, and no file is written, not even in part."""
    (tiny.root / "solutions/numbers/left.py").touch()
    (tiny.root / "exercises/numbers/over.py").touch()
    before = everything(tiny.root)
    ended = grader("new", *arguments.split())
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err
    assert everything(tiny.root) == before


def test_a_stub_out_of_step_is_told_by_the_proof(tiny: Course, grader: Grader) -> None:
    """It says which and what mends it; a learner's own work is as it should be."""
    path = tiny.exercise_path("double")
    path.unlink()
    ended = grader("prove", "double")
    assert ended.code == 1
    assert "exercises/numbers/double.py: the stub is missing. Run: grader stub double" in ended.out
    path.write_text(tiny.exercise_path("quadruple").read_text())
    ended = grader("prove", "double")
    assert "double.py: not the stub of its definition. Run: grader stub double" in ended.out
    path.write_text("def double(x):\n    return 2 * x\n")
    assert grader("prove", "double").code == 0


def test_a_course_is_laid_out_to_be_taken(laid_out: Course, grader: Grader) -> None:
    """Without a solution in the folder it is graded, by the definitions inside the grader."""
    names = {path.name for path in laid_out.root.iterdir()} - {".grader"}
    assert names == {"course.yaml", "exercises", "quizzes", "models"}
    assert laid_out.exercises == read_course(ROOT).exercises
    assert grader("stub", "--check").code == 0
    laid_out.exercise_path("softmax").write_bytes(RIGHT.read_bytes())
    assert grader("grade", "softmax").out.startswith("softmax  PASSED")


def test_an_own_definition_goes_before_the_bundled_one(laid_out: Course, grader: Grader) -> None:
    """One may be added, and build on those that came with the grader."""
    assert grader("new", "halves", "--unit", "attention").code == 0
    own = laid_out.root / "solutions/attention/halves.py"
    import_of_theirs = "import numpy as np\n\nfrom solutions.attention.softmax import softmax"
    own.write_text(own.read_text().replace("import numpy as np", import_of_theirs))
    course = read_course(laid_out.root)
    assert load_definition(course, "halves").path == str(own)
    assert not Path(load_definition(course, "softmax").path).is_relative_to(course.root)
    own.write_text(own.read_text().replace("halves", "softmax"))
    own.rename(own.with_name("softmax.py"))
    assert course.solution_path("softmax") == own.with_name("softmax.py")


def test_a_course_is_laid_out_to_be_changed(tmp_path: Path, grader: Grader) -> None:
    """With solutions it stands on its own, and course.yaml is what it was."""
    folder = tmp_path / "theirs"
    assert grader("init", str(folder), "--with-solutions").code == 0
    assert (folder / "course.yaml").read_bytes() == (ROOT / "course.yaml").read_bytes()
    course = read_course(folder)
    assert course.bundled is None
    assert all(course.solution_path(name).is_relative_to(folder) for name in course.exercises)


@pytest.mark.parametrize("options", [(), ("--empty",), ("--with-solutions",)])
@pytest.mark.parametrize("taken", ["course.yaml", "exercises/mine.py", "solutions/x/y.py"])
def test_nothing_is_overwritten(
    tmp_path: Path, grader: Grader, taken: str, options: tuple[str, ...]
) -> None:
    """Where a course would be in somebody's way, nothing at all is written."""
    (tmp_path / taken).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / taken).write_text("mine")
    (tmp_path / "README.md").touch()
    before = everything(tmp_path)
    ended = grader("init", str(tmp_path), *options)
    assert (ended.code, ended.out) == (2, "")
    assert "is there already, and nothing is overwritten" in ended.err
    assert everything(tmp_path) == before


def test_a_course_cannot_be_laid_out_where_there_is_a_file(tmp_path: Path, grader: Grader) -> None:
    """That is a message, as is a grader without a course, and two options at odds."""
    (tmp_path / "file").touch()
    assert "this cannot be written" in grader("init", str(tmp_path / "file"), "--empty").err
    ended = grader("init", str(tmp_path / "c"), "--empty", "--with-solutions")
    assert "--empty has no solutions" in ended.err


def test_a_grader_without_a_course_says_so(
    tmp_path: Path, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one does that was handed on with somebody else's course."""
    monkeypatch.setattr("grader.authoring.init.bundled_course", lambda: None)
    ended = grader("init", str(tmp_path / "c"))
    assert ended.code == 2
    assert "this grader came without a course" in ended.err


def test_definitions_come_from_the_grader_or_from_nowhere(tiny: Course) -> None:
    """Another word in course.yaml is a slip, and not a course without definitions."""
    path = tiny.root / "course.yaml"
    path.write_text(path.read_text() + "definitions: elsewhere\n")
    with pytest.raises(CourseError, match="definitions cannot be taken from 'elsewhere'"):
        read_course(tiny.root)


@pytest.mark.parametrize(
    "words", ["grade", "grade --all", "watch", "prove", "stub", "quiz", "review", "hint softmax"]
)
def test_a_blank_course_is_told_to_have_nothing_yet(
    blank: Path, grader: Grader, words: str
) -> None:
    """Every command says so, and how the first exercise or quiz is written."""
    ended = grader(*words.split())
    assert (ended.code, ended.out) == (2, "")
    kind, new = ("quiz", "quiz NAME") if words in ("quiz", "review") else ("exercise", "NAME")
    assert f"this course has no {kind} yet" in ended.err
    assert f"grader new {new} --unit basics" in ended.err
    assert "Nothing is in this course yet. To write the first: grader new" in grader().out


def test_commands_work_from_any_folder_below(
    tiny: Course, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever one stands in a course, each does the same."""
    monkeypatch.chdir(tiny.root / "exercises/numbers")
    assert grader().code == 0
    assert grader("grade", "double").code == 1
    assert grader("hint", "double").code == 0
    assert grader("solution", "double", "--yes").code == 0
    assert grader("reset", "double").code == 0
    assert grader("quiz", "sums", typed="a\nb\n").code in (0, 1)
    assert grader("review").code == 0
    assert grader("new", "half", "--unit", "numbers").code == 0
    assert grader("stub", "--check").code == 0
    assert grader("prove", "half", "sums").code == 0
    assert (tiny.root / "solutions/numbers/half.py").is_file()
