"""Many submissions: each has its own report, whatever becomes of another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.course import Course
from grader.errors import BrokenGraderError
from grader.grading.batch import Job, Pool
from grader.learner.outside.sandbox import Sandbox
from grader.records import Limits, Outcome, Submission

RIGHT = """
def double(x, times=2):
    if times < 0:
        raise ValueError("no")
    return x * x.dtype.type(times)
"""
WRONG = "def double(x, times=2):\n    return x"
CRASHING = "def double(x, times=2):\n    import os\n    os.abort()"
ENDLESS = "while True: pass"


@pytest.fixture
def two() -> Iterator[list[Sandbox]]:
    """Open two sandboxes."""
    with Sandbox(warm=True) as one, Sandbox(warm=True) as other:
        yield [one, other]


def submitted(folder: Path, *sources: str) -> list[Job]:
    """Write sources as submissions to `double`."""
    jobs = []
    for number, source in enumerate(sources):
        path = folder / f"submission_{number}.py"
        path.write_text(source)
        jobs.append(Job("double", path))
    return jobs


def test_every_submission_has_its_own_report(tiny: Course, two: list[Sandbox]) -> None:
    """Crashes and endless loops cost nobody else a result."""
    expected = {
        RIGHT: Outcome.PASSED,
        WRONG: Outcome.FAILED,
        CRASHING: Outcome.CRASHED,
        ENDLESS: Outcome.TIMED_OUT,
    }
    jobs = submitted(tiny.root, *[*expected, RIGHT, WRONG] * 2)
    reports = dict(Pool(tiny, two, limits=Limits(seconds=0.5)).grade(jobs))
    assert len(reports) == len(jobs)
    for job, report in reports.items():
        assert isinstance(job.answer, Path)
        assert report.outcome is expected[job.answer.read_text()]


def test_all_sit_the_same_paper(tiny: Course, two: list[Sandbox]) -> None:
    """Equal submissions get equal reports: inputs are drawn once for all of them."""
    jobs = submitted(tiny.root, *[WRONG] * 4)
    reports = [report for _, report in Pool(tiny, two).grade(jobs)]
    assert len({report.seed for report in reports}) == 1
    assert len({tuple(check.message for check in report.checks) for report in reports}) == 1


def test_one_sandbox_keeps_the_order(tiny: Course, sandbox: Sandbox) -> None:
    """With a single sandbox reports come as the jobs went in."""
    jobs = submitted(tiny.root, RIGHT, WRONG, RIGHT)
    assert [job for job, _ in Pool(tiny, [sandbox]).grade(jobs)] == jobs


def test_several_sandboxes_keep_the_order(tiny: Course, two: list[Sandbox]) -> None:
    """What takes long is waited for: a reader finds the reports where the course has them."""
    jobs = submitted(tiny.root, ENDLESS, RIGHT, WRONG, RIGHT, RIGHT, RIGHT)
    assert [job for job, _ in Pool(tiny, two, limits=Limits(seconds=0.5)).grade(jobs)] == jobs


def test_who_has_seen_enough_does_not_wait_for_the_rest(tiny: Course, two: list[Sandbox]) -> None:
    """What is being graded is given up, and no process is started for it again."""
    jobs = submitted(tiny.root, RIGHT, *[ENDLESS] * 8)
    pool = Pool(tiny, two, limits=Limits(seconds=1000))
    graded = pool.grade(jobs)
    next(graded)
    graded.close()  # type: ignore[attr-defined]
    right = Submission("double", "basics", "double.py", RIGHT.encode())
    with pytest.raises(BrokenGraderError, match="closed"):
        two[0].process_for(right, "double", [], Limits())


def test_jobs_are_asked_for_as_they_are_needed(tiny: Course, two: list[Sandbox]) -> None:
    """A class without end is graded from its beginning: only a few jobs are waiting at a time."""
    (job,) = submitted(tiny.root, RIGHT)
    taken = Counter[str]()

    def endless() -> Iterator[Job]:
        while True:
            taken["jobs"] += 1
            yield job

    graded = Pool(tiny, two).grade(endless())
    for _ in range(10):
        next(graded)
    assert taken["jobs"] <= 16
    graded.close()  # type: ignore[attr-defined]


def test_a_broken_definition_is_reported_for_each(tiny: Course, two: list[Sandbox]) -> None:
    """Our own fault is told with every submission that it concerns, and with no other."""
    tiny.solution_path("double").write_text("1 / 0")
    (tiny.root / "q.py").write_text("def quadruple(x):\n    return 4 * x")
    jobs = [*submitted(tiny.root, RIGHT, WRONG), Job("quadruple", tiny.root / "q.py")]
    outcomes = {job: report.outcome for job, report in Pool(tiny, two).grade(jobs)}
    assert [outcomes[job] for job in jobs[:2]] == [Outcome.GRADER_ERROR] * 2
