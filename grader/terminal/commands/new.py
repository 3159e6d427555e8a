"""`grader new`: an exercise, or a quiz, that works."""

from __future__ import annotations

import click

from grader.authoring.contents import title_of
from grader.authoring.new import new_exercise, new_quiz
from grader.course.course import CONTENTS
from grader.errors import UsageError
from grader.terminal.commands.common import current_course, say


@click.command()
@click.argument("words", nargs=-1, metavar="[quiz] NAME")
@click.option("--unit", metavar="UNIT", help="Where it belongs; a name not used yet begins a unit.")
def new(words: tuple[str, ...], unit: str | None) -> int:
    """Begin an exercise, or a quiz, that works."""
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
    created = (new_quiz if is_quiz else new_exercise)(course, name, unit)
    for path in created.files:
        say(f"{course.display(path)}: written")
    is_new = f", a new unit with the title {title_of(unit)}" if created.unit_is_new else ""
    say(f"{CONTENTS}: {name} added to {unit}{is_new}")
    say(f"Next: change {course.display(created.files[0])}, then run: grader prove {name}")
    return 0
