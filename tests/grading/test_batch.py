"""Many submissions: each has its own report, whatever becomes of another."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.course import Course
from grader.grading.batch import Job, Pool
from grader.grading.forked import graded_at_once
from grader.learner.outside.sandbox import Sandbox
from grader.records import Limits, Outcome, Report

RIGHT = """
def double(x, times=2):
    if times < 0:
        raise ValueError("no")
    return x * x.dtype.type(times)
"""
WRONG = "def double(x, times=2):\n    return x"
CRASHING = "def double(x, times=2):\n    import os\n    os.abort()"
ENDLESS = "while True: pass"


def submitted(folder: Path, *sources: str) -> list[Job]:
    """Write sources as submissions to `double`."""
    jobs = []
    for number, source in enumerate(sources):
        path = folder / f"submission_{number}.py"
        path.write_text(source)
        jobs.append(Job("double", path))
    return jobs


def test_every_submission_has_its_own_report(tiny: Course, sandbox: Sandbox) -> None:
    """Crashes and endless loops cost nobody else a result, and reports come in order."""
    expected = {
        RIGHT: Outcome.PASSED,
        WRONG: Outcome.FAILED,
        CRASHING: Outcome.CRASHED,
        ENDLESS: Outcome.TIMED_OUT,
    }
    jobs = submitted(tiny.root, *[*expected, RIGHT, WRONG] * 2)
    graded = list(graded_at_once(tiny, sandbox, jobs, 2, limits=Limits(seconds=0.5)))
    assert [job for job, _ in graded] == jobs
    for job, report in graded:
        assert isinstance(job.answer, Path)
        assert report.outcome is expected[job.answer.read_text()]


@pytest.mark.parametrize("processes", [1, 2, 4])
def test_all_sit_the_same_paper(tiny: Course, sandbox: Sandbox, processes: int) -> None:
    """Equal submissions get equal reports, in whichever process they are graded."""
    jobs = submitted(tiny.root, *[WRONG] * 6)
    reports = [report for _, report in graded_at_once(tiny, sandbox, jobs, processes)]
    assert len(reports) == 6 and len({report.seed for report in reports}) == 1
    assert len({tuple(check.message for check in report.checks) for report in reports}) == 1


def test_a_process_that_is_ended_costs_no_result(
    tiny: Course, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it was at is graded by the one that waits."""
    ours, grade_one = os.getpid(), Pool._grade

    def dies(pool: Pool, job: Job) -> Report:
        if os.getpid() != ours:
            os.kill(os.getpid(), signal.SIGKILL)
        return grade_one(pool, job)

    monkeypatch.setattr(Pool, "_grade", dies)
    jobs = submitted(tiny.root, RIGHT, WRONG, RIGHT, RIGHT, RIGHT)
    graded = list(graded_at_once(tiny, sandbox, jobs, 3))
    assert [job for job, _ in graded] == jobs
    assert [r.outcome is Outcome.PASSED for _, r in graded] == [True, False, True, True, True]


def test_who_has_seen_enough_does_not_wait_for_the_rest(
    tiny: Course, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the others are at is given up, and they have ended."""
    helpers, fork = list[int](), os.fork

    def noted() -> int:
        helpers.append(fork())
        return helpers[-1]

    monkeypatch.setattr(os, "fork", noted)
    jobs = submitted(tiny.root, RIGHT, *[ENDLESS] * 8)
    graded = graded_at_once(tiny, sandbox, jobs[:1] * 4, 3, limits=Limits(seconds=1000))
    next(graded)
    graded.close()  # type: ignore[attr-defined]
    assert len(helpers) == 2
    for helper in helpers:
        with pytest.raises(ProcessLookupError):
            os.kill(helper, 0)


def test_jobs_are_asked_for_as_they_are_needed(tiny: Course, sandbox: Sandbox) -> None:
    """A class without end is graded from its beginning: only one job is waiting at a time."""
    (job,) = submitted(tiny.root, RIGHT)
    taken = Counter[str]()

    def endless() -> Iterator[Job]:
        while True:
            taken["jobs"] += 1
            yield job

    graded = Pool(tiny, sandbox).grade(endless())
    for _ in range(10):
        next(graded)
    assert taken["jobs"] == 11


def test_a_broken_definition_is_reported_for_each(tiny: Course, sandbox: Sandbox) -> None:
    """Our own fault is told with every submission that it concerns, and with no other."""
    tiny.solution_path("double").write_text("1 / 0")
    (tiny.root / "q.py").write_text("def quadruple(x):\n    return 4 * x")
    jobs = [*submitted(tiny.root, RIGHT, WRONG), Job("quadruple", tiny.root / "q.py")]
    outcomes = {job: report.outcome for job, report in Pool(tiny, sandbox).grade(jobs)}
    assert [outcomes[job] for job in jobs[:2]] == [Outcome.GRADER_ERROR] * 2
