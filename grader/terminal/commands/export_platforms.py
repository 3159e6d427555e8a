"""`grader export gradescope` and `grader export github-classroom`."""

from __future__ import annotations

import re
from pathlib import Path

import click

from grader.classroom.platforms.assignment import VISIBILITIES, Assignment
from grader.course.course import Course
from grader.errors import UsageError
from grader.present.style import points
from grader.terminal.commands.common import current_course, say


@click.command()
@click.argument("names", nargs=-1)
@click.option("--unit", "units", multiple=True, help="Every exercise of this unit.")
@click.option(
    "--hidden-checks",
    type=click.Choice(VISIBILITIES),
    default=VISIBILITIES[0],
    show_default=True,
    help="When students see the checks that are hidden in a terminal.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("autograder.zip"),
    show_default=True,
)
def gradescope(
    names: tuple[str, ...], units: tuple[str, ...], hidden_checks: str, output: Path
) -> int:
    """Write the zip that Gradescope grades with.

    Without names it is for all exercises.
    """
    from grader.classroom.platforms.autograder_zip import autograder_zip, points_of

    course = current_course()
    assignment = Assignment(_chosen(course, names, units), hidden_checks)
    _write(output, autograder_zip(course, assignment))
    total = points_of(course, assignment)
    say(
        f"{output}: grades {', '.join(assignment.exercises)}.\n"
        f"Give the assignment {points(total)} points, as many as there are to be had.\n"
        "The file holds the solutions: keep it from learners."
    )
    return 0


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
    from grader.classroom.platforms.workflow import grader_of, workflow_of

    course = current_course()
    chosen = _chosen(course, names, units)
    if repository and not re.fullmatch(r"[\w.-]+/[\w.-]+", repository):
        raise UsageError(f"{repository!r} is no repository", next="Write it as OWNER/REPO.")
    named = () if chosen == course.exercises else chosen
    workflow = workflow_of(named, requirement or grader_of(course, repository), repository)
    _write(output, workflow.encode())
    say(f"{output}: grades {', '.join(chosen)} at every push.")
    return 0


def _chosen(course: Course, names: tuple[str, ...], units: tuple[str, ...]) -> tuple[str, ...]:
    """Return the exercises that are named, and those of the units, in the order of the course."""
    for name in names:
        course.require_exercise(name)
    known = [unit.name for unit in course.units]
    for name in units:
        if name not in known:
            raise UsageError(
                f"there is no unit called {name!r}", next=f"There are: {', '.join(known)}."
            )
    if not names and not units:
        return course.exercises
    chosen = tuple(
        name for name in course.exercises if name in names or course.unit_of(name) in units
    )
    if not chosen:
        raise UsageError(
            f"there are no exercises in {' and '.join(units)}", next="Name a unit that has some."
        )
    return chosen


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(
            f"cannot write it: {error.strerror}",
            where=str(path),
            next="Name another file with --output.",
        ) from error
