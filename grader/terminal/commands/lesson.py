"""`grader lesson`: what an exercise is about."""

from __future__ import annotations

import sys

import click

from grader.grading.examiner import load_definition
from grader.present.lesson_text import render_lesson
from grader.terminal.commands.common import current_course, say, style_of


@click.command()
@click.argument("name")
def lesson(name: str) -> int:
    """Show the lesson of an exercise."""
    course = current_course()
    definition = load_definition(course, course.require_exercise(name))
    file = course.display(course.exercise_path(name))
    say(render_lesson(definition, file, style_of(sys.stdout)))
    return 0
