"""`grader grade`: grade exercises and say what is wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from grader.course.seed import MAX_SEED
from grader.errors import UsageError
from grader.grading.batch import Job
from grader.grading.grade import exit_code
from grader.learner.outside.sandbox import ELSEWHERE, TIERS, Sandbox
from grader.present.report_json import reports_json
from grader.present.report_text import render_report
from grader.present.short_report_text import in_passing, render_end, short_report
from grader.present.values_python import render_values
from grader.records import Limits, Report
from grader.terminal.case_paste import case_paste
from grader.terminal.commands.common import complain, say, style_of
from grader.terminal.grading_session import GradingSession, open_session
from grader.terminal.numbers import SECONDS

_ARCHIVES = {".zip", ".tar", ".gz", ".tgz", ".7z", ".rar"}


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
@click.option("--seed", type=click.IntRange(0, MAX_SEED), help="Draw the same inputs again.")
@click.option(
    "--timeout",
    type=SECONDS,
    default=Limits().seconds,
    show_default=True,
    help="Seconds for all checks of an exercise together, run once; a single one may take half of"
    " it, or all where it is the last.",
)
@click.option(
    "--tier",
    type=click.Choice(TIERS[::-1]),
    help="How your code is walled in; without it, the strongest way that this machine has.",
)
@click.option("--strict", is_flag=True, help="Give every function namespaces of its own.")
@click.option("--checks", is_flag=True, help="Print whole reports: every check, and every word.")
@click.option("--values", is_flag=True, help="Show the failing case whole, as Python to paste.")
@click.option(
    "--case",
    metavar="CHECK",
    help="Write a failing check as Python to paste at the end of your file, for `grader run`.",
)
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
    checks: bool,
    values: bool,
    case: str | None,
) -> int:
    """Grade exercises; without a name, the next one."""
    is_notebook = path is not None and path.suffix.lower() == ".ipynb"
    _refuse_archive(path)
    if path and not is_notebook and (len(names) != 1 or everything):
        raise click.UsageError("--file needs the name of one exercise: grader grade NAME --file F")
    sandbox = early if early and not (tier or strict) else Sandbox(tier, strict=strict)
    with open_session(sandbox) as session:
        if path and is_notebook:
            from grader.terminal.notebook_jobs import notebook_jobs  # files do not wait for it

            jobs = notebook_jobs(session.course, path, names, everything)
        else:
            jobs = [Job(name, path) for name in session.chosen(names, everything)]
        if case is not None and (as_json or len(jobs) != 1):
            raise click.UsageError("--case is for one exercise: grader grade NAME --case CHECK")
        reports = session.grade(jobs, seed, Limits(seconds=timeout), is_recorded=path is None)
        if case is not None:
            return _print_case(next(reports), session, case)
        if as_json:
            code = _print_json([report.without_values() for report in reports])
        else:
            code = _print(reports, session, is_one=len(jobs) == 1, checks=checks, values=values)
        _print_notice(sandbox, path)
        return code


def _refuse_archive(path: Path | None) -> None:
    if path and path.suffix.lower() in _ARCHIVES:
        raise UsageError(
            "this is an archive, and one file is graded at a time",
            where=str(path),
            next="Unpack it, and name a file of it: grader grade NAME --file FILE.py. To grade all"
            " of them together, put them where they belong in a copy of the course, and run there:"
            " grader grade --all",
        )


def _print_case(report: Report, session: GradingSession, name: str) -> int:
    """Print the lines of one check and nothing else, so that they can go into a file."""
    if exit_code([report]) == 3:
        say(render_report(report, style_of(sys.stdout), session.next_step(report)))
    else:
        say(case_paste(session.course, report, name))
    return exit_code([report])


def _print_json(reports: Sequence[Report]) -> int:
    say(reports_json(reports))
    return exit_code(reports)


def _print(
    graded: Iterable[Report], session: GradingSession, *, is_one: bool, checks: bool, values: bool
) -> int:
    """Print reports as they come, then what ends several of them; return the exit code."""
    style = style_of(sys.stdout)
    reports: list[Report] = []
    for report in graded:
        reports.append(report.without_values())
        if is_one:
            render = render_report if checks else short_report
            say(render(report, style, session.next_step(report)) + "\n")
        else:
            is_whole = checks and exit_code([report])
            say(render_report(report, style) + "\n" if is_whole else in_passing(report, style))
        if values and exit_code([report]):
            say(render_values(report) + "\n")
    if not reports:
        say("Every exercise is passed. Name one to grade it again.")
    elif not is_one:
        first = next((report for report in reports if exit_code([report])), reports[-1])
        say("\n" + render_end(reports, style, session.next_step(first)))
    return exit_code(reports)


def _print_notice(sandbox: Sandbox, path: Path | None) -> None:
    is_elsewhere = sys.platform != "linux"  # there, one hears of it where it may be another's file
    if notice := sandbox.notice or (ELSEWHERE if path and is_elsewhere else ""):
        complain(notice)
