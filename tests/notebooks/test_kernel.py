"""A notebook as it is taken: run in a kernel that has nothing but what we declare."""

from __future__ import annotations

import os
import re
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

import grader
from grader.course.course import bundled_course, read_course
from grader.course.progress import Progress
from grader.errors import UsageError
from grader.notebooks import kernel
from grader.notebooks.kernel import course_for_notebooks
from grader.notebooks.write import notebook_of
from tests.conftest import ROOT, lay_out

WRONG = """
import numpy as np

def softmax(scores, axis=-1):
    weights = np.exp(scores)
    return weights / weights.sum(axis=axis, keepdims=True)
"""
RIGHT = WRONG.replace("np.exp(scores)", "np.exp(scores - scores.max(axis=axis, keepdims=True))")
MASKING = (ROOT / "tests/learners/masking/right_where_and_softmax.py").read_text()
# Of each cell below: what was run, and what it is called here.
CELLS = [
    ("wrong", f"{WRONG}\ngrader.check('softmax', seed=1)"),
    ("right", f"%%grade softmax\n{RIGHT}"),
    ("numpy spoiled", "np.exp = np.log; np.seterr(all='raise')"),
    ("again", "report = grader.check('softmax', seed=1)\nprint(report.passed)\nreport"),
    ("imported", "from exercises.attention.softmax import softmax as unwritten"),
    ("unknown", "grader.check('softmaks')"),
    ("function", "grader.check(softmax)"),
    ("seed", "grader.check('softmax', seed=-5)"),
    ("undeclared", "import hypothesis"),
    ("of answers", "import sys\n[m for m in sys.modules if m.split('.')[0] == 'solutions']"),
]
ABSENT = """
from importlib.machinery import PathFinder
find_spec = PathFinder.find_spec
def find_declared(name, path=None, target=None):
    return None if name.split(".")[0] in {absent!r} else find_spec(name, path, target)
PathFinder.find_spec = find_declared
"""


def undeclared() -> set[str]:
    """Return what can be imported here, but not where only we and a kernel were installed."""
    declared: set[str] = set()
    waiting = ["attention-course", "ipykernel"]
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name not in declared:
            declared.add(name)
            try:
                needed = requires(name) or []
            except PackageNotFoundError:  # for another system, or another Python
                continue
            names = [n for n in needed if "extra ==" not in n]
            waiting += [match[0] for n in names if (match := re.match(r"[\w.-]+", n))]
    return {
        module
        for module, owners in packages_distributions().items()
        if not {re.sub(r"[-_.]+", "-", owner).lower() for owner in owners} & declared
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out a course without exercises, and go into a folder inside of it."""
    root = tmp_path_factory.mktemp("course")
    lay_out(root)
    (root / "mine").mkdir()
    (root / "mine/json.py").write_text("raise ImportError('a file of the learner')")
    (root / "walls").mkdir()
    absent = undeclared()
    assert {"pytest", "hypothesis", "nbclient", "matplotlib"} <= absent
    (root / "walls/sitecustomize.py").write_text(ABSENT.format(absent=absent))
    return root


@pytest.fixture(scope="module")
def ran(folder: Path) -> dict[str, Any]:
    """Take the course's first notebook, write and run more cells, and return their outputs."""
    notebook = nbformat.reads(notebook_of(read_course(folder), ["softmax", "masking"]), 4)
    for cell in notebook.cells:
        if cell.id == "masking-stub":
            cell.source = MASKING
    notebook.cells = [cell for cell in notebook.cells if cell.id != "masking-show"]
    for name, source in CELLS:
        notebook.cells.append(nbformat.v4.new_code_cell(source, id=name.replace(" ", "-")))
    environment = os.environ | {"PYTHONPATH": str(folder / "walls")}
    where = {"metadata": {"path": str(folder / "mine")}}
    client = NotebookClient(notebook, timeout=120, allow_errors=True, resources=where)
    client.execute(env=environment)
    return {cell.id: cell.get("outputs", []) for cell in notebook.cells}


def text_of(outputs: list[Any]) -> str:
    """Return a cell's outputs as text."""
    found = [o.get("text") or o.get("data", {}).get("text/plain", "") for o in outputs]
    return "\n".join([*found, *(line for o in outputs for line in o.get("traceback", ()))])


def test_a_wrong_answer_is_named(ran: dict[str, Any]) -> None:
    """The report comes as HTML and as text, and names the mistake and the cell."""
    (output,) = ran["wrong"]
    assert "You exponentiate the scores as they are" in output.data["text/html"]
    text = output.data["text/plain"]
    assert text.startswith("softmax  NOT YET")
    assert re.search(r"this notebook, In \[\d+\]\n", text)


def test_a_magic_does_the_same(ran: dict[str, Any]) -> None:
    """`%%grade softmax` runs its cell and grades it."""
    assert text_of(ran["right"]).startswith("softmax  PASSED")


def test_what_was_done_to_the_kernel_does_not_count(ran: dict[str, Any]) -> None:
    """Judging happens elsewhere: a NumPy that was spoiled here spoils no reference."""
    assert text_of(ran["again"]).startswith("True\n")
    assert "softmax  PASSED" in text_of(ran["again"])


def test_a_kernel_never_holds_an_answer(ran: dict[str, Any]) -> None:
    """After all these checks, no solution was imported."""
    assert text_of(ran["of-answers"]) == "[]"


def test_a_later_exercise_is_judged_on_its_own_merit(ran: dict[str, Any]) -> None:
    """What stands above and is not written yet costs nothing below, and is named."""
    text = text_of(ran["masking-check"])
    assert text.startswith("masking  PASSED")
    assert "softmax in this notebook does not work yet" in text


def test_an_untouched_stub_is_no_crash(ran: dict[str, Any]) -> None:
    """A check that is run first says what to do."""
    assert text_of(ran["softmax-check"]).startswith("softmax  NOT ATTEMPTED")
    assert "reference: temperature" in text_of(ran["softmax-show"])


def test_only_what_is_declared_is_there(ran: dict[str, Any]) -> None:
    """The kernel is as bare as that of a learner."""
    assert "No module named 'hypothesis'" in text_of(ran["undeclared"])


def test_earlier_exercises_can_be_imported(ran: dict[str, Any]) -> None:
    """After `%load_ext grader` the learner's files are there, from whichever folder."""
    assert ran["imported"] == []


def test_an_unknown_exercise_is_one_message(ran: dict[str, Any]) -> None:
    """An exercise that is not there gives no traceback."""
    message = "grader: there is no exercise called 'softmaks'\nDid you mean softmax?"
    assert text_of(ran["unknown"]).strip() == message


def test_what_is_no_name_and_no_seed_is_one_message_as_well(ran: dict[str, Any]) -> None:
    """A function in the place of its name, and a number that no report has."""
    assert "Write: grader.check('softmax')" in text_of(ran["function"])
    assert "a seed is a whole number from 0 to 4294967295" in text_of(ran["seed"])
    assert "Traceback" not in text_of([*ran["function"], *ran["seed"]])


def test_progress_is_recorded(ran: dict[str, Any], folder: Path) -> None:
    """What is passed in a notebook is passed."""
    with Progress(folder) as progress:
        assert progress.has_passed("softmax")


def test_away_from_any_course_there_is_the_one_that_came_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A notebook that lies by itself is checked by the bundled course."""
    monkeypatch.chdir(tmp_path)
    assert course_for_notebooks().root == bundled_course()


def test_outside_of_a_notebook_the_command_is_named() -> None:
    """A script that calls `check` gets an error that says what to type instead."""
    with pytest.raises(UsageError, match="In a terminal, write: grader grade softmax"):
        grader.check("softmax")


def test_a_refusal_has_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong, and below it what to do next."""
    said = SimpleNamespace(stdout=b'{"error": "it is long\\nMake it shorter."}', stderr=b"")
    monkeypatch.setattr(kernel, "_what_was_run", lambda name: [])
    monkeypatch.setattr(kernel.subprocess, "run", lambda *_, **__: said)
    with pytest.raises(UsageError) as refused:
        kernel._ask("check", "softmax")
    assert str(refused.value) == "it is long\nMake it shorter."
