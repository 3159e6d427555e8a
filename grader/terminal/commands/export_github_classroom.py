"""`grader export github-classroom`: the workflow that grades students' repositories on GitHub."""

from __future__ import annotations

import re
from pathlib import Path

import click

from grader.authoring.wheel import write_wheel
from grader.classroom.platforms.workflow import FOLDER, grader_of, lacks_grader, workflow_of
from grader.course.course import Course
from grader.errors import UsageError, in_one_line
from grader.terminal.commands.common import (
    complain,
    current_course,
    exercises_of,
    say,
    write_file,
)


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
    help="What pip installs as the grader, such as a wheel or an address; without it, the code or"
    " the wheel in the course's folder, or a wheel of this grader, written beside the workflow.",
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
    if repository and not re.fullmatch(r"[\w-][\w.-]*/[\w.-]*[\w-][\w.-]*", repository):
        raise UsageError(f"{repository!r} is no repository", next="Write it as OWNER/REPO.")
    if requirement and not requirement.isprintable():
        raise UsageError(
            f"{requirement!r} is nothing that pip installs",
            next="Give a wheel, an address or a name, in one line.",
        )
    carries_wheel = not requirement and lacks_grader(course)
    if carries_wheel:
        _require_definitions_here(course)
    named = () if chosen == course.exercises else chosen
    grader = requirement or grader_of(course, repository)
    workflow = workflow_of(named, [grader, *course.packages], repository)
    write_file(output, workflow.encode(), "the workflow", parents=True)
    say(f"{in_one_line(str(output))}: grades {', '.join(chosen)} at every push.")
    if carries_wheel:
        wheel = write_wheel(output.parent)
        where = in_one_line(str(wheel))
        say(f"{where}: the grader, which it installs. Both belong in {FOLDER} of the repository.")
    if not repository and (course.root / "solutions").is_dir():
        complain(
            "this folder holds the solutions, and the workflow grades whoever gets this folder.\n"
            "Export from a release (grader release DIR, and there the same command), or keep the"
            " course in a repository of its own, with --course OWNER/REPO."
        )
    return 0


def _require_definitions_here(course: Course) -> None:
    """Raise where the wheel that is carried along could not grade: it holds no definitions."""
    if course.bundled:
        raise UsageError(
            "this course takes its definitions from the grader that is installed here, and none are"
            " in the wheel that a workflow carries along",
            where=str(course.root),
            next="Export from a release, which has answer keys: grader init DIR --with-solutions,"
            " and there grader release. Or say what is to be installed: --grader REQUIREMENT",
        )
