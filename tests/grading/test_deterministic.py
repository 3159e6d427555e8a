"""The same file and the same seed get the same words, on a loaded machine too."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from grader.course.course import Course
from grader.grading.batch import Job, Pool
from grader.learner.outside.sandbox import Sandbox
from grader.present.report_json import reports_json
from tests.conftest import ROOT
from tests.learners.table import FOLDER, lay_out, without_seconds

# Small ones and large ones; some with two mistakes at once, which are searched for.
EXERCISES = (
    "softmax",
    "masking",
    "multi_head_attention",
    "add_norm",
    "encoder_block",
    "transformer",
)
ATTEMPTS = [
    path
    for name in EXERCISES
    for path in [
        *sorted((FOLDER / name).glob("wrong_no_*.py"))[:2],
        *sorted((FOLDER / name).glob("wrong_*.py"))[-2:],
    ]
][:20]


@contextmanager
def a_busy_machine() -> Iterator[None]:
    """Keep two processors at work meanwhile."""
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Lay out a course whose learner has solved everything."""
    return lay_out(ROOT, tmp_path_factory.mktemp("finished"))


@pytest.mark.wide
def test_a_loaded_machine_says_the_same(finished: Course, sandbox: Sandbox) -> None:
    """Twenty attempts, graded alone and beside two busy processes."""
    assert len(set(ATTEMPTS)) == 20

    def graded() -> list[str]:
        jobs = [Job(path.parent.name, path) for path in ATTEMPTS]
        reports = Pool(finished, sandbox, seed=1).grade(jobs)
        return [reports_json([without_seconds(report)]) for _, report in reports]

    alone = graded()
    with a_busy_machine():
        assert graded() == alone
