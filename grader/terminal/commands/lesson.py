"""`grader lesson`: what an exercise is about."""

from __future__ import annotations

import sys

import click

from grader.grading.examiner import examiner_of
from grader.present.lesson_text import render_lesson
from grader.terminal.commands.common import current_course, say, style_of


@click.command()
@click.argument("name")
def lesson(name: str) -> int:
    """Show the lesson of an exercise."""
    course = current_course()
    examiner = examiner_of(course, course.require_exercise(name))
    file = course.display(course.exercise_path(examiner.definition.name))
    say(render_lesson(examiner.definition, examiner.stub, file, style_of(sys.stdout)))
    return 0
