"""A model's own code, and references as files where no file is a learner's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.course.code import import_code
from grader.course.course import CONTENTS, Course
from grader.course.solutions import source_of
from grader.errors import CourseError
from grader.exercise.model import Model
from grader.exercise.stub_text import solution_text
from grader.records import Submission


def load_model(course: Course, exercise: str, folder: Path) -> Model:
    """Import what defines a model.

    Raises
    ------
    CourseError
        A file of it is missing, or not as it should be.
    """
    path = folder / "model.py"
    for each in (path, folder / "driver.py"):
        if not each.is_file():
            raise CourseError(
                f"{CONTENTS} lists the model {folder.name}, but this file is missing",
                where=str(each),
                next=f"Write it, or take the model out of {CONTENTS}.",
            )
    module = import_code(f"models.{folder.name}.model", path, [folder.parent], "model")
    model = getattr(module, "model", None)
    if not isinstance(model, Model):
        raise CourseError(
            "this defines no `model`",
            where=str(path),
            next="Write `model = Model(title=..., ...)`; Model is in grader.exercise.model.",
        )
    _require_exercises(course, exercise, model, path)
    return model


def _require_exercises(course: Course, exercise: str, model: Model, path: Path) -> None:
    known = {*course.earlier(exercise), exercise, ""}
    if unknown := {*model.replaces.values(), model.watches} - known:
        raise CourseError(
            f"{min(unknown)!r} is neither {exercise} nor an exercise before it",
            where=str(path),
            next="`replaces` and `watches` name exercises whose functions the driver replaces.",
        )


class ReferenceFiles(Mapping[str, Submission]):
    """References as if they were files of a learner's, each made when it is asked for.

    They are for a process in which no learner's code runs: there no call has to cross the border.
    """

    def __init__(self, course: Course, references: Mapping[str, object]) -> None:
        self._course, self._names = course, tuple(references)

    def __getitem__(self, name: str) -> Submission:
        if name not in self._names:
            raise KeyError(name)
        source = solution_text(source_of(self._course, name)).encode()
        path = self._course.display(self._course.solution_path(name))
        return Submission(name, self._course.unit_of(name), path, source)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
