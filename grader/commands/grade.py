"""`grader grade`: grade exercises and say what is wrong."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.learner.process import Limits
from grader.learner.sandbox import Sandbox

if TYPE_CHECKING:
    from grader.course import Course
    from grader.progress import Progress
    from grader.records import Report


@click.command()
@click.argument("names", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Grade every exercise of the course.")
@click.option(
    "--file",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Grade this file as the exercise's; progress is not kept.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), help="Draw the same inputs again.")
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=10.0,
    show_default=True,
    help="Seconds that the checks of an exercise may take, run once.",
)
@click.option(
    "--tier",
    type=click.Choice(["process", "landlock", "bubblewrap"]),
    help="How your code is walled in; without it, the strongest way that this machine has.",
)
@click.option("--strict", is_flag=True, help="Give every function namespaces of its own.")
@click.pass_obj
def grade(
    early: Sandbox | None,
    names: tuple[str, ...],
    everything: bool,
    path: Path | None,
    as_json: bool,
    seed: int | None,
    timeout: float,
    tier: str | None,
    strict: bool,
) -> int:
    """Grade exercises; without a name, the next one."""
    if path and (len(names) != 1 or everything):
        raise click.UsageError("--file needs the name of one exercise: grader grade NAME --file F")
    from grader.commands.common import current_course, try_progress
    from grader.pool import Job, Pool

    course = current_course()
    with contextlib.ExitStack() as until_the_end:
        sandbox = early if early and not (tier or strict) else Sandbox(tier, strict=strict)
        until_the_end.callback(sandbox.close)
        if progress := try_progress(course):
            until_the_end.enter_context(progress)
        jobs = [Job(name, path) for name in _chosen(course, progress, names, everything)]
        graded = Pool(course, [sandbox], seed=seed, limits=Limits(seconds=timeout)).grade(jobs)
        record = progress if path is None else None
        return _show((report for _, report in graded), course, progress, record, as_json, sandbox)


def _show(
    graded: Iterator[Report],
    course: Course,
    progress: Progress | None,
    record: Progress | None,
    as_json: bool,
    sandbox: Sandbox,
) -> int:
    """Print reports as they come, keep them in the record, and return the exit code."""
    from grader.commands.common import say, style_of
    from grader.grade import exit_code
    from grader.present.as_json import reports_json
    from grader.present.report import render_report, render_summary

    style = style_of(sys.stdout)
    reports = []
    for report in graded:
        reports.append(report)
        if record:
            record.record(report)
        if not as_json:
            say(render_report(report, style, _next_step(course, progress, report)) + "\n")
    if sandbox.notice:
        click.echo(f"grader: {sandbox.notice}", err=True)
    if as_json:
        click.echo(reports_json(reports))
    elif len(reports) > 1:
        say(render_summary(reports, style))
    elif not reports:
        say("Every exercise is passed. Name one to grade it again.")
    return exit_code(reports)


def _chosen(
    course: Course, progress: Progress | None, names: Sequence[str], everything: bool
) -> Sequence[str]:
    """Return the exercises to grade: those named, all, or the first that is not passed yet."""
    from grader.progress import first_open

    if not course.exercises:
        raise course.lacks("exercise")
    if everything:
        return course.exercises
    if names:
        return [course.require_exercise(name) for name in dict.fromkeys(names)]
    following = first_open(course, progress)
    return [following] if following else []


def _next_step(course: Course, progress: Progress | None, report: Report) -> str:
    from grader.present.course_map import say_next
    from grader.progress import whats_next
    from grader.records import Outcome

    name = report.exercise
    if report.outcome is Outcome.GRADER_ERROR:
        return "Your code was not judged, and no points were lost. Please report the line above."
    if report.outcome is Outcome.NOT_ATTEMPTED:
        return f"Next: write {report.path}, then grade again. Stuck? grader hint {name}"
    if report.outcome is not Outcome.PASSED:
        return f"Next: mend {report.path} and grade again. Stuck? grader hint {name}"
    return say_next(course, whats_next(course, progress)) if progress else ""
