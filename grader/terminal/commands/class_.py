"""`grader class`: a whole class, from what a platform gives out to what it takes back."""

from __future__ import annotations

import click

from grader.terminal.commands.lazy import LazyGroup

# As the table of all commands: each with its module, and the sentence that lists it.
CLASS = {
    "grade": ("class_grade", "Grade what a class handed in."),
    "quiz": ("class_quiz", "Mark what a class answered to quizzes."),
    "regrade": ("class_regrade", "Grade again what a change can touch, and say who changed."),
    "mark": ("class_mark", "Give points or a comment by hand, which stay."),
    "report": ("class_report", "Write pages about the class: mistakes, checks, people."),
    "feedback": (
        "class_feedback",
        "Write what each person is told: a page and a Markdown file, or what platforms take.",
    ),
    "similar": (
        "class_similar",
        "Write pages on answers that are more alike than the exercise explains.",
    ),
    "export": ("class_export", "Write the marks as CSV, or for Moodle or Canvas."),
}


@click.group("class", cls=LazyGroup, table=CLASS)
def class_() -> None:
    """Grade a class: from a platform's zip to its gradebook."""
