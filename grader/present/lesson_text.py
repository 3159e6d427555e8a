"""The lesson of an exercise as a learner reads it in a terminal."""

from __future__ import annotations

from grader.exercise.definition import Definition
from grader.present.style import Style


def render_lesson(definition: Definition, file: str, style: Style) -> str:
    """Return a lesson, and the `file` in which its exercise is to be solved."""
    lines = [part for line in style.wrap(definition.lesson) for part in _fitted(line, style)]
    return "\n".join([*lines, "", *style.wrap(f"Your file: {file}")])


def _fitted(line: str, style: Style) -> list[str]:
    """Return a line of a table or a formula in as many as the terminal needs."""
    return [line] if len(line) <= style.width else style.fold(line)
