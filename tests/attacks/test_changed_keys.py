"""A release whose files were changed: no report made with them bears the genuine version."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from grader.authoring.release import release
from grader.course.contents import read_contents
from grader.course.course import Course, read_course
from grader.grading.grade import grade
from grader.learner.outside.sandbox import Sandbox
from grader.records import Outcome, Report

WRONG = "def double(x, times=2):\n    return x\n"


def of_another_seed(keys: Path) -> None:
    """Make two seeds one, so that answers to one of them answer both."""
    shutil.copy(keys / "double.1.npz", keys / "double.0.npz")


def of_another_exercise(keys: Path) -> None:
    """Let another exercise's inputs and answers stand for this one's."""
    shutil.copy(keys / "quadruple.0.npz", keys / "double.0.npz")


def edited(**fields: object) -> Callable[[Path], None]:
    """Return what replaces fields of a key."""

    def edit(keys: Path) -> None:
        path = keys / "double.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | fields))

    return edit


def without_checks(keys: Path) -> None:
    """Take out all checks but those that a wrong answer passes, with what was drawn for them."""
    path = keys / "double.json"
    contents = json.loads(path.read_text())
    contents["cases"] = contents["cases"][:1]
    path.write_text(json.dumps(contents))


def points_elsewhere(keys: Path) -> None:
    """Move the points to a check that passes."""
    path = keys / "double.json"
    path.write_text(path.read_text().replace('"points": 2', '"points": 0'))


def contents_of_the_course(keys: Path) -> None:
    """Put the exercise into another place among the others."""
    path = keys.parents[1] / "course.yaml"
    path.write_text(path.read_text().replace("double, quadruple", "quadruple, double"))


def order_of_units(keys: Path) -> None:
    """Put the second unit first: what stands in the other may then import from it."""
    path = keys.parents[1] / "course.yaml"
    contents = yaml.safe_load(path.read_text())
    contents["units"] = dict(reversed(contents["units"].items()))
    path.write_text(yaml.safe_dump(contents, sort_keys=False))


def the_copy_of_its_contents(keys: Path) -> None:
    """Do so in the copy that is read in place of course.yaml, and leave that as it was."""
    root = keys.parents[1]
    read_contents(root / "course.yaml")
    path = root / ".grader" / "course.json"
    contents = path.read_text()
    path.write_text(contents.replace('"double", "quadruple"', '"quadruple", "double"'))
    assert path.read_text() != contents


def habits(keys: Path) -> None:
    """Add advice that was not released."""
    (keys.parents[1] / "habits.yaml").write_text("[]\n")


def answers_of_a_quiz(keys: Path) -> None:
    """Turn a wrong choice into a right one."""
    path = keys.parents[1] / "quizzes" / "sums.yaml"
    path.write_text(path.read_text().replace("wrong: three", "right: three"))


def a_check_of_an_author_s(keys: Path) -> None:
    """Put code that judges beside a key."""
    (keys / "double.checks.py").write_text("def anything(answer, wanted, *args):\n    pass\n")


def a_pipe(keys: Path) -> None:
    """Put a pipe in a key's place: nobody waits for what comes of it."""
    (keys / "double.pictures.npz").unlink()
    os.mkfifo(keys / "double.pictures.npz")


def another_version(keys: Path) -> None:
    """Say that it is another release."""
    path = keys.parents[1] / "release.json"
    contents = json.loads(path.read_text())
    path.write_text(json.dumps(contents | {"version": "0123456789abcdef"}))


def a_format_without_checks(keys: Path) -> None:
    """Say beside another key that the version is one of those that cannot be checked."""
    of_another_seed(keys)
    path = keys.parents[1] / "release.json"
    contents = json.loads(path.read_text())
    path.write_text(json.dumps(contents | {"format": 3}))


CHANGES = [
    of_another_seed,
    of_another_exercise,
    edited(seeds=[1]),
    edited(hints=["The answer is 42."]),
    without_checks,
    points_elsewhere,
    contents_of_the_course,
    order_of_units,
    the_copy_of_its_contents,
    habits,
    answers_of_a_quiz,
    a_check_of_an_author_s,
    pytest.param(a_pipe, marks=pytest.mark.skipif(os.name != "posix", reason="makes a pipe")),
    another_version,
    a_format_without_checks,
]


@pytest.fixture
def released(tiny: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Release the tiny course, with a second unit."""
    with (tiny.root / "course.yaml").open("a") as file:
        file.write("  more:\n    title: More\n    exercises: []\n")
    tiny = read_course(tiny.root)
    folder = tmp_path_factory.mktemp("class") / "course"
    release(tiny, folder, range(2))
    return read_course(folder)


def graded(course: Course, sandbox: Sandbox) -> Report:
    """Grade a wrong answer."""
    course = read_course(course.root)
    course.exercise_path("double").write_text(WRONG)
    return grade(course, "double", sandbox=sandbox, seed=0)


@pytest.mark.parametrize("change", CHANGES)
def test_a_report_with_other_keys_says_changed(
    released: Course, sandbox: Sandbox, change: Callable[[Path], None]
) -> None:
    """Whatever of it was changed; and one that is as it was bears the version again."""
    aside = released.root.with_name("aside")
    shutil.copytree(released.root, aside)
    change(released.key_path("double").parent)
    assert graded(released, sandbox).release.endswith(", changed")
    shutil.rmtree(released.root)
    shutil.copytree(aside, released.root)
    assert graded(released, sandbox).release == released.release


def test_a_version_that_cannot_be_checked_is_none(released: Course, sandbox: Sandbox) -> None:
    """That of an earlier release is neither taken for checked nor for changed."""
    path = released.root / "release.json"
    contents = json.loads(path.read_text())
    earlier = {"format": 4, "version": "0123456789abcdef"}
    path.write_text(json.dumps(contents | earlier))
    assert graded(released, sandbox).release == "0123456789abcdef, not checked"


def test_work_leaves_the_version_as_it_was(released: Course, sandbox: Sandbox) -> None:
    """Answers, notes, what a system leaves behind, and other line ends change no verdict."""
    for name in ("README.md", "quizzes/.DS_Store", "quizzes/._sums.yaml", "notes.txt"):
        (released.root / name).write_text("mine")
    for path in (released.root / "course.yaml", released.key_path("double")):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    report = graded(released, sandbox)
    assert (report.outcome, report.release) == (Outcome.FAILED, released.release)
