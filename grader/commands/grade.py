"""`grader grade`: grade exercises and say what is wrong."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.learner.process import LearnerProcess, Limits

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
@click.pass_obj
def grade(
    early: LearnerProcess | None,
    names: tuple[str, ...],
    everything: bool,
    path: Path | None,
    as_json: bool,
    seed: int | None,
    timeout: float,
) -> int:
    """Grade exercises; without a name, the next one."""
    if path and (len(names) != 1 or everything):
        raise click.UsageError("--file needs the name of one exercise: grader grade NAME --file F")
    limits = Limits(seconds=timeout)
    with early or LearnerProcess(limits) as process:
        return _grade(names, everything, path, as_json, seed, limits, process)


def _grade(
    names: Sequence[str],
    everything: bool,
    path: Path | None,
    as_json: bool,
    seed: int | None,
    limits: Limits,
    process: LearnerProcess,
) -> int:
    from grader.commands.common import current_course, say, style_of, try_progress
    from grader.grade import exit_code, grade_several
    from grader.present.as_json import reports_json
    from grader.present.report import render_report, render_summary

    course = current_course()
    style = style_of(sys.stdout)
    reports = []
    with contextlib.ExitStack() as open_until_the_end:
        if progress := try_progress(course):
            open_until_the_end.enter_context(progress)
        chosen = _chosen(course, progress, names, everything)
        for report in grade_several(
            course, chosen, path, seed=seed, limits=limits, process=process
        ):
            reports.append(report)
            if progress and path is None:
                progress.record(report)
            if not as_json:
                say(render_report(report, style, _next_step(course, progress, report)) + "\n")
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
