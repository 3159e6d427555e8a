"""`grader export gradescope`: the zip that Gradescope grades with."""

from __future__ import annotations

from pathlib import Path

import click

from grader.classroom.platforms.assignment import VISIBILITIES, Assignment
from grader.classroom.platforms.autograder_zip import autograder_zip, points_of
from grader.errors import in_one_line
from grader.present.style import points
from grader.terminal.commands.common import current_course, exercises_of, say, write_file


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
    course = current_course()
    assignment = Assignment(exercises_of(course, names, units), hidden_checks)
    write_file(output, autograder_zip(course, assignment), "the autograder")
    say(
        f"{in_one_line(str(output))}: grades {', '.join(assignment.exercises)}.\n"
        f"Give the assignment {points(points_of(course, assignment))} points, as many as there are"
        " to be had.\nThe file holds the solutions: keep it from learners."
    )
    return 0
