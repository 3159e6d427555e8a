"""A course that somebody begins can have a model of its own: two files and a line."""

from __future__ import annotations

import ast
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.authoring.release import release
from grader.course.course import Course, read_course
from tests.conftest import Ended
from tests.pages import walk
from tests.test_architecture import PACKAGE

Grader = Callable[..., Ended]
DRIVER = """
from exercises.numbers.quadruple import quadruple


def run(numbers):
    return quadruple(numbers)
"""
MODEL = """
import numpy as np

from grader.exercise.model import Model, Output

model = Model(
    title="Times four",
    lesson="It multiplies.",
    sample=["1", "2"],
    send=lambda job: {"numbers": np.array([float(text) for text in job.texts])},
    read=lambda value, job: Output(tuple(f"{each:g}" for each in value)),
)
"""
DOUBLE = """
def double(x, times=2):
    if times < 0:
        raise ValueError
    return x * x.dtype.type(times)
"""
QUADRUPLE = """
from exercises.numbers.double import double


def quadruple(x):
    return double(double(x))
"""


@pytest.fixture
def fourfold(tiny: Course) -> Path:
    """Give the tiny course a model that `quadruple` shows; return its folder."""
    folder = tiny.root / "models/fourfold"
    folder.mkdir(parents=True)
    (folder / "driver.py").write_text(DRIVER)
    (folder / "model.py").write_text(MODEL)
    contents = tiny.root / "course.yaml"
    contents.write_text(contents.read_text() + "models:\n  fourfold: {exercise: quadruple}\n")
    return folder


def test_the_page_for_authors_builds_one(
    tmp_path: Path, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From `grader init --empty` on, with one exercise: what the pages show is what happens."""
    monkeypatch.chdir(tmp_path)
    walk("docs/authoring.md", grader, monkeypatch)
    assert walk("docs/models.md", grader, monkeypatch) == 4


def test_it_runs_on_references_and_on_the_learners_functions(
    fourfold: Path, tiny: Course, grader: Grader
) -> None:
    """Of two exercises either may be written, in any order."""
    ended = grader("show", "quadruple")
    assert ended.out.startswith(
        "Times four\n\nIt multiplies.\n\n1  ->  4\n\n  1  ->  4\n  2  ->  8\n"
    )
    assert "None of it is yours yet: the reference stood in for double, quadruple." in ended.out
    tiny.exercise_path("double").write_text(DOUBLE)
    ended = grader("show", "quadruple", "--text", "3")
    assert ended.out.startswith("3  ->  12\n")
    assert "Yours: double.\nThe reference stood in for: quadruple." in ended.out
    tiny.exercise_path("quadruple").write_text(QUADRUPLE)
    assert "All of it is yours: double, quadruple." in grader("show", "quadruple").out


def test_what_does_not_pass_is_said_first_and_runs_on_demand(
    tiny: Course, fourfold: Path, grader: Grader
) -> None:
    """The reference runs in its place; with `--mine` one sees what comes of it."""
    tiny.exercise_path("double").write_text(DOUBLE)
    tiny.exercise_path("quadruple").write_text(QUADRUPLE.replace("double(double(x))", "double(x)"))
    ended = grader("show", "quadruple", "--text", "3")
    assert ended.out.startswith("Your quadruple does not pass yet, so the reference runs in its")
    assert "grader show quadruple --mine\n\n3  ->  12\n" in ended.out
    assert "Yours: double.\nThe reference stood in for: quadruple." in ended.out
    ended = grader("show", "quadruple", "--text", "3", "--mine")
    assert ended.out.startswith("Your quadruple does not pass yet. What you see is what comes of")
    assert "\n\n3  ->  6\n" in ended.out
    assert "All of it is yours: double, quadruple." in ended.out


def test_what_stops_the_model_is_said_as_it_is(
    tiny: Course, fourfold: Path, grader: Grader
) -> None:
    """With `--mine` it may be a function that does not pass; the stub of another is not run."""
    tiny.exercise_path("quadruple").write_text("def quadruple(x):\n    return y")
    ended = grader("show", "quadruple", "--text", "3", "--mine")
    assert ended.code == 2
    assert "quadruple.py:2: your functions stop the model: NameError: name 'y'" in ended.err
    ended = grader("show", "quadruple", "--mine", "--reference")
    assert "--reference is none of your functions, --mine is all: take one" in ended.err
    assert "grader show quadruple" in grader("show", "double", "--mine").err


@pytest.mark.parametrize(
    "words", ["x\\n\\nquadruple  PASSED", "x\\r\\nNext: x", "\\n" * 9, "x\\x0by", "\\t"]
)
def test_what_stops_the_model_says_it_in_one_line(
    tiny: Course, fourfold: Path, grader: Grader, words: str
) -> None:
    """A message of a learner's code ends no line of ours."""
    source = f"def quadruple(x):\n    raise ValueError('{words}')\n"
    tiny.exercise_path("quadruple").write_text(source)
    ended = grader("show", "quadruple", "--text", "3", "--mine")
    assert ended.code == 2
    assert len(ended.err.rstrip().split("\n")) == 2, ended.err


@pytest.mark.parametrize("size", ["10**6", "(2000, 3)", "(9, 2000)", "(300, 300)", "(40, 40, 99)"])
def test_what_is_called_back_is_no_large_array(
    tiny: Course, fourfold: Path, grader: Grader, size: str
) -> None:
    """A reference that goes on with it runs where nobody can end it."""
    tiny.exercise_path("double").write_text(
        f"import numpy as np\ndef double(x, times=2):\n    return np.zeros({size}, np.float16)\n"
    )
    ended = grader("show", "quadruple", "--text", "3", "--mine")
    assert ended.code == 2 and "is too large for a reference" in ended.err


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there is no alarm")
def test_a_reference_that_does_not_end_takes_no_more_than_the_time_there_is(
    tiny: Course, fourfold: Path, grader: Grader
) -> None:
    """On what a function of the learner's returns, say; it runs where it can call that back."""
    definition = tiny.root / "solutions/numbers/quadruple.py"
    endless = "    while x[0] > 2:\n        x = x + 0\n    return double(double(x))\n"
    source = definition.read_text()
    assert "    return double(double(x))\n" in source
    definition.write_text(source.replace("    return double(double(x))\n", endless, 1))
    model = fourfold / "model.py"
    model.write_text(
        MODEL.replace("model = Model(", "model = Model(\n    seconds=lambda job: 0.5,")
    )
    tiny.exercise_path("double").write_text(DOUBLE)
    assert grader("show", "quadruple", "--text", "1").out.startswith("1  ->  4\n")
    ended = grader("show", "quadruple", "--text", "3")
    assert ended.code == 2 and "take too long for the model" in ended.err, ended
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


def test_a_model_is_announced_once_its_exercise_is_passed(
    tiny: Course, fourfold: Path, grader: Grader
) -> None:
    """By the report, and by the map."""
    assert "grader show" not in grader().out
    tiny.exercise_path("quadruple").write_text(QUADRUPLE)
    announced = "See your quadruple at work in a whole model: grader show quadruple"
    graded = grader("grade", "quadruple").out
    assert announced in graded
    assert graded.count("grader show quadruple") == 1, graded
    assert f"{announced}\n\nNext: write" in grader().out
    tiny.exercise_path("double").write_text(DOUBLE)
    announced = "your quadruple is finished. See it at work in a whole model: grader show quadruple"
    assert announced in " ".join(grader("grade", "double").out.split())


def test_what_has_no_part_in_the_model_does_not_announce_it(
    tiny: Course, fourfold: Path, grader: Grader
) -> None:
    """An exercise behind that of the model says nothing of it; the map still does."""
    contents = tiny.root / "course.yaml"
    listed = contents.read_text("utf-8").replace("exercise: quadruple", "exercise: double")
    contents.write_text(listed, "utf-8")
    tiny.exercise_path("double").write_text(DOUBLE)
    assert "See your double at work" in grader("grade", "double").out
    tiny.exercise_path("quadruple").write_text(QUADRUPLE)
    graded = grader("grade", "quadruple")
    assert graded.code == 0 and "at work" not in graded.out
    assert "See your double at work" in grader().out


def test_a_class_gets_it_with_the_course(
    fourfold: Path, tiny: Course, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a release it runs on what is written, and says what has to be."""
    folder = tiny.root.parent / f"{tiny.root.name}-class"
    release(tiny, folder, [0])
    monkeypatch.chdir(folder)
    released = read_course(folder)
    ended = grader("show", "quadruple", "--text", "3")
    assert ended.code == 2
    assert "the model needs quadruple, and nothing stands in for it in this course" in ended.err
    assert "Write exercises/numbers/quadruple.py first: grader grade quadruple" in ended.err
    released.exercise_path("double").write_text(DOUBLE)
    released.exercise_path("quadruple").write_text(QUADRUPLE.replace("double(double(x))", "x"))
    ended = grader("show", "quadruple", "--text", "3")
    assert ended.out == ""
    assert "Mend exercises/numbers/quadruple.py first: grader grade quadruple\nOr see" in ended.err
    assert "3  ->  3\n" in grader("show", "quadruple", "--text", "3", "--mine").out
    released.exercise_path("quadruple").write_text(QUADRUPLE)
    assert "All of it is yours: double, quadruple." in grader("show", "quadruple").out
    ended = grader("show", "quadruple", "--reference")
    assert ended.code == 2 and "it holds no solutions" in ended.err


def test_a_file_that_is_missing_is_named(fourfold: Path, grader: Grader) -> None:
    """A model is two files."""
    (fourfold / "driver.py").unlink()
    ended = grader("show", "quadruple")
    assert (ended.code, ended.out) == (2, "")
    assert f"{fourfold / 'driver.py'}: course.yaml lists the model fourfold, but" in ended.err


@pytest.mark.parametrize(
    ("old", "new", "code", "message"),
    [
        ("model = Model(", "modell = Model(", 2, "model.py: this defines no `model`"),
        ("model = Model(", "model = Model((", 2, "model.py:6: this model does not compile"),
        ('"It multiplies."', '""', 3, "a model needs a title, a lesson and a sample of texts"),
        ("sample=", "without={'x': 'y'}, sample=", 3, "`without` needs `held_out`"),
        ("sample=", "replaces={'x': 'y'}, sample=", 3, "`replaces` has 'x', and `without` has not"),
        ("sample=", "watches='triple', sample=", 2, "'triple' is neither quadruple nor"),
        ("np.array(", "iter(", 2, "what is sent to this driver cannot be sent: a list_iterator"),
        ("in value)", "in value[1:])", 3, "cannot be read: ValueError: 0 answers to 1 texts"),
    ],
)
def test_what_an_author_gets_wrong_is_one_message(
    fourfold: Path, grader: Grader, old: str, new: str, code: int, message: str
) -> None:
    """It says what, and in which file."""
    (fourfold / "model.py").write_text(MODEL.replace(old, new, 1))
    ended = grader("show", "quadruple", "--text", "1")
    assert (ended.code, ended.out) == (code, "")
    assert message in ended.err


def test_a_driver_that_fails_is_the_courses_fault(fourfold: Path, grader: Grader) -> None:
    """With references alone nobody else can be, and its line is named."""
    (fourfold / "driver.py").write_text(DRIVER.replace("return quadruple", "return fourfold"))
    ended = grader("show", "quadruple", "--reference", "--text", "1")
    assert (ended.code, ended.out) == (3, "")
    assert "models/fourfold/driver.py:6: the model stops: NameError" in ended.err


def test_without_a_picture_there_is_no_png(fourfold: Path, tmp_path: Path, grader: Grader) -> None:
    """The answer is shown, and that no file was written is told."""
    ended = grader("show", "quadruple", "--text", "1", "--png", str(tmp_path / "drawn.png"))
    assert (ended.code, ended.out) == (2, "1  ->  4\n")
    assert "drawn.png: there is no picture, so this file was not written" in ended.err
    assert not (tmp_path / "drawn.png").exists()


@pytest.mark.parametrize(
    "listed",
    ["[fourfold]", "{fourfold: quadruple}", "{fourfold: {}}", "{fourfold: {exercise: halve}}"],
)
def test_what_course_yaml_says_of_a_model_is_checked(
    tiny: Course, grader: Grader, listed: str
) -> None:
    """Every command says in one message what the line should be."""
    contents = tiny.root / "course.yaml"
    contents.write_text(contents.read_text() + f"models: {listed}\n")
    ended = grader("show", "quadruple")
    assert (ended.code, ended.out) == (2, "")
    assert "course.yaml: the model" in ended.err
    assert "NAME: {exercise: EXERCISE}" in ended.err


def test_an_exercise_shows_one_model(fourfold: Path, tiny: Course, grader: Grader) -> None:
    """Of two it would be unclear which one is meant."""
    contents = tiny.root / "course.yaml"
    contents.write_text(contents.read_text() + "  another: {exercise: quadruple}\n")
    assert "the model 'another' needs an exercise" in grader("show", "quadruple").err


def test_options_for_a_model_need_a_course_that_has_one(tiny: Course, grader: Grader) -> None:
    """Without any there is no command to name."""
    ended = grader("show", "quadruple", "--text", "1")
    assert ended.code == 2
    assert "are for: models, of which this course has none" in ended.err


def test_the_grader_knows_no_exercise_by_its_name(course: Course) -> None:
    """What is particular to one is in the course, so that another course can have it too."""
    named = [
        f"{path}:{node.lineno}: {node.value}"
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node.value.rpartition(".")[2] in course.exercises
    ]
    assert not named, "\n".join(named)
