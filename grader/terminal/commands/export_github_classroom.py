"""`grader export github-classroom`: the workflow that grades students' repositories on GitHub."""

from __future__ import annotations

import re
from pathlib import Path

import click

from grader.classroom.platforms.workflow import grader_of, workflow_of
from grader.errors import UsageError, in_one_line
from grader.terminal.commands.common import current_course, exercises_of, say, write_file


@click.command("github-classroom")
@click.argument("names", nargs=-1)
@click.option("--unit", "units", multiple=True, help="Every exercise of this unit.")
@click.option(
    "--course",
    "repository",
    metavar="OWNER/REPO",
    help="The repository that holds the course, where students' repositories do not.",
)
@click.option(
    "--grader",
    "requirement",
    metavar="REQUIREMENT",
    help="What pip installs as the grader, such as a wheel or an address.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path(".github/workflows/classroom.yml"),
    show_default=True,
)
def github_classroom(
    names: tuple[str, ...],
    units: tuple[str, ...],
    repository: str | None,
    requirement: str | None,
    output: Path,
) -> int:
    """Write the workflow that grades on push.

    Without names it is for all exercises.
    """
    course = current_course()
    chosen = exercises_of(course, names, units)
    if repository and not re.fullmatch(r"[\w.-]+/[\w.-]+", repository):
        raise UsageError(f"{repository!r} is no repository", next="Write it as OWNER/REPO.")
    named = () if chosen == course.exercises else chosen
    workflow = workflow_of(named, requirement or grader_of(course, repository), repository)
    write_file(output, workflow.encode(), "the workflow", parents=True)
    say(f"{in_one_line(str(output))}: grades {', '.join(chosen)} at every push.")
    return 0
