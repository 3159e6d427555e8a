"""Many submissions: each has its own report, whatever becomes of another."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path

import pytest

from grader.course.course import Course
from grader.grading.batch import Job, Pool
from grader.grading.forked import graded_at_once
from grader.grading.grade import grade
from grader.learner.outside.sandbox import Sandbox, possible_tiers
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


@pytest.mark.skipif(sys.platform != "linux", reason="only there they are told")
@pytest.mark.parametrize("tier", possible_tiers())
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_no_process_outlives_the_one_that_waits(
    tiny: Course, sent: signal.Signals, tier: str
) -> None:
    """Whatever ends that one, a terminal that is closed or a time limit of its own, all end."""
    jobs = submitted(tiny.root, *[ENDLESS] * 6)
    began = tiny.root / "began"

    def work() -> None:
        with Sandbox(tier) as sandbox:
            for _ in graded_at_once(tiny, sandbox, jobs, 3, limits=Limits(seconds=1000)):
                pass

    def noted(pool: Pool, job: Job) -> Report:
        with began.open("a") as file:
            file.write(f"{os.getpid()}\n")
        return grade_one(pool, job)

    grade_one, Pool._grade = Pool._grade, noted  # type: ignore[method-assign]
    try:
        (waiting := get_context("fork").Process(target=work)).start()
        until(lambda: began.exists() and len(set(began.read_text().split())) == 3)
    finally:
        Pool._grade = grade_one  # type: ignore[method-assign]
    started = {str(waiting.pid)}
    until(lambda: len(started) > 5 or started.update(children_of(started)))
    os.kill(int(waiting.pid or 0), sent)
    waiting.join()
    try:
        until(lambda: not started & set(parents()))
    finally:
        for left in started & set(parents()):
            os.kill(int(left), signal.SIGKILL)


def until(condition: Callable[[], object]) -> None:
    """Wait for something to become true, within reason."""
    for _ in range(400):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it never came to that")


def parents() -> dict[str, str]:
    """Return the parent of each process that has not ended."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            if state != "Z":
                found[folder.name] = parent
    return found


def children_of(known: set[str]) -> set[str]:
    """Return the processes that some others have started."""
    return {process for process, parent in parents().items() if parent in known}


def test_a_report_keeps_few_large_values(tiny: Course, sandbox: Sandbox) -> None:
    """The first check that failed has its values; and of the others, so much as is bounded."""
    source = tiny.solution_path("double")
    source.write_text(
        source.read_text().replace("size=100", "size=600_000").replace("hidden=True", "")
    )
    path = tiny.root / "large.py"
    path.write_text("def double(x, times=2):\n    return x")
    report = grade(tiny, "double", path, sandbox=sandbox, seed=1)
    kept = {check.name: check.evidence is not None for check in report.checks if not check.passed}
    assert kept.pop("many") is False
    assert kept.pop("two_numbers") is True
    assert all(check.evidence is None for check in report.without_values().checks)


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
