"""Commands for what begins: `new` exercises and quizzes, and `init` for a course of one's own."""

from __future__ import annotations

from pathlib import Path

import click

from grader.course.course import CONTENTS, Course
from grader.errors import UsageError
from grader.terminal.commands.common import current_course, say


@click.command()
@click.argument("words", nargs=-1, metavar="[quiz] NAME")
@click.option("--unit", metavar="UNIT", help="Where it belongs; a name not used yet begins a unit.")
def new(words: tuple[str, ...], unit: str | None) -> int:
    """Begin an exercise, or a quiz, that works."""
    from grader.authoring.contents import title_of
    from grader.authoring.new import begin_exercise, begin_quiz

    is_quiz = words[:1] == ("quiz",)
    if len(words) != 1 + is_quiz:
        raise click.UsageError("name one: grader new NAME --unit UNIT, or grader new quiz NAME ...")
    course, name = current_course(), words[-1]
    if unit is None:
        known = ", ".join(each.name for each in course.units)
        raise UsageError(
            "which unit does it belong to? Say it with --unit",
            next=f"There are: {known or 'none yet'}. Another name begins a unit.",
        )
    begun = (begin_quiz if is_quiz else begin_exercise)(course, name, unit)
    for path in begun.written:
        say(f"{course.shown(path)}: written")
    is_new = f", a new unit with the title {title_of(unit)}" if begun.unit_is_new else ""
    say(f"{CONTENTS}: {name} added to {unit}{is_new}")
    say(f"Next: change {course.shown(begun.written[0])}, then run: grader prove {name}")
    return 0


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--with-solutions", is_flag=True, help="Definitions too, to change them.")
@click.option("--empty", is_flag=True, help="A blank course, to fill with exercises of your own.")
def init(folder: Path, with_solutions: bool, empty: bool) -> int:
    """Lay a course out in a folder."""
    from grader.authoring.init import lay_out, lay_out_blank

    if empty and with_solutions:
        raise click.UsageError("--empty has no solutions: leave one of the two out")
    course = lay_out_blank(folder) if empty else lay_out(folder, with_solutions)
    counts = f"{len(course.exercises)} exercises and {len(course.quizzes)} quizzes"
    say(f"{folder}: {'a blank course' if empty else f'a course of {counts}'}")
    quoted = f'"{folder}"' if " " in str(folder) else folder
    enter = "" if course.root == Path.cwd().resolve() else f"cd {quoted}, then "
    say(f"Next: {enter}run: {_first_command(course, with_solutions)}")
    return 0


def _first_command(course: Course, with_solutions: bool) -> str:
    if not course.exercises:
        return f"grader new NAME --unit {course.units[0].name}"
    if with_solutions:
        return "grader prove NAME, whenever you have changed its file in solutions"
    return "grader"
