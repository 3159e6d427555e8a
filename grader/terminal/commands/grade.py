"""`grader grade`: grade exercises and say what is wrong."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.errors import UsageError
from grader.learner.outside.sandbox import Sandbox
from grader.records import Limits

if TYPE_CHECKING:
    from grader.course.course import Course
    from grader.course.progress import Progress
    from grader.records import Report, Submission


@click.command()
@click.argument("names", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Grade every exercise of the course.")
@click.option(
    "--file",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Grade this file as the exercise's, or the exercises of a notebook; progress is not kept.",
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
@click.option("--values", is_flag=True, help="Show the failing case whole, as Python to paste.")
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
    values: bool,
) -> int:
    """Grade exercises; without a name, the next one."""
    is_notebook = path is not None and path.suffix == ".ipynb"
    if path and not is_notebook and (len(names) != 1 or everything):
        raise click.UsageError("--file needs the name of one exercise: grader grade NAME --file F")
    from grader.grading.batch import Job, Pool
    from grader.terminal.commands.common import current_course, try_progress

    course = current_course()
    with contextlib.ExitStack() as until_the_end:
        sandbox = early if early and not (tier or strict) else Sandbox(tier, strict=strict)
        until_the_end.callback(sandbox.close)
        if progress := try_progress(course):
            until_the_end.enter_context(progress)
        if path and is_notebook:
            jobs = [Job(*found) for found in _from_notebook(course, path, names, everything)]
        else:
            jobs = [Job(name, path) for name in _chosen(course, progress, names, everything)]
        graded = Pool(course, [sandbox], seed=seed, limits=Limits(seconds=timeout)).grade(jobs)
        record = progress if path is None else None
        reports = _kept((report for _, report in graded), record)
        if as_json:
            return _show_json(list(reports), sandbox)
        step = partial(_next_step, course, progress)
        return _show(reports, step, sandbox, is_one=len(jobs) == 1, values=values)


def _kept(graded: Iterable[Report], record: Progress | None) -> Iterator[Report]:
    """Yield reports as they come, once they are in the record."""
    for report in graded:
        if record:
            record.record(report)
        yield report


def _show_json(reports: Sequence[Report], sandbox: Sandbox) -> int:
    from grader.grading.grade import exit_code
    from grader.present.report_json import reports_json

    _tell_notice(sandbox)
    click.echo(reports_json(reports))
    return exit_code(reports)


def _from_notebook(
    course: Course, path: Path, names: Sequence[str], everything: bool
) -> list[tuple[str, Submission]]:
    """Return the answers in a notebook, and say on standard error where in it they were found."""
    from grader.notebooks.collect import collect
    from grader.notebooks.reading import read_notebook

    wanted = course.exercises if everything else [course.require_exercise(name) for name in names]
    found = collect(course, read_notebook(course, path), dict.fromkeys(wanted))
    if not found:
        raise UsageError(
            "no cell of this notebook belongs to an exercise of the course",
            where=course.shown(path),
            next="An exercise is known by its functions: leave them the names of their stubs.",
        )
    for each in found:
        click.echo(f"{each.submission.exercise}: taken from {each.where} of {path}", err=True)
        for note in each.notes:
            click.echo(f"  {note}", err=True)
    return [(each.submission.exercise, each.submission) for each in found]


def _show(
    graded: Iterable[Report],
    next_step: Callable[[Report], str],
    sandbox: Sandbox,
    *,
    is_one: bool,
    values: bool,
) -> int:
    """Print reports as they come, then what ends several of them; return the exit code."""
    from grader.grading.grade import exit_code
    from grader.present.report_text import render_end, render_in_passing, render_report
    from grader.present.watch_text import render_case
    from grader.terminal.commands.common import say, style_of

    style = style_of(sys.stdout)
    reports = []
    for report in graded:
        reports.append(report)
        if is_one:
            say(render_report(report, style, next_step(report)) + "\n")
        else:
            say(render_in_passing(report, style))
        if values and exit_code([report]):
            say(render_case(report) + "\n")
    _tell_notice(sandbox)
    if not reports:
        say("Every exercise is passed. Name one to grade it again.")
    elif not is_one:
        open_ones = [report for report in reports if exit_code([report])]
        say("\n" + render_end(reports, style, next_step([*open_ones, reports[-1]][0])))
    return exit_code(reports)


def _tell_notice(sandbox: Sandbox) -> None:
    if sandbox.notice:
        click.echo(f"grader: {sandbox.notice}", err=True)


def _chosen(
    course: Course, progress: Progress | None, names: Sequence[str], everything: bool
) -> Sequence[str]:
    """Return the exercises to grade: those named, all, or the first that is not passed yet."""
    from grader.course.next_steps import first_open

    if not course.exercises:
        raise course.lacks("exercise")
    if everything:
        return course.exercises
    if names:
        return [course.require_exercise(name) for name in dict.fromkeys(names)]
    following = first_open(course, progress)
    return [following] if following else []


def _next_step(course: Course, progress: Progress | None, report: Report) -> str:
    from grader.course.next_steps import whats_next
    from grader.present.next_step_text import GradedBy, say_after, say_next

    following = say_next(course, whats_next(course, progress)) if progress else ""
    return say_after(report, GradedBy.COMMAND, following)
