"""A course on many subjects: all that can be asked, proved, released, and graded both ways.

An attempt is a file `right_<style>.py` or `wrong_<what>.py` in the folder of its exercise. With
`# names:` it says which known mistakes the report has to name.
"""

from __future__ import annotations

import builtins
import re
import shutil
from pathlib import Path

import pytest

from grader.authoring.mutants import Score
from grader.authoring.prove import prove
from grader.authoring.release import release
from grader.authoring.stubs import solution_text, write_stub
from grader.course.course import Course, read_course
from grader.exercise.mutants.making import mutants_of
from grader.grading.compare import difference
from grader.grading.examiner import draw_paper, load_definition
from grader.grading.grade import grade
from grader.learner.outside.sandbox import Sandbox
from grader.present.case_python import render_paste
from grader.present.mutants_text import render_score
from grader.present.report_html import report_html
from grader.present.report_text import render_report
from grader.present.style import Style
from grader.present.values_python import render_values
from grader.records import Outcome, Raised, Report

FOLDER = Path(__file__).parent / "subjects"
EXERCISES = read_course(FOLDER).exercises
ATTEMPTS = sorted(FOLDER.glob("attempts/*/*.py"))


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Lay out the course, with its stubs."""
    folder = tmp_path_factory.mktemp("subjects") / "course"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("attempts", "__pycache__"))
    laid_out = read_course(folder)
    for name in laid_out.exercises:
        write_stub(laid_out, name)
    return laid_out


@pytest.fixture(scope="module")
def released(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Release it."""
    folder = tmp_path_factory.mktemp("class") / "course"
    release(course, folder, range(2))
    return read_course(folder)


@pytest.mark.parametrize("name", EXERCISES)
def test_the_exercise_is_proved(course: Course, sandbox: Sandbox, name: str) -> None:
    """Its author finds nothing to mend in it."""
    assert [str(problem) for problem in prove(course, name, range(3), sandbox).problems] == []


@pytest.mark.parametrize("path", ATTEMPTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_an_attempt_gets_what_it_deserves(
    course: Course, released: Course, sandbox: Sandbox, path: Path
) -> None:
    """Right is right and wrong is wrong, with its name, in the course and in its release."""
    whole, frozen = (
        grade(each, path.parent.name, path, sandbox=sandbox, seed=1) for each in (course, released)
    )
    is_right = path.stem.startswith("right")
    assert (whole.outcome is Outcome.PASSED) is is_right, spoken(whole)
    named = re.findall(r"^# names: (.*)", path.read_text(), re.M)
    assert [each.mistake for each in whole.diagnosis if each.mistake] == named, spoken(whole)
    assert told(frozen) == told(whole)
    for text in (spoken(whole), report_html(whole), render_values(whole)):
        assert text  # and every form of a report can show it


def test_a_class_has_no_mutants(course: Course) -> None:
    """What it is asked is a script: it is not changed bit by bit."""
    assert list(mutants_of(load_definition(course, "stack"), "Stack")) == []
    score = Score(load_definition(course, "stack"), 0, 0, (), ())
    assert render_score(score, Style()).startswith("stack: no mutants: a reference that prints")


@pytest.mark.parametrize("name", EXERCISES)
def test_whatever_is_called_can_be_pasted(
    course: Course, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Below the reference, the pasted lines show twice the same: yours, and what is wanted."""
    paper = draw_paper(course, name, 5)
    for trial in paper.trials:
        pasted = f"{solution_text(course, name)}\n\n{render_paste(paper.definition, trial, 5)}"
        capsys.readouterr()
        if isinstance(trial.wanted, Raised):
            with pytest.raises(getattr(builtins, trial.wanted.type)):
                exec(pasted, {"__name__": "__main__"})
            continue
        names: dict[str, object] = {"__name__": "__main__"}
        exec(pasted, names)
        out = capsys.readouterr().out
        if "yours" in names:  # of several right answers, one is as good as the other
            found = difference(names["yours"], names["wanted"], trial.tolerance)
            assert found is None or trial.case.check
        elif calls := re.findall(r"^\w+: (.*) wanted (.*)$", out, re.M):
            assert all(mine == theirs for mine, theirs in calls)
        else:
            yours, wanted = out.removeprefix("yours").split("\nwanted")
            assert yours.split() == wanted.split() != []


def told(report: Report) -> object:
    """Return what both courses know of an attempt."""
    checks = [(c.name, c.function, c.outcome, c.points, c.message) for c in report.checks]
    return checks, report.diagnosis


def spoken(report: Report) -> str:
    """Return a report as a learner reads it."""
    return render_report(report, Style(colour=False, width=100))
