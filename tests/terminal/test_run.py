"""Running one's own file: by its name, or by Python from any folder; and a check pasted into it."""

from __future__ import annotations

import builtins
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from grader.authoring.release import release
from grader.authoring.stubs import signpost_path, solution_text
from grader.course.course import Course, read_course
from grader.exercise import Exercise, inputs
from grader.grading.compare import Tolerance, difference
from grader.grading.examiner import draw_paper
from grader.learner.inside.chained import counted
from grader.present.case_python import is_too_much_to_paste, render_paste
from grader.records import Raised
from tests.conftest import ROOT, Ended, paper_of

Grader = Callable[..., Ended]
QUADRUPLE = """
import sys

from exercises.numbers.double import double


def quadruple(x):
    return double(double(x))


if __name__ == "__main__":
    print(quadruple(3), sys.argv[1:], sys.stdin.read())
    sys.exit(7)
"""
PLAIN = "def double(x, times=2):\n    return times * x\n"


def program(command: Sequence[str], folder: Path, typed: str = "") -> Ended:
    """Run a program of its own in a folder, as a shell would."""
    ended = subprocess.run(
        [sys.executable, *command], cwd=folder, input=typed, capture_output=True, text=True
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


@pytest.fixture
def written(tiny: Course) -> Course:
    """Write an exercise that imports another, and does something where it is run."""
    tiny.exercise_path("double").write_text(PLAIN)
    tiny.exercise_path("quadruple").write_text(QUADRUPLE)
    return tiny


def test_it_is_a_program_in_this_very_terminal(written: Course) -> None:
    """Its arguments, its input, its output and its exit code are its own."""
    command = ["-m", "grader", "run", "quadruple", "--seed", "--help", "-"]
    ended = program(command, written.root / "exercises", "typed")
    assert (ended.code, ended.out, ended.err) == (7, "12 ['--seed', '--help', '-'] typed\n", "")


def test_a_debugger_stops_in_it(written: Course) -> None:
    """What is typed goes to it, and it shows the learner's own variables."""
    written.exercise_path("double").write_text(f"{PLAIN}breakpoint()\nprint(double(5))")
    ended = program(["-m", "grader", "run", "double"], written.root, "p double(21)\nc\n")
    assert "(Pdb) 42" in ended.out and ended.out.endswith("10\n")


@pytest.mark.parametrize("folder", [".", "exercises", "exercises/numbers", "/"])
def test_python_runs_it_from_any_folder(written: Course, folder: str) -> None:
    """An import of another exercise is found, wherever one stands."""
    path = written.exercise_path("quadruple")
    ended = program([str(path)], written.root / folder, "typed")
    assert (ended.code, ended.out) == (7, "12 [] typed\n")


def test_python_runs_it_in_every_kind_of_course(
    written: Course, grader: Grader, tmp_path: Path
) -> None:
    """In a release, in a course that was laid out, in a unit that was begun, and in this one."""
    folder = tmp_path.parent / f"{tmp_path.name}-class"
    release(written, folder, [0])
    released = read_course(folder)
    for name in written.exercises:
        released.exercise_path(name).write_bytes(written.exercise_path(name).read_bytes())
    assert program([str(released.exercise_path("quadruple"))], folder).out.startswith("12 ")
    laid_out = tmp_path / "laid-out"
    assert grader("init", str(laid_out)).code == 0
    assert grader("new", "half", "--unit", "halves").code == 0
    for course in (read_course(laid_out), read_course(written.root), read_course(ROOT)):
        assert all(signpost_path(course, name).is_file() for name in course.exercises)


def test_a_file_that_only_defines_says_so(written: Course) -> None:
    """Where nothing would be seen, that is said beforehand; a broken file is Python's to judge."""
    ended = program(["-m", "grader", "run", "double"], written.root)
    assert (ended.code, ended.out) == (0, "")
    assert "exercises/numbers/double.py defines functions and calls none" in ended.err
    written.exercise_path("double").write_text("def double(")
    ended = program(["-m", "grader", "run", "double"], written.root)
    assert ended.code == 1 and ended.err.endswith("SyntaxError: '(' was never closed\n")


def test_a_file_that_is_not_there_is_a_slip(tiny: Course, grader: Grader) -> None:
    """The message names what writes it again."""
    tiny.exercise_path("double").unlink()
    ended = grader("run", "double")
    assert ended.code == 2
    assert "exercises/numbers/double.py: there is no such file" in ended.err
    assert "grader reset double" in ended.err


def test_a_failing_check_is_written_to_be_pasted(tiny: Course, grader: Grader) -> None:
    """In one's own file it makes the same call; the file is graded as before."""
    path = tiny.exercise_path("double")
    path.write_text(PLAIN)
    ended = grader("grade", "double", "--case", "refuses less than nothing", "--seed", "1")
    assert ended.code == 1
    assert '"wanted: a ValueError"' in ended.out and "times = -1" in ended.out
    path.write_text("def double(x, times=2):\n    return x - times\n")
    ended = grader("grade", "double", "--case", "three_times", "--seed", "1")
    before = grader("grade", "double", "--seed", "1").out
    path.write_text(path.read_text() + "\n\n" + ended.out)
    assert grader("grade", "double", "--seed", "1").out == before
    printed = program([str(path)], tiny.root).out
    assert printed.startswith("yours\n[[") and "wanted\n[[" in printed


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nothing", "double has no check called 'nothing'"),
        ("many", "the check many is hidden: its inputs are not shown"),
        ("keeps_the_dtype", "the check keeps_the_dtype has no inputs of its own"),
        ("refuses_less_than_nothing", "the check refuses_less_than_nothing passes with these"),
    ],
)
def test_a_check_that_cannot_be_pasted_names_those_that_can(
    tiny: Course, grader: Grader, name: str, message: str
) -> None:
    """One that does not exist, is hidden, looks at all the others, or passes."""
    source = "import numpy as np\n\ndef double(x, times=2):\n    if times < 0: raise ValueError\n"
    tiny.exercise_path("double").write_text(
        f"{source}    return x * np.float64(times) * (x.ndim < 2) * (x.size < 9)"
    )
    ended = grader("grade", "double", "--case", name)
    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err
    assert "\nOne fails:\n  three_times\n" in ended.err


def test_a_check_that_is_too_large_to_paste_says_so(tiny: Course, grader: Grader) -> None:
    """Lines that leave an argument out would not run."""
    path = tiny.solution_path("double")
    path.write_text(path.read_text().replace("size=(2, 3)", "size=(200, 300)"))
    tiny.exercise_path("double").write_text("def double(x, times=2):\n    return x\n")
    ended = grader("grade", "double", "--case", "three_times", "--seed", "1")
    assert (ended.code, ended.out) == (2, "")
    assert "three_times is too large to paste" in ended.err and "two_numbers" in ended.err


@pytest.mark.parametrize("name", ["exec", "\uff45xec"])
def test_what_is_pasted_calls_no_function_of_pythons(tmp_path: Path, name: str) -> None:
    """In a file that has none of that name, as Python reads it, the paste fails in a line of it."""
    exercise = Exercise(hints=["Think."])

    def reference(x: str) -> str:
        """Return it as it is."""
        return x

    reference.__name__ = name
    exercise.reference(reference)
    exercise.case(lambda rng: inputs("print('ran')"))
    paper = paper_of(exercise.define("a", "numbers", "a.py", "A lesson."), 0)
    pasted = render_paste(paper.definition, paper.trials[0], 0)
    (tmp_path / "a.py").write_text(pasted)
    ended = program(["a.py"], tmp_path)
    assert ended.out == "" and "ImportError: cannot import name 'exec'" in ended.err
    (tmp_path / "a.py").write_text(f"def exec(x):\n    return len(x)\n\n\n{pasted}")
    assert program(["a.py"], tmp_path).out == "yours\n12\nwanted\nprint('ran')\n"


@pytest.mark.parametrize("name", read_course(ROOT).exercises)
def test_every_check_of_the_course_can_be_pasted(course: Course, name: str) -> None:
    """Below a right answer the pasted lines come to what is wanted, every number of it."""
    paper = draw_paper(course, name, 5)
    trials = [trial for trial in paper.trials if not trial.case.hidden]
    assert sum(map(is_too_much_to_paste, trials)) <= 3
    for trial in trials:
        if is_too_much_to_paste(trial):
            continue
        source = f"{solution_text(course, name)}\n\n{render_paste(paper.definition, trial, 5)}"
        names: dict[str, object] = {"__name__": "__main__", "print": lambda *_, **__: None}
        source = source.replace("from exercises.", "from solutions.")
        if isinstance(trial.wanted, Raised):
            with pytest.raises(getattr(builtins, trial.wanted.type)):
                exec(source, names)
            continue
        with np.errstate(all="ignore"):
            exec(source, names)
        yours = counted(names["yours"], trial.inputs.own)
        for value in (yours, names["wanted"]):
            assert difference(value, trial.wanted.value, Tolerance.of(trial.inputs)) is None
