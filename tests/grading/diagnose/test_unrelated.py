"""Faults that have nothing to do with a known mistake: nobody is accused of one."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.authoring.stubs import solution_text
from grader.course.course import Course, read_course
from grader.grading.grade import grade
from grader.learner.outside.sandbox import Sandbox
from grader.records import Outcome, Report
from tests.conftest import ROOT
from tests.learners.table import lay_out

FAULTS = {
    "a name": "undefined_name + 1",
    "a misspelling": "np.matmull(1, 2)",
    "a reshape": "np.zeros(6).reshape(7, 13)",
    "shapes": "np.zeros((5, 11)) + np.zeros((7, 13))",
    "a conversion": "int('x')",
    "an index": "[][3]",
    "a key": "{}['w_missing']",
    "a refusal": "(_ for _ in ()).throw(ValueError('no'))",
}
COURSE = read_course(ROOT)
OFTEN = {"a reshape", "shapes"}  # errors of the types that real mistakes end in
SWEEP = [
    pytest.param(name, fault, marks=pytest.mark.wide if number % 8 or fault not in OFTEN else [])
    for number, name in enumerate(COURSE.exercises)
    for fault in FAULTS
]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Lay out a course whose learner has solved everything."""
    return lay_out(ROOT, tmp_path_factory.mktemp("finished"))


@pytest.fixture
def graded(finished: Course, sandbox: Sandbox, tmp_path: Path) -> Callable[[str, str], Report]:
    """Return a function that grades a text as the answer to an exercise."""

    def answer(name: str, text: str) -> Report:
        path = tmp_path / f"{name}.py"
        path.write_text(text, "utf-8")
        return grade(finished, name, path, sandbox=sandbox, seed=1)

    return answer


def with_fault(text: str, fault: str, at_the_end: bool) -> str:
    """Return a text in which every function begins with a fault, or returns through one."""
    tree = ast.parse(text)
    for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
        statement = ast.parse(fault).body[0]
        place = len(function.body) - 1 if at_the_end else 0
        function.body.insert(place, statement)
    return ast.unparse(ast.fix_missing_locations(tree))


@pytest.mark.parametrize(("name", "fault"), SWEEP)
def test_an_unrelated_fault_is_no_known_mistake(
    finished: Course, graded: Callable[[str, str], Report], name: str, fault: str
) -> None:
    """What is said is the exception, with its line."""
    for at_the_end in (False, True):
        report = graded(name, with_fault(solution_text(finished, name), FAULTS[fault], at_the_end))
        assert report.outcome is Outcome.CRASHED
        assert [each for each in report.diagnosis if each.mistake] == []
        assert report.diagnosis
