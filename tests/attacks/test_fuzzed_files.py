"""Files of the right outline with anything in them: one sentence each, and never our own fault."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.authoring.stubs import write_stub
from grader.course.contents import _FORMAT
from grader.course.course import Course, read_course
from grader.course.progress import FOLDER, Progress
from tests.attacks.bounds import bounded
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="watches memory as Linux tells it")

WRONG = "def double(x, times=2):\n    return x\n"
HABITS = {"own": {"raises": ["TypeError"], "say": "No", "message": "a", "line": "(?P<b>b)"}}
# Each example runs a few commands: some at a time, and many for `make test-all`.
fuzzed = settings(
    max_examples=max(10, settings().max_examples // 10),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
texts = st.sampled_from(
    ["", " ", "double", "sums", "a\nb", "\x1b[2J", "\ud800", "null", "-", "{x}"]
)
numbers = st.sampled_from([0, -1, 3, 10**400, -(2**70), 0.5, 1e300, float("inf"), float("nan")])
scalars = texts | numbers | st.sampled_from([None, True, False, "x" * 3000, 2**63])
odd = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


def places_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every part of a nest."""
    yield path
    pairs = value.items() if isinstance(value, dict) else ()
    for key, item in enumerate(value) if isinstance(value, list) else pairs:
        yield from places_in(item, (*path, key))


def changed(value: Any, path: tuple[Any, ...], change: Callable[[Any], Any]) -> Any:
    """Return a nest with one part of it changed."""
    if not path:
        return change(value)
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = changed(value[path[0]], path[1:], change)
    return copy


@st.composite
def spoilt(draw: st.DrawFn, value: Any) -> Any:
    """Draw a nest in which a part or two are missing, or something else."""
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from([*places_in(value)]))
        if path and draw(st.integers(0, 3)) == 0:
            value = changed(
                value,
                path[:-1],
                lambda whole, last=path[-1]: (
                    {key: item for key, item in whole.items() if key != last}
                    if isinstance(whole, dict)
                    else whole[:last] + whole[last + 1 :]
                ),
            )
        else:
            new = draw(odd)
            value = changed(value, path, lambda _, new=new: new)
    return value


@pytest.fixture
def released(tmp_path: Path) -> Course:
    """Lay out a released course, with wrong answers."""
    lay_out(tmp_path)
    course = read_course(tmp_path)
    for name in course.exercises:
        write_stub(course, name)
    course.exercise_path("double").write_text(WRONG)
    course.exercise_path("quadruple").write_text("def quadruple(x):\n    return x\n")
    return course


def lay_out(folder: Path) -> None:
    """Put a release there, as it was handed out."""
    shutil.copytree(ROOT / "tests/authoring/released_0_1", folder, dirs_exist_ok=True)


def must_not_fail(root: Path, *commands: list[str]) -> None:
    """Run commands; what is not ours may be refused, and is never our own fault."""
    for ended, command in zip(bounded(root, *commands), commands, strict=True):
        said = " ".join(ended.out.split())
        is_told = ended.code < 3 or (command[0] == "grade" and "key cannot be read" in said)
        assert is_told, (command, ended)


def as_yaml(value: Any) -> str:
    """Return a nest as YAML, or as JSON, which is YAML as well, where that cannot be."""
    try:
        return yaml.safe_dump(value, allow_unicode=False)
    except (ValueError, OverflowError):
        return json.dumps(value)


CONTENTS = yaml.safe_load((ROOT / "tests/authoring/released_0_1/course.yaml").read_text())
MODELS = {"models": {"m": {"exercise": "double"}}, "definitions": "bundled"}
SUMS = yaml.safe_load((ROOT / "tests/authoring/released_0_1/quizzes/sums.yaml").read_text())
KINDS = [
    {"id": "n", "ask": "{a}?", "answer": "2 * {a}", "vars": {"a": [1, 2]}, "tolerance": "1%"},
    {"id": "w", "ask": "Who?", "accept": ["me", "I"], "tags": ["t"], "weight": 2},
    {"id": "s", "ask": "Which?", "shape": "(B, T)", "because": "so", "hint": "h"},
    {"id": "o", "ask": "Order?", "order": ["a", "b", "c"], "partial": "net"},
    {"id": "m", "ask": "Match?", "match": {"a": "1", "b": "2"}, "formulas": {"M": "m"}},
    {"id": "p", "ask": "Prints?", "code": "print(1)", "prints": "1"},
    {"id": "t", "ask": "True?", "answer": "true"},
]
ANSWERS = {"one-and-one": "a", "two-and-two": ["b"], "x": {"1": "a"}, "y": None}
KEY = json.loads((ROOT / "tests/authoring/released_0_1/keys/numbers/double.json").read_text())
NOTEBOOK = {
    "cells": [
        {"cell_type": "code", "source": [WRONG], "metadata": {"tags": ["double"], "grader": {}}},
        {"cell_type": "code", "source": "%time x\n!ls", "metadata": {"grader": {"role": "stub"}}},
        {"cell_type": "markdown", "source": "x", "metadata": {}},
    ],
    "worksheets": [{"cells": []}],
    "nbformat": 4,
}


@given(spoilt(CONTENTS | MODELS))
@fuzzed
def test_any_table_of_contents(tiny: Course, contents: Any) -> None:
    """course.yaml, and the copy of it."""
    (tiny.root / "course.yaml").write_text(as_yaml(contents))
    status, copy = (tiny.root / "course.yaml").stat(), tiny.root / FOLDER / "course.json"
    commands = [[], ["grade", "double"], ["hint", "double"], ["quiz", "sums"], ["hint", "duoble"]]
    must_not_fail(tiny.root, *commands)
    saved = {"stamp": [_FORMAT, status.st_mtime_ns, status.st_size], "contents": contents}
    copy.parent.mkdir(exist_ok=True)
    copy.write_text(json.dumps(saved))
    must_not_fail(tiny.root, *commands)


@given(spoilt(SUMS | {"questions": [*SUMS["questions"], *KINDS]}), spoilt(ANSWERS))
@fuzzed
def test_any_quiz_and_any_answers(tiny: Course, quiz: Any, answers: Any) -> None:
    """As YAML and as JSON."""
    tiny.quiz_path("sums").write_text(as_yaml(quiz))
    for name, text in (("a.json", json.dumps(answers)), ("a.yaml", as_yaml(answers))):
        (tiny.root / name).write_text(text)
    commands = [["quiz", "sums", "--answers", name] for name in ("a.json", "a.yaml")]
    must_not_fail(tiny.root, *commands, ["quiz", "sums"], ["prove", "sums"], ["review"], [])
    must_not_fail(tiny.root, ["export", "quiz", "--format", "gift", "-o", "x"])


@given(spoilt(HABITS))
@fuzzed
def test_any_habits(tiny: Course, habits: Any) -> None:
    """What is wrong with them is told where a run fails."""
    tiny.habits_path.write_text(as_yaml(habits))
    tiny.exercise_path("double").write_text("def double(x, times=2):\n    return x.b(a)\n")
    (ended,) = bounded(tiny.root, ["grade", "double"])
    assert ended.code == 1 or "habits.yaml" in ended.out


@given(spoilt(NOTEBOOK))
@fuzzed
def test_any_notebook(tiny: Course, notebook: Any) -> None:
    """What is no notebook is refused, and of others the answers are taken."""
    (tiny.root / "s.ipynb").write_text(json.dumps(notebook))
    must_not_fail(
        tiny.root, ["grade", "double", "--file", "s.ipynb"], ["grade", "--file", "s.ipynb"]
    )


@given(spoilt(KEY), st.sampled_from(["double.json", "quadruple.json"]))
@fuzzed
def test_any_key(released: Course, key: Any, name: str) -> None:
    """What a release says of an exercise."""
    lay_out(released.root)
    released.exercise_path("double").write_text(WRONG)
    released.key_path("double").with_name(name).write_text(json.dumps(key))
    asked = [["grade", "double", "--checks"], ["grade", "quadruple", "--seed", "0"], []]
    asked += [["hint", "double"], ["lesson", "double"], ["reset", "double"], ["grade", "doubel"]]
    asked += [["show", "double"], ["export", "notebook", "-o", "x.ipynb"]]
    must_not_fail(released.root, *asked)


@given(st.data())
@fuzzed
def test_any_drawn_answers(released: Course, data: st.DataObject) -> None:
    """What a release has for a seed: its indices, and the arrays that they are about."""
    name = data.draw(st.sampled_from(["double.0.npz", "quadruple.0.npz"]))
    lay_out(released.root)
    path = released.key_path("double").with_name(name)
    with np.load(io.BytesIO(path.read_bytes())) as saved:
        arrays = {each: saved[each] for each in saved.files}
    chosen = data.draw(st.sampled_from(sorted(arrays)))
    if chosen.endswith("index"):
        index = data.draw(spoilt(json.loads(arrays[chosen].tobytes())))
        arrays[chosen] = np.frombuffer(json.dumps(index).encode(), np.uint8)
    else:
        kind = data.draw(st.sampled_from(["U3", "c16", "f2", "bool", "i1", "M8[s]"]))
        arrays[chosen] = arrays[chosen][: data.draw(st.integers(0, 3))].astype(kind)
    np.savez(path, **arrays)
    must_not_fail(released.root, ["grade", "double", "--checks"], ["grade", "quadruple"])
    must_not_fail(released.root, ["grade", "double", "--case", "two_numbers"])


ROWS = {
    "grades": [1, "double", "passed", 1.0, 2.0, 1, 1.0, ""],
    "hints": ["double", 1],
    "sittings": [1, "sums", 1, 1.0, 1.0, 2.0, "sums", "practice", 1, 1, '["one-and-one"]', None],
    "replies": [1, 1, "one-and-one", "k", '"two"', "wrong", 1, 1.0],
    "doubts": [1, "one-and-one"],
}
cells = st.sampled_from([None, "", "x", b"\xff\0", -1, 0, 2, 2**62, 0.5, 9e999, -1e300, "[[", "{}"])


@given(st.data())
@fuzzed
def test_any_record(tiny: Course, data: st.DataObject) -> None:
    """Rows of any types, whatever a table says of its columns."""
    tiny.exercise_path("double").write_text(WRONG)
    with Progress(tiny.root) as progress:
        path = progress.path
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA ignore_check_constraints = 1")
        for table, row in ROWS.items():
            row = list(row)
            if data.draw(st.booleans()):
                row[data.draw(st.integers(0, len(row) - 1))] = data.draw(cells)
            marks = ", ".join("?" * len(row))
            try:
                database.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", row)
            except (sqlite3.IntegrityError, OverflowError):
                continue  # SQLite itself would not have it
    database.close()
    asked = [[], ["grade", "double"], ["hint", "double"], ["review"], ["quiz", "sums"], ["quiz"]]
    must_not_fail(tiny.root, *asked, ["quiz", "--missed"], ["quiz", "--wrong"])
    path.unlink()


@given(st.integers(0, 8000), st.binary(min_size=1, max_size=40))
@fuzzed
def test_any_bytes_in_a_record(tiny: Course, place: int, body: bytes) -> None:
    """A file that was written over somewhere."""
    with Progress(tiny.root) as progress:
        path = progress.path
        progress.take_hint("double")
    content = path.read_bytes()
    path.write_bytes(content[:place] + body + content[place + len(body) :])
    must_not_fail(tiny.root, [], ["hint", "double"], ["review"], ["quiz", "sums"])
    path.unlink()


@given(st.integers(0, 3000), st.binary(min_size=1, max_size=20))
@fuzzed
def test_any_bytes_in_a_key(released: Course, place: int, body: bytes) -> None:
    """A file of arrays that was written over somewhere."""
    lay_out(released.root)
    path = released.key_path("double").with_name("double.0.npz")
    content = path.read_bytes()
    path.write_bytes(content[:place] + body + content[place + len(body) :])
    must_not_fail(released.root, ["grade", "double", "--checks"])


def test_a_key_that_is_no_zip(released: Course) -> None:
    """An empty archive, and one without what is asked for."""
    path = released.key_path("double").with_name("double.0.npz")
    for names in ([], ["cases-index.npy"], ["../x"]):
        with zipfile.ZipFile(path, "w") as whole:
            for name in names:
                whole.writestr(name, b"")
        must_not_fail(released.root, ["grade", "double"])
