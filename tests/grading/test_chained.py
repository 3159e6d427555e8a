"""Functions that belong together: one reads what the other has kept, in whatever form."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from grader.authoring.release import release
from grader.course.course import Course, read_course
from grader.exercise import counting, inputs, result_of
from grader.grading.grade import grade
from grader.grading.trials import call_trusted
from grader.learner.inside.chained import counted
from grader.learner.outside.sandbox import Sandbox
from grader.present.arrays import describe_argument
from grader.present.values_python import literal
from grader.records import Outcome, Report, Returned
from solutions.training.checkpointing import backward_segments, forward_segments
from tests.learners.table import FOLDER

ATTEMPTS = FOLDER / "checkpointing"
Attempt = Callable[[str], Report]


@pytest.fixture
def attempted(course: Course, sandbox: Sandbox) -> Attempt:
    """Return a function that grades a sample attempt at checkpointing."""

    def attempt(name: str) -> Report:
        return grade(course, "checkpointing", ATTEMPTS / f"{name}.py", sandbox=sandbox, seed=1)

    return attempt


@pytest.mark.parametrize("name", ["right_dict", "right_only_x", "right_nested"])
def test_what_is_kept_may_have_any_form(attempted: Attempt, name: str) -> None:
    """A function is handed what the other one of the same file returned."""
    assert attempted(name).outcome is Outcome.PASSED


def test_results_may_stand_in_a_list(course: Course, sandbox: Sandbox, tmp_path: Path) -> None:
    """Here as everywhere; what is kept is counted in it, too."""
    said = {}
    for name in ("right_plain", "wrong_keeps_everything"):
        source, path = (ATTEMPTS / f"{name}.py").read_text(), tmp_path / f"{name}.py"
        path.write_text(re.sub(r"return (\w+, \w+)\n", r"return [\1]\n", source, count=1))
        assert path.read_text() != source
        report = grade(course, "checkpointing", path, sandbox=sandbox, seed=1)
        said[name] = report.outcome, " ".join(str(check.message) for check in report.checks)
    assert said["right_plain"][0] is Outcome.PASSED
    assert said["wrong_keeps_everything"][0] is Outcome.FAILED
    assert "4 arrays" in said["wrong_keeps_everything"][1]


def test_more_arrays_than_may_be_kept_are_counted(attempted: Attempt) -> None:
    """The check says how many there are, and how many there may be."""
    told = {check.name: str(check.message) for check in attempted("wrong_keeps_everything").checks}
    assert "4 arrays" in told["one_segment_of_three_layers"]
    assert "at most 2 arrays" in told["one_segment_of_three_layers"]


def test_arrays_are_counted_however_deep_they_are() -> None:
    """Numbers and words are none."""
    deep = {"a": [np.ones(2), (np.ones(1), 3)], "b": np.zeros(0), "c": "word"}
    assert counted((1.0, deep), (1, 2)) == (1.0, "3 arrays")
    assert counted((1.0, deep), (1, 3)) == (1.0, "at most 3 arrays")
    assert counted((1.0,), (1, 3)) == (1.0,)
    assert counted([1.0, deep], (1, 2)) == [1.0, "3 arrays"]
    own = SimpleNamespace(kept=[np.ones(2)], several=np.array([np.ones(1), np.ones(2)], object))
    assert counted((1.0, own), (1, 2)) == (1.0, "3 arrays")
    own.me, own.xp, own.more = own, np, deque([np.ones(1)])
    assert counted((1.0, [own, own]), (1, 2)) == (1.0, "4 arrays")


def test_references_are_chained_like_a_learners_functions() -> None:
    """The argument stays what it was: it is worked out for each call anew."""
    x, weights = np.ones((3, 2)), [np.eye(2), np.eye(2)]
    saved = result_of(forward_segments, x, weights, 1, part=1)
    call = inputs(saved, weights, 1, np.ones((3, 2)))
    answer = call_trusted(backward_segments, call)
    wanted = backward_segments(forward_segments(x, weights, 1)[1], weights, 1, np.ones((3, 2)))
    assert isinstance(answer, Returned)
    np.testing.assert_array_equal(answer.value, wanted)
    assert answer.after.args[0].keys() == saved.keys()
    counting_call = counting(inputs(x, weights, 1), 1, 3)
    answer = call_trusted(forward_segments, counting_call)
    assert isinstance(answer, Returned) and answer.value[1] == "at most 3 arrays"


def test_such_an_argument_is_shown_as_the_call_that_it_is() -> None:
    """What is to be worked by hand can be pasted."""
    saved = result_of(forward_segments, np.ones(2), [np.eye(2)], 1, part=1)
    assert describe_argument("saved", saved)[0] == "saved = your forward_segments(...)[1], with"
    made = eval(literal(saved), {"np": np, "forward_segments": forward_segments})
    np.testing.assert_array_equal(made[0], np.ones(2))


def test_a_function_that_is_not_written_is_not_blamed_for_another(
    scratch: Course, sandbox: Sandbox
) -> None:
    """The stub counts as not attempted, though one of its functions needs the other."""
    report = grade(scratch, "checkpointing", sandbox=sandbox, seed=1)
    assert report.outcome is Outcome.NOT_ATTEMPTED


def test_a_release_chains_calls_as_well(tmp_path: Path, course: Course, sandbox: Sandbox) -> None:
    """The key has the calls, and no function of ours is needed."""
    only = tmp_path / "only"
    (only / "solutions/training").mkdir(parents=True)
    path = course.solution_path("checkpointing")
    (only / "solutions/training/checkpointing.py").write_text(path.read_text())
    (only / "solutions/drawing.py").write_text((course.root / "solutions/drawing.py").read_text())
    contents = "title: t\nunits:\n  training:\n    title: t\n    exercises: [checkpointing]\n"
    (only / "course.yaml").write_text(contents)
    release(read_course(only), tmp_path / "class", range(1))
    released = read_course(tmp_path / "class")
    for name, outcome in [("right_dict", "passed"), ("wrong_derivative", "failed")]:
        answer = ATTEMPTS / f"{name}.py"
        report = grade(released, "checkpointing", answer, sandbox=sandbox, seed=0)
        assert report.outcome.value == outcome
