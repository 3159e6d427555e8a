"""A released course says what the whole one says, and holds no solution."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from grader.authoring.release import refuse_solutions, release
from grader.authoring.stubs import write_stub
from grader.course.course import Course, read_course
from grader.errors import CourseError, UsageError
from grader.grading.grade import grade
from grader.learner.outside.sandbox import Sandbox
from grader.records import Outcome, Report
from tests.conftest import Ended

RIGHT = "import numpy as np\ndef double(x, times=2):\n    if times < 0: raise ValueError\n"
RIGHT += "    return x * x.dtype.type(times)\n"
WRONG = {
    "right": RIGHT,
    "own mistake": RIGHT.replace("times)", "2)"),
    "in place": "def double(x, times=2):\n    if times < 0: raise ValueError\n"
    "    x *= times\n    return x\n",
    "double precision": RIGHT.replace("type(times)", "type(times) * np.float64([1.0])[0:1]"),
    "negated": RIGHT.replace("return ", "return -"),
    "crash": "def double(x, times=2): return x.nonsense\n",
    "unwritten": "def double(x, times=2): raise NotImplementedError\n",
    "syntax": "def double(x:",
    "another name": "def twice(x): return x",
}
QUADRUPLE = (
    "from exercises.numbers.double import double\ndef quadruple(x): return double(double(x))\n"
)


@pytest.fixture
def released(tiny: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Release the tiny course."""
    folder = tmp_path_factory.mktemp("class") / "course"
    release(tiny, folder, range(2))
    return read_course(folder)


def told(report: Report) -> object:
    """Return what a report says of what both courses know, and nothing of where it was made."""
    checks = [
        (check.name, check.function, check.outcome, check.points, check.message)
        for check in report.checks
        if not check.hidden
    ]
    return checks, report.diagnosis


@pytest.mark.parametrize("answer", WRONG)
def test_both_courses_say_the_same(
    tiny: Course, released: Course, sandbox: Sandbox, answer: str
) -> None:
    """Verdicts, messages and named mistakes do not need a line of a solution."""
    reports = []
    for course in (tiny, released):
        course.exercise_path("double").write_text(WRONG[answer])
        reports.append(grade(course, "double", seed=1, sandbox=sandbox))
    whole, frozen = reports
    assert told(frozen) == told(whole)
    assert frozen.release and not whole.release


def test_an_inherited_mistake_is_named(tiny: Course, released: Course, sandbox: Sandbox) -> None:
    """The answers of mistakes in a part are in the key too."""
    source = "def quadruple(x): return x * 2 * x * 2 * 2 * x\n"
    for course in (tiny, released):
        course.exercise_path("quadruple").write_text(source)
    whole, frozen = (
        grade(course, "quadruple", seed=1, sandbox=sandbox) for course in (tiny, released)
    )
    assert told(frozen) == told(whole)


def test_a_broken_earlier_exercise_costs_nothing(released: Course, sandbox: Sandbox) -> None:
    """What references gave each other stands in for them."""
    released.exercise_path("double").write_text("def double(x, times=2): return x")
    released.exercise_path("quadruple").write_text(QUADRUPLE)
    report = grade(released, "quadruple", seed=0, sandbox=sandbox)
    assert report.outcome is Outcome.PASSED
    assert "does not work yet" in str(report.diagnosis[0].message)


def test_what_no_answer_is_kept_for_is_not_held_against_the_learner(
    released: Course, sandbox: Sandbox
) -> None:
    """A call that the reference never made cannot be answered, and is not called wrong."""
    released.exercise_path("double").write_text("def double(x, times=2): return x")
    unusual = QUADRUPLE.replace("double(double(x))", "double(x * 3) / 3 * 2")
    released.exercise_path("quadruple").write_text(unusual)
    report = grade(released, "quadruple", seed=0, sandbox=sandbox)
    assert {check.outcome for check in report.checks} == {Outcome.SKIPPED}
    assert "stands in for it until all that is imported works" in str(report.checks[0].message)
    assert report.diagnosis[0].kind == "blame"


def test_a_right_earlier_exercise_is_not_blamed(released: Course, sandbox: Sandbox) -> None:
    """A sibling is judged by its own results, whatever the key has of it."""
    released.exercise_path("double").write_text(RIGHT)
    released.exercise_path("quadruple").write_text(QUADRUPLE.replace("x))", "x)) + 1"))
    report = grade(released, "quadruple", seed=0, sandbox=sandbox)
    assert report.outcome is Outcome.FAILED
    assert not any(diagnosis.kind == "blame" for diagnosis in report.diagnosis)


def test_the_same_course_gives_the_same_bytes(tiny: Course, released: Course) -> None:
    """A release can be made again, file for file."""
    again = tiny.root.parent / f"{tiny.root.name}-again"
    assert release(tiny, again, range(2)) == released.release
    for path in released.root.rglob("*"):
        if path.is_file() and ".grader" not in path.parts:
            assert path.read_bytes() == (again / path.relative_to(released.root)).read_bytes()


def test_a_change_gives_another_version(tiny: Course, released: Course) -> None:
    """The version is that of the contents."""
    path = tiny.root / "quizzes/sums.yaml"
    path.write_text(path.read_text().replace("title: ", "title: More "))
    assert release(tiny, tiny.root.parent / f"{tiny.root.name}-new", range(2)) != released.release


def test_no_line_of_a_solution_is_anywhere(tiny: Course, released: Course) -> None:
    """Neither a reference nor a mistake is in any file, the wheel's and the arrays' included."""
    lines = [
        "x.dtype.type(times)",
        "double(x, times) * x",
        "size=(2, 3)), times=3",
        "double(double(x))",
    ]
    for path in released.root.rglob("*"):
        if not path.is_file():
            continue
        bodies = [path.read_bytes()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                assert not any("solutions/" in name for name in archive.namelist())
                bodies += [archive.read(name) for name in archive.namelist()]
        for line in lines:
            assert not any(line.encode() in body for body in bodies), (path, line)


PICTURE = '''
@exercise.picture
def a_ramp():
    """A straight line."""
    return [view("up", inputs(np.arange(3.0)), columns="abc")]
'''


def test_pictures_come_along(
    tiny: Course, grader: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a reference draws is kept, and is beside what the learner's function draws."""
    source = tiny.solution_path("double").read_text()
    imported = source.replace("import Exercise, inputs", "import Exercise, inputs, view")
    tiny.solution_path("double").write_text(imported + PICTURE)
    tiny.exercise_path("double").write_text(RIGHT)
    folder = tiny.root.parent / f"{tiny.root.name}-pictures"
    release(tiny, folder, [0])
    (folder / "exercises/numbers/double.py").write_text(RIGHT)
    whole = grader("show", "double")
    monkeypatch.chdir(folder)
    assert grader("show", "double") == whole
    assert whole.code == 0 and "yours: up" in whole.out


def test_hidden_cases_stay_at_home(released: Course) -> None:
    """Neither the names nor the inputs of hidden cases are handed out."""
    key = json.loads(released.key_path("double").read_bytes())
    assert "many" not in [case["name"] for case in key["cases"]]
    with np.load(released.key_path("double").with_name("double.0.npz")) as saved:
        assert all(saved[name].size < 10_000 for name in saved.files)
        floats = [name for name in saved.files if name.startswith("cases-float")]
        assert sum(saved[name].size for name in floats) < 100


def test_a_solution_is_refused(released: Course) -> None:
    """What looks like a definition does not leave the house, whatever it is called."""
    (released.root / "notes.py").write_text("from grader.exercise import Exercise\n")
    with pytest.raises(CourseError, match=r"notes\.py: a release holds no solutions"):
        refuse_solutions(released.root)


def test_what_goes_along_is_checked(tiny: Course) -> None:
    """A solution is refused as a handout, too, and nothing is written."""
    folder = tiny.root.parent / f"{tiny.root.name}-leaky"
    with pytest.raises(CourseError, match="solutions"):
        release(tiny, folder, [0], [tiny.solution_path("double")])
    assert not folder.exists()


def test_a_quiz_that_cannot_be_used_is_not_handed_out(tiny: Course) -> None:
    """A class would meet at its first question what its author can mend now."""
    path = tiny.root / "quizzes/sums.yaml"
    folder = tiny.root.parent / f"{tiny.root.name}-with-quiz"
    path.write_text(path.read_text().replace("ask:", "asks:"))
    with pytest.raises(CourseError, match="cannot be used"):
        release(tiny, folder, [0])
    path.unlink()
    with pytest.raises(CourseError, match="sums"):
        release(tiny, folder, [0])
    assert not folder.exists()


@pytest.mark.skipif(os.name != "posix", reason="there are no such files")
def test_what_is_no_file_does_not_go_along(tiny: Course) -> None:
    """A link that leads nowhere, or a pipe, would end the copy half-way."""
    (tiny.root / "data").mkdir()
    (tiny.root / "data/gone.txt").symlink_to("nowhere")
    with pytest.raises(UsageError, match="it is no file"):
        release(tiny, tiny.root / "out", range(1), extras=[tiny.root / "data"])
    (tiny.root / "data/gone.txt").unlink()
    os.mkfifo(tiny.root / "data/pipe")
    with pytest.raises(UsageError, match="it is no file"):
        release(tiny, tiny.root / "out", range(1), extras=[tiny.root / "data"])
    (tiny.root / "data/pipe").unlink()
    (tiny.root / "data/again").symlink_to(tiny.root / "data")
    with pytest.raises(UsageError, match="it is no file"):
        release(tiny, tiny.root / "out", range(1), extras=[tiny.root / "data"])


@pytest.mark.parametrize("bound", ["release_source.MAX_FILE", "release_source.MAX_FILES"])
def test_what_an_update_would_refuse_is_not_handed_out(
    tiny: Course, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    """Nor what makes the list of files longer than a learner's grader reads."""
    data = tiny.root / "data"
    data.mkdir()
    (data / "big.txt").write_text("x" * 100_000)
    folder = tiny.root.parent / f"{tiny.root.name}-large"
    with monkeypatch.context() as patch, pytest.raises(CourseError, match="more than a release"):
        patch.setattr(f"grader.authoring.{bound}", 10)
        release(tiny, folder, [0], [data])
    with monkeypatch.context() as patch, pytest.raises(CourseError, match="more than a release"):
        patch.setattr("grader.course.release_version._MAX_JSON", 100)
        release(tiny, folder, [0], [data])
    assert not folder.exists()


def test_a_folder_in_use_is_left_alone(tiny: Course) -> None:
    """Nothing is written where something is."""
    with pytest.raises(UsageError, match="something is there already"):
        release(tiny, tiny.root, [0])


def test_a_folder_that_cannot_be_written_is_a_slip(tiny: Course) -> None:
    """A place that is no folder's is told in one message, and is not the grader's fault."""
    with pytest.raises(UsageError, match="cannot be written"):
        release(tiny, tiny.root / "course.yaml" / "class", [0])


@pytest.mark.parametrize("command", [["prove"], ["solution", "double"], ["stub"], ["release", "x"]])
def test_what_needs_a_solution_says_so(
    released: Course,
    grader: Callable[..., Ended],
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
) -> None:
    """In a released course an author's command is a slip, and no crash."""
    monkeypatch.chdir(released.root)
    ended = grader(*command)
    assert ended.code == 2
    assert "holds no solutions" in ended.err


@pytest.mark.parametrize("command", [[], ["hint", "double"], ["reset", "double"]])
def test_what_a_learner_needs_is_there(
    released: Course,
    grader: Callable[..., Ended],
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
) -> None:
    """The map, the hints and the stubs come along."""
    monkeypatch.chdir(released.root)
    ended = grader(*command)
    assert (ended.code, ended.err) == (0, "")


def test_a_damaged_key_is_nobodys_mistake(
    released: Course, sandbox: Sandbox, tmp_path: Path
) -> None:
    """A file that was cut short is the grader's own trouble, and says what to do."""
    path = released.key_path("double").with_name("double.1.npz")
    path.write_bytes(path.read_bytes()[:200])
    report = grade(released, "double", seed=1, sandbox=sandbox)
    assert report.outcome is Outcome.GRADER_ERROR
    assert "Get the course again" in str(report.diagnosis[0].message)


def test_a_report_carries_the_version(
    released: Course, grader: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A result can be told to belong to a release, and a seed to one that it has."""
    monkeypatch.chdir(released.root)
    (report,) = json.loads(grader("grade", "double", "--seed", "7", "--json").out)["reports"]
    assert report["release"] == released.release
    assert report["seed"] == 1


def test_a_release_of_an_earlier_version_is_still_graded(tmp_path: Path, sandbox: Sandbox) -> None:
    """What a class has in its hands names the same mistakes, and lets references stand in."""
    shutil.copytree(Path(__file__).parent / "released_0_1", tmp_path, dirs_exist_ok=True)
    old = read_course(tmp_path)
    write_stub(old, "double")
    wrong = RIGHT.replace("x.dtype.type(times)", "x.dtype.type(2)")
    old.exercise_path("double").write_text(wrong)
    old.exercise_path("quadruple").write_text(QUADRUPLE)
    reports = [grade(old, name, seed=0, sandbox=sandbox) for name in old.exercises]
    assert [d.mistake for d in reports[0].diagnosis] == ["double.ignores_times"]
    assert reports[1].outcome is Outcome.PASSED


TWO = '''

@exercise.reference
def offset(weights):
    """Subtract the mean.

    Parameters
    ----------
    weights : (..., n)

    Returns
    -------
    offset : (..., n)
    """
    return weights - weights.mean()


@exercise.case
def three_to_be_centred(rng):
    return inputs(np.arange(3.0))


@exercise.reference
def shares(weights):
    """Divide by the sum, which is 0 where the mean is.

    Parameters
    ----------
    weights : (..., n)

    Returns
    -------
    shares : (..., n)
    """
    with np.errstate(all="ignore"):
        return weights / weights.sum()


@exercise.case
def three_to_be_divided(rng):
    return inputs(np.arange(3.0))


@exercise.edit("weights.sum()", "weights.max()")
def divides_by_the_largest():
    """You divide by the largest. All of them together are to be 1."""
'''


def test_two_functions_may_be_given_the_same(
    tiny: Course, tmp_path: Path, sandbox: Sandbox
) -> None:
    """What one of them answers to a probe is not taken for the other's, which may have none."""
    path = tiny.solution_path("double")
    path.write_text(f"{path.read_text()}{TWO}")
    release(tiny, tmp_path / "out", range(1))
    frozen = read_course(tmp_path / "out")
    answer = frozen.exercise_path("double")
    answer.write_text(
        f"{RIGHT}def offset(weights): return weights - weights.mean()\n"
        "def shares(weights): return weights / weights.max()\n"
    )
    report = grade(frozen, "double", answer, sandbox=sandbox, seed=0)
    assert [each.mistake for each in report.diagnosis] == ["double.divides_by_the_largest"]


@pytest.mark.parametrize("broken", ["1 / 0", "{1: object()}"])
def test_what_cannot_be_released_is_named(tiny: Course, tmp_path: Path, broken: str) -> None:
    """With its exercise, its file and its line, and with the way to find out more."""
    path = tiny.solution_path("double")
    path.write_text(path.read_text().replace("return x * x.dtype.type(times)", f"return {broken}"))
    with pytest.raises(CourseError) as refused:
        release(tiny, tmp_path / "out", range(1))
    assert "double cannot be released: " in refused.value.what
    assert "double.py:" in str(refused.value.where)
    assert refused.value.next == "Mend it until this finds nothing: grader prove double"
    assert not (tmp_path / "out").exists()


def test_a_release_keeps_how_a_case_is_judged(
    tiny: Course, sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Tolerances, and what is checked besides the values, are the author's in both courses."""
    path = tiny.solution_path("double")
    chosen = path.read_text().replace("\nexercise = Exercise(", "\nexercise = Exercise(rtol=0.1, ")
    path.write_text(chosen.replace('"Multiply."])', '"Multiply."], check_dtype=False)'))
    released = tmp_path_factory.mktemp("class") / "course"
    release(tiny, released, range(1))
    reports = [
        grade(course, "double", _answer(course), sandbox=sandbox, seed=0)
        for course in (tiny, read_course(released))
    ]
    assert {report.outcome for report in reports} == {Outcome.PASSED}
    assert "keeps_the_dtype" not in [c.name for report in reports for c in report.checks]


def _answer(course: Course) -> Path:
    path = course.exercise_path("double")
    path.write_text(RIGHT.replace("type(times)", "type(times) * 1.05 * np.float64(1)"))
    return path


def test_a_check_that_needs_the_solution_is_not_released(tiny: Course, tmp_path: Path) -> None:
    """It goes along as code, and no line of a solution does."""
    path = tiny.solution_path("double")
    check = (
        "@exercise.check\ndef near(answer, wanted, x, times=2):\n    return double(x) is None\n\n\n"
    )
    path.write_text(path.read_text().replace("@exercise.mistake", f"{check}@exercise.mistake", 1))
    with pytest.raises(CourseError, match="the check uses double, which a release cannot have"):
        release(tiny, tmp_path / "out", range(1))
