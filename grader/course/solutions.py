"""Definitions as code: what stands in solutions/ is imported."""

from __future__ import annotations

import contextlib

from grader.course.code import import_code
from grader.course.course import CONTENTS, Course
from grader.errors import CourseError
from grader.exercise import Exercise
from grader.exercise.definition import Definition
from grader.exercise.stub_notes import Reading, reading_of
from grader.exercise.stub_text import DefinitionSource


def source_of(course: Course, name: str) -> DefinitionSource:
    """Return the source of a definition."""
    modules = {f"solutions.{course.unit_of(each)}.{each}" for each in course.exercises}
    reading = _reading(course) if name == course.exercises[0] else None
    return DefinitionSource(course.solution_path(name), modules, reading)


def _reading(course: Course) -> Reading:
    """Return what there is to know of a course's lessons; what cannot be read is told elsewhere."""
    texts = []
    for name in course.exercises:
        with contextlib.suppress(CourseError):
            texts.append(DefinitionSource(course.solution_path(name), ()).text)
    return reading_of(texts, course.packages)


def import_definition(course: Course, name: str) -> Definition:
    """Import the definition of an exercise and return it complete."""
    unit, path = course.unit_of(name), course.solution_path(name)
    if not path.is_file():
        raise CourseError(
            f"{CONTENTS} lists {name}, but its definition is missing",
            where=str(path),
            next=f"Write the definition, or take {name} out of {CONTENTS}.",
        )
    homes = [root / "solutions" for root in (course.root, course.bundled) if root]
    module = import_code(f"solutions.{unit}.{name}", path, homes, "definition")
    exercise = getattr(module, "exercise", None)
    if not isinstance(exercise, Exercise):
        raise CourseError(
            "this definition has no `exercise`",
            where=str(path),
            next="Write `exercise = Exercise(hints=[...])` below the imports.",
        )
    return exercise.define(name, unit, str(path), module.__doc__ or "")
