"""What to do next, in a sentence: in the course, and after a report."""

from __future__ import annotations

from enum import Enum

from grader.course.course import Course
from grader.course.next_steps import NextSteps
from grader.exercise.definition import Definition
from grader.records import Outcome, Report


class GradedBy(Enum):
    """What had an exercise graded, and so will have it graded again."""

    COMMAND = "grader grade"
    SAVE = "a save, under grader watch"
    CELL = "a cell of a notebook"


def say_next(course: Course, steps: NextSteps) -> str:
    """Return what to do next as a sentence, and that all exercises are passed once they are."""
    if not (course.exercises or course.quizzes):
        return f"Nothing is in this course yet. {course.lacks('exercise').next}"
    quiz = f"take the quiz: grader quiz {steps.quiz}"
    if steps.exercise:
        path = course.display(course.exercise_path(steps.exercise))
        then = f"or {quiz}" if steps.quiz else f"then run: grader grade {steps.exercise}"
        following = f"Next: write {path}, {then}"
    else:
        again = "grader quiz NAME asks a quiz again." if course.quizzes else ""
        following = f"Next: {quiz}" if steps.quiz else again
    return "\n\n".join(filter(None, [_say_passed(course, steps), following]))


def _say_passed(course: Course, steps: NextSteps) -> str:
    """Say that all is passed, and what whole model runs on what is."""
    done, built = "", steps.model
    if course.exercises and not steps.exercise:
        built = course.exercises[-1]
        finished = f"your {_spoken(built)} is finished."
        done = f"All {len(course.exercises)} exercises are passed: {finished} "
    if not steps.model:
        return done.strip()
    seen = "it" if done and steps.model == built else f"your {_spoken(steps.model)}"
    return f"{done}See {seen} at work in a whole model: grader show {steps.model}"


def _spoken(name: str) -> str:
    return name.replace("_", " ")


def say_what_to_see(course: Course, definition: Definition, announced: str = "") -> str:
    """Return what there is to look at once an exercise is passed, each in a group of its own.

    The model of the exercise `announced` is spoken of already.
    """
    name = definition.name
    ways = []
    if name != announced and (definition.pictures or course.model_folder(name)):
        ways.append(f"See it work: grader show {name}")
    if not course.release:
        ways.append(f"Compare: grader solution {name}")
    return "\n\n".join(ways)


def say_after(report: Report, by: GradedBy, following: str = "") -> str:
    """Return what to do after a report; `following` is what comes next once it is passed."""
    if report.outcome is Outcome.GRADER_ERROR:
        return "Your code was not judged, and no points were lost. Please report the line above."
    if report.outcome is Outcome.PASSED:
        return following
    if by is GradedBy.SAVE:
        return f"Save {report.path}, and it is graded again."
    is_new = report.outcome is Outcome.NOT_ATTEMPTED
    if by is GradedBy.CELL:
        step = f"{'write' if is_new else 'mend'} it, run its cell, and run this one again."
    elif is_new:
        step = f"write {report.path}, then grade again."
    else:
        step = f"mend {report.path} and grade again."
    return f"Next: {step}\n\nStuck? grader hint {report.exercise}"
