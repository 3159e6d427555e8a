"""`grader init`: a course, laid out in a folder."""

from __future__ import annotations

from pathlib import Path

import click

from grader.authoring.init import lay_out, lay_out_blank
from grader.course.course import Course
from grader.errors import in_one_line
from grader.terminal.commands.common import current_folder, say


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--with-solutions", is_flag=True, help="Definitions too, to change them.")
@click.option("--empty", is_flag=True, help="A blank course, to fill with exercises of your own.")
def init(folder: Path, with_solutions: bool, empty: bool) -> int:
    """Lay a course out in a folder."""
    if empty and with_solutions:
        raise click.UsageError("--empty has no solutions: leave one of the two out")
    course = lay_out_blank(folder) if empty else lay_out(folder, with_solutions)
    counts = f"{len(course.exercises)} exercises and {len(course.quizzes)} quizzes"
    shown = in_one_line(str(folder))
    say(f"{shown}: {'a blank course' if empty else f'a course of {counts}'}")
    quoted = f'"{shown}"' if " " in shown else shown
    enter = "" if course.root == current_folder().resolve() else f"cd {quoted}, then "
    say(f"Next: {enter}run: {_first_command(course, with_solutions)}")
    return 0


def _first_command(course: Course, with_solutions: bool) -> str:
    if not course.exercises:
        return f"grader new NAME --unit {course.units[0].name}"
    if with_solutions:
        return "grader prove NAME, whenever you have changed its file in solutions"
    return "grader"
