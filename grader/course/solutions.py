"""Definitions as code: what stands in solutions/ is imported."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

from grader.course.course import CONTENTS, Course
from grader.errors import BrokenGraderError, CourseError
from grader.exercise import Exercise
from grader.exercise.definition import Definition
from grader.exercise.stub_text import DefinitionSource


def source_of(course: Course, name: str) -> DefinitionSource:
    """Return the source of a definition."""
    modules = {f"solutions.{course.unit_of(each)}.{each}" for each in course.exercises}
    return DefinitionSource(course.solution_path(name), modules)


def import_definition(course: Course, name: str) -> Definition:
    """Import the definition of an exercise and return it complete."""
    unit, path = course.unit_of(name), course.solution_path(name)
    if not path.is_file():
        raise CourseError(
            f"{CONTENTS} lists {name}, but its definition is missing",
            where=str(path),
            next=f"Write the definition, or take {name} out of {CONTENTS}.",
        )
    module = _import_solution(course, f"solutions.{unit}.{name}", path)
    exercise = getattr(module, "exercise", None)
    if not isinstance(exercise, Exercise):
        raise CourseError(
            "this definition has no `exercise`",
            where=str(path),
            next="Write `exercise = Exercise(hints=[...])` below the imports.",
        )
    return exercise.define(name, unit, str(path), module.__doc__ or "")


def _import_solution(course: Course, module: str, path: Path) -> ModuleType:
    """Import a definition by its course's own `solutions`, whatever else bears that name."""
    home = [str(root / "solutions") for root in (course.root, course.bundled) if root]
    current = sys.modules.get("solutions")
    if current is None or list(getattr(current, "__path__", ())) != home:
        for name in [n for n in sys.modules if n == "solutions" or n.startswith("solutions.")]:
            del sys.modules[name]
        package = ModuleType("solutions")
        package.__path__ = home
        sys.modules["solutions"] = package
    try:
        return importlib.import_module(module)
    except CourseError:
        raise
    except SyntaxError as error:
        place = f"{error.filename}:{error.lineno}"
        raise CourseError(f"this definition does not compile: {error.msg}", where=place) from error
    except Exception as error:
        raise BrokenGraderError(
            f"the definition fails while it is loaded: {type(error).__name__}: {error}",
            where=str(path),
            next="The course is at fault here, not your code. Please report this line.",
        ) from error
