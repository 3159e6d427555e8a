"""Commands around one exercise: `hint`, `solution`, `reset`."""

from __future__ import annotations

import sys

import click

from grader.terminal.commands.common import ask, current_course, open_progress, say, style_of


@click.command()
@click.argument("name")
def hint(name: str) -> int:
    """Show the next hint of an exercise."""
    from grader.grading.examiner import load_definition
    from grader.present.hint_text import render_hint

    course = current_course()
    definition = load_definition(course, course.require_exercise(name))
    with open_progress(course) as progress:
        shown = progress.take_hint(name)
    say(render_hint(definition, shown, style_of(sys.stdout)))
    return 0


@click.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask first.")
def solution(name: str, yes: bool) -> int:
    """Show the reference; asks first if not passed."""
    from grader.authoring.stubs import solution_text

    course = current_course()
    course.require_exercise(name)
    course.require_definitions()
    with open_progress(course) as progress:
        if not yes and not progress.has_passed(name):
            reply = ask(f"{name} is not passed yet. Show the solution all the same? [y/N] ")
            if (reply or "").lower() not in ("y", "yes"):
                say(f"Not shown. There may be hints left: grader hint {name}")
                return 1
    click.echo(solution_text(course, name), nl=False)
    return 0


@click.command()
@click.argument("name")
def reset(name: str) -> int:
    """Put the stub back; what you wrote is kept."""
    from grader.authoring.stubs import write_stub

    course = current_course()
    kept = write_stub(course, course.require_exercise(name))
    path = course.shown(course.exercise_path(name))
    say(f"{path} is the stub again.")
    if kept:
        say(f"What stood there is kept: {course.shown(kept)}")
    return 0
