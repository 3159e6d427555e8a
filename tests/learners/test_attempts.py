"""What learners hand in: every right attempt passes in whatever style, every wrong one does not.

An attempt is a file `right_<style>.py` or `wrong_<what>.py` in the folder of its exercise. The
first lines of a wrong one say what is wrong, and with `# names:` which known mistakes the report
must name.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from grader.authoring.release import release
from grader.course.course import Course, read_course
from grader.grading.batch import Job, Pool
from grader.grading.grade import grade
from grader.learner.outside.sandbox import Sandbox
from grader.present.fitting import rows_of
from grader.present.next_step_text import GradedBy, say_after
from grader.present.prose_text import wrapped
from grader.present.report_outline import WORDS, trouble_of
from grader.present.short_report_text import PASSED, PROMPT, SCREEN, short_report
from grader.present.style import Style
from grader.records import Outcome, Report
from tests.conftest import ROOT
from tests.learners.table import (
    FOLDER,
    PAGE,
    expected,
    lay_out,
    names_in,
    slips_of,
    submitted,
)

RIGHT = sorted(FOLDER.glob("*/right_*.py"))
WRONG = sorted(FOLDER.glob("*/wrong_*.py"))
# So many attempts at an exercise are graded by `make test`; the others are wide, and so are those
# with several mistakes at exercises that are not in the list below: to tell these apart takes long.
FEW = {"right": 1, "wrong": 1, "several": 1}
# What `make test` makes a release of: a few that do not take long, with what they import.
RELEASED = ("softmax", "attention_scores", "masking", "attention", "tokenization", "dropout")


def kind(path: Path) -> tuple[str, ...]:
    """Return what an attempt is an example of: an exercise, and right or how it is wrong."""
    exercise = path.parent.name
    if path in RIGHT:
        return exercise, "right"
    named = "inherited" if {n.partition(".")[0] for n in expected(path)} - {exercise} else "own"
    return exercise, named if expected(path) else "unnamed"


SEARCHED = ("at once", "not explained", "One of these:")  # what a search for several has found


def label_of(path: Path) -> str:
    """Return an attempt's name for the test's."""
    return f"{path.parent.name}-{path.stem}"


def marked(paths: Sequence[Path]) -> list[Any]:
    """Return paths as parameters; beyond a few of a sort at each exercise they are wide ones."""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for path in paths:
        sort = "right" if path in RIGHT else "several" if slips_of(path) else "wrong"
        seen[path.parent.name, sort] += 1
        is_wide = seen[path.parent.name, sort] > FEW[sort]
        is_wide |= sort == "several" and path.parent.name not in RELEASED
        found.append(pytest.param(path, marks=[pytest.mark.wide] if is_wide else []))
    return found


# One of each kind at some exercises, and all of them in `make test-all`.
KINDS = {kind(path): path for path in reversed([*RIGHT, *WRONG])}
SAMPLE = [path for (exercise, _), path in KINDS.items() if exercise in RELEASED]
FROM_A_RELEASE = [
    pytest.param(path, marks=[] if path in SAMPLE else [pytest.mark.wide])
    for path in (*RIGHT, *WRONG)
]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Lay out a course whose learner has solved everything."""
    return lay_out(ROOT, tmp_path_factory.mktemp("finished"))


class Graded(dict[Path, Report]):
    """The report of every attempt that is looked up, graded once."""

    def __init__(self, course: Course, sandbox: Sandbox) -> None:
        super().__init__()
        self._course = course
        self._pool = Pool(course, sandbox, seed=1)

    def __missing__(self, path: Path) -> Report:
        ((_, self[path]),) = self._pool.grade(
            [Job(path.parent.name, submitted(self._course, path))]
        )
        return self[path]


@pytest.fixture(scope="module")
def reports(finished: Course, sandbox: Sandbox) -> dict[Path, Report]:
    """Grade attempts as they are asked for."""
    return Graded(finished, sandbox)


@pytest.fixture(scope="module")
def frozen_course(finished: Course, request: pytest.FixtureRequest) -> Course:
    """Release the course to a learner who has solved everything.

    It is a part of the course, unless a test that was chosen asks for more.
    """
    is_whole = not asked_of(request).issubset(RELEASED)
    folder = finished.root.parent / "released"
    release(finished if is_whole else only_some(finished), folder, [1])
    course = read_course(folder)
    for name in course.exercises:
        shutil.copyfile(finished.exercise_path(name), course.exercise_path(name))
    return course


def asked_of(request: pytest.FixtureRequest) -> set[str]:
    """Return the exercises that the chosen tests ask a release for."""
    chosen = [item for item in request.session.items if "frozen_course" in item.fixturenames]
    given = [item.callspec.params for item in chosen]
    return {each["path"].parent.name if "path" in each else each["name"] for each in given}


def only_some(course: Course) -> Course:
    """Return a course whose list has the exercises of `RELEASED` alone, and no models.

    It is in the same folder: whoever has read its list before still has all of them.
    """
    path = course.root / "course.yaml"
    contents = yaml.safe_load(path.read_text("utf-8"))
    for unit in contents["units"].values():
        unit["exercises"] = [name for name in unit["exercises"] if name in RELEASED]
    path.write_text(yaml.safe_dump(contents | {"models": {}}, sort_keys=False), "utf-8")
    return read_course(course.root)


@pytest.fixture(scope="module")
def released(frozen_course: Course, sandbox: Sandbox) -> Callable[[Path], Report]:
    """Return a function that grades an attempt in the released course."""
    pool = Pool(frozen_course, sandbox, seed=1)

    def grade_one(path: Path) -> Report:
        ((_, report),) = pool.grade([Job(path.parent.name, submitted(frozen_course, path))])
        return report

    return grade_one


def test_every_exercise_has_attempts(course: Course) -> None:
    """At least six right and eight wrong ones each."""
    for name in course.exercises:
        assert sum(path.parent.name == name for path in RIGHT) >= 6, name
        assert sum(path.parent.name == name for path in WRONG) >= 8, name


@pytest.mark.parametrize("path", marked(RIGHT), ids=label_of)
def test_a_right_attempt_passes(reports: dict[Path, Report], path: Path) -> None:
    """Style never costs a point."""
    report = reports[path]
    failed = [check for check in report.checks if not check.passed]
    assert report.outcome is Outcome.PASSED, (failed, report.diagnosis)


@pytest.mark.parametrize("path", marked(WRONG), ids=label_of)
def test_a_wrong_attempt_is_rejected(reports: dict[Path, Report], path: Path) -> None:
    """No wrong attempt passes, and the mistakes that it must be told are told."""
    report = reports[path]
    assert report.outcome is not Outcome.PASSED
    assert report.outcome is not Outcome.GRADER_ERROR, report.diagnosis
    assert expected(path) <= names_in(report), report.diagnosis
    # What was named once is: a single one may hide behind another that fits as well.
    unnamed = [slip for slip in slips_of(path) if slip.names and not slip.is_named(report)]
    assert not unnamed, report.diagnosis


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/wrong_full_table.py")), ids=label_of)
def test_a_table_of_all_pairs_costs_memory_alone(reports: dict[Path, Report], path: Path) -> None:
    """What it returns is right elsewhere, and the check says which table it made."""
    failed = [check for check in reports[path].checks if not check.passed]
    assert {check.outcome for check in failed} == {Outcome.OUT_OF_MEMORY}
    told = [str(check.message) for check in failed]
    assert all(re.search(r"a table of all (\d+) x \1 ", text) for text in told), told


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("path", marked([*RIGHT, *WRONG]), ids=label_of)
def test_a_report_fits_a_screen(reports: dict[Path, Report], path: Path, width: int) -> None:
    """Whatever was handed in: headline, cause, a count and the next step, in 24 lines, or in 8."""
    report = reports[path]
    steps = "Next: write exercises/attention/self_attention.py.\n\nSee it work: grader show softmax"
    text = short_report(report, Style(width=width), say_after(report, GradedBy.COMMAND, steps))
    assert rows_of(text, width) <= (PASSED if report.outcome is Outcome.PASSED else SCREEN - PROMPT)
    _, *others = text.split("\n")
    assert " ".join(text.split()).startswith(f"{report.exercise} {WORDS[report.outcome]} ")
    assert any(line.startswith("Next: ") for line in others)
    for trouble in trouble_of(report)[:1]:
        begin, *_ = wrapped(trouble, width, "  ")
        assert begin in others
        assert "checks passed" in " ".join(text.split())


@pytest.mark.parametrize("path", FROM_A_RELEASE, ids=label_of)
def test_a_released_course_says_the_same(
    reports: dict[Path, Report], released: Callable[[Path], Report], path: Path
) -> None:
    """Every verdict, message and name comes from frozen answers as it does from code.

    Hidden checks are not handed out. Without code nothing can be put together, so of what is told
    of several things at once, or of a part of them, less may be found; but nothing else is named.
    """
    whole, frozen = reports[path], released(path)
    assert frozen.outcome is whole.outcome
    if "\n# released: " in path.read_text("utf-8"):  # for some calls no answer is kept
        assert frozen.points < whole.points
        return
    assert told(frozen) == told(whole)
    found = [str(diagnosis.message) for diagnosis in (*whole.diagnosis, *frozen.diagnosis)]
    if any(words in message for words in SEARCHED for message in found):
        assert names_in(frozen) <= names_in(whole) | expected(path) | expected(path, "names-both")
    else:
        assert frozen.diagnosis == whole.diagnosis


@pytest.mark.parametrize(
    "name",
    [
        "masking",
        "multi_head_attention",
        *(pytest.param(name, marks=pytest.mark.wide) for name in ("decoder_block", "transformer")),
    ],
)
def test_in_a_released_course_a_broken_exercise_costs_nothing(
    frozen_course: Course, sandbox: Sandbox, name: str
) -> None:
    """What the references gave each other stands in for a softmax that is wrong."""
    broken = frozen_course.exercise_path("softmax")
    solved = broken.read_bytes()
    broken.write_text("def softmax(scores, axis=-1):\n    return scores\n")
    report = grade(frozen_course, name, sandbox=sandbox, seed=1)
    broken.write_bytes(solved)
    assert report.outcome is Outcome.PASSED, report.checks
    assert "softmax.py does not work yet" in str(report.diagnosis[0].message)


def told(report: Report) -> list[tuple[str, str, Outcome, float, str]]:
    """Return what is said of the visible checks."""
    return [
        (check.name, check.function, check.outcome, check.points, check.message)
        for check in report.checks
        if not check.hidden
    ]


def test_the_documented_table_promises_what_holds(course: Course) -> None:
    """Every right attempt is accepted, every wrong one rejected, and of a hundred one misnamed."""
    first, _, _ = PAGE.read_text("utf-8").partition("| with several slips |")
    rows = re.findall(r"^\| (\w+) \|(.*) \|$", first, re.MULTILINE)
    documented = {
        name: [*map(int, counts.split("|"))] for name, counts in rows if name != "exercise"
    }
    assert [*documented] == [*course.exercises, "all"], "run `make attempts`"
    for right, accepted, wrong, rejected, *_, misnamed, _ in documented.values():
        assert (right, wrong) == (accepted, rejected)
        assert misnamed <= max(1, wrong // 100)
