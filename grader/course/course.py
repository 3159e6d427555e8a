"""A course: found by its course.yaml, with its units and exercises in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from grader.course.contents import MAX_BYTES, read_contents
from grader.course.places import require_free, require_names, require_packages
from grader.course.release_version import RELEASE, checked_version, claimed_version
from grader.errors import CourseError, UsageError, in_one_line
from grader.files import read_regular

CONTENTS = "course.yaml"
HABITS = "habits.yaml"
MAX_PACKAGES = 30
_PACKAGE = re.compile(r"[A-Za-z0-9][-_.A-Za-z0-9]{0,99} {0,9}(>= {0,9}[0-9][.0-9]{0,49})?")
BUNDLED = "bundled"  # the folder of the package that a course is installed in


class Unit(NamedTuple):
    """A chapter of the course: its exercises and quizzes in the order they are taken."""

    name: str
    title: str
    exercises: tuple[str, ...]
    quizzes: tuple[str, ...]


class ListedModel(NamedTuple):
    """A whole model that a course has in `models/<name>/`, and the exercise that shows it."""

    name: str
    exercise: str


class Course(NamedTuple):
    """A folder with a course.yaml, and what it lists.

    `bundled` is the course inside the grader, for one that takes definitions from there.
    """

    root: Path
    title: str
    units: tuple[Unit, ...]
    release: str = ""  # the version of a course that was released: its definitions are answer keys
    bundled: Path | None = None
    models: tuple[ListedModel, ...] = ()
    packages: tuple[str, ...] = ()  # what learners may import beside NumPy, as pip takes them

    @property
    def exercises(self) -> tuple[str, ...]:
        """Every exercise's name, in order."""
        return tuple(name for unit in self.units for name in unit.exercises)

    @property
    def quizzes(self) -> tuple[str, ...]:
        """Every quiz's name, in order."""
        return tuple(name for unit in self.units for name in unit.quizzes)

    def unit_of(self, exercise: str) -> str:
        """Return the name of the unit that `exercise` belongs to."""
        return next(unit.name for unit in self.units if exercise in unit.exercises)

    @property
    def modules(self) -> dict[str, str]:
        """The name that each exercise's file is imported by."""
        return {e: f"exercises.{unit.name}.{e}" for unit in self.units for e in unit.exercises}

    def require_exercise(self, word: str) -> str:
        """Return the exercise that is named, or whose file a path leads to.

        Else raise `UsageError`, with what may be meant.
        """
        if word in self.exercises:
            return word
        if not self.exercises:
            raise self.lacks("exercise")
        from grader.course.names import exercise_of  # a name that is right does not wait for it

        return exercise_of(self, word)

    def require_quiz(self, word: str) -> str:
        """Return the quiz that is named, or whose file a path leads to; else raise `UsageError`."""
        if word in self.quizzes:
            return word
        if not self.quizzes:
            raise self.lacks("quiz")
        from grader.course.names import quiz_of

        return quiz_of(self, word)

    def lacks(self, kind: str) -> UsageError:
        """Return what to say where there is no `kind` at all: no exercise, or no quiz."""
        unit = self.units[0].name if self.units else "UNIT"
        new = "quiz NAME" if kind == "quiz" else "NAME"
        following = f"To write the first: grader new {new} --unit {unit}"
        if kind == "exercise" and self.quizzes:
            following = "To take a quiz: grader quiz"
        return UsageError(f"this course has no {kind} yet", next=following)

    def earlier(self, exercise: str) -> tuple[str, ...]:
        """Return the exercises that stand before `exercise`: those its file may lean on."""
        return self.exercises[: self.exercises.index(exercise)]

    def exercise_path(self, name: str) -> Path:
        """Return where the learner's file of an exercise belongs."""
        return self.root / "exercises" / self.unit_of(name) / f"{name}.py"

    def solution_path(self, name: str) -> Path:
        """Return where the definition of an exercise is: in the course, else in the bundled one."""
        inside = Path("solutions", self.unit_of(name), f"{name}.py")
        homes = [root / inside for root in (self.root, self.bundled) if root]
        return next((path for path in homes if path.is_file()), homes[0])

    def key_path(self, name: str) -> Path:
        """Return where a released course has the answer key of an exercise."""
        return self.root / "keys" / self.unit_of(name) / f"{name}.json"

    def model_folder(self, exercise: str) -> Path | None:
        """Return where the model is that an exercise shows, if it shows one."""
        names = (model.name for model in self.models if model.exercise == exercise)
        return next((self.root / "models" / name for name in names), None)

    def require_definitions(self) -> None:
        """Raise `CourseError` in a released course, whose definitions stayed with its author."""
        if self.release:
            raise CourseError(
                "this copy of the course was released to be learnt from: it holds no solutions",
                where=str(self.root / RELEASE),
                next="Do that where the course is written, in the folder that has its solutions.",
            )

    @property
    def checked_release(self) -> str:
        """The version of a release, and whether its files are still those that it was made with."""
        return checked_version(self.root, self.release)

    def installed_packages(self) -> tuple[str, ...]:
        """Return the files and folders of the packages that learners may import beside NumPy.

        Raise `CourseError` where one is not installed.
        """
        if not self.packages:
            return ()
        from grader.course.packages import package_paths  # few courses wait for it

        return package_paths(self.packages, self.root / CONTENTS)

    @property
    def habits_path(self) -> Path:
        """Where a course may say more of what its learners write out of habit."""
        return self.root / HABITS

    def quiz_path(self, name: str) -> Path:
        """Return where a quiz is."""
        return self.root / "quizzes" / f"{name}.yaml"

    def display(self, path: Path) -> str:
        """Return `path` as people see it: from the course's folder where it is inside."""
        inside = path.is_relative_to(self.root)
        return in_one_line(path.relative_to(self.root).as_posix() if inside else str(path))


def find_course(start: Path) -> Course:
    """Return the course whose folder holds `start`, walking up to course.yaml."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / CONTENTS).is_file():
            return read_course(folder)
    raise CourseError(
        f"there is no {CONTENTS} in {start} or any folder above it",
        next="Change into the folder of a course and try again, or lay one out: grader init DIR",
    )


def read_course(root: Path) -> Course:
    """Read the table of contents in `root`."""
    path = root / CONTENTS
    contents = read_contents(path)
    units = tuple(_unit(name, body) for name, body in contents["units"].items())
    release = claimed_version(root)
    lender = None if release else _lender(path, contents)
    course = Course(root, contents["title"], units, release, lender)
    require_names((unit.name for unit in units), "a unit", path)
    require_names(course.exercises, "an exercise", path)
    require_names(course.quizzes, "a quiz", path)
    _require_once(course.exercises, "An exercise's", path)
    _require_once(course.quizzes, "A quiz's", path)
    models = _models(contents.get("models") or {}, course.exercises, path)
    require_names((model.name for model in models), "a model", path)
    packages = _packages(contents.get("packages") or [], path)
    require_free(course.exercises, packages, path)
    return course._replace(models=models, packages=packages)


def _require_once(names: Sequence[str], whose: str, path: Path) -> None:
    """Raise where a name is listed twice; what stands in the place of the second is named."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            lines = read_regular(path, MAX_BYTES).decode("utf-8", "replace").splitlines()
            there = [at for at, line in enumerate(lines, 1) if name in re.findall(r"\w+", line)]
            raise CourseError(
                f"{name} is listed twice",
                where=f"{path}:{there[-1]}" if there else str(path),
                next=f"{whose} name is unique in its course: rename one of them, or take it out.",
            )
        seen.add(name)


def _models(listed: Any, exercises: Sequence[str], path: Path) -> tuple[ListedModel, ...]:
    """Return the models that are listed, each with an exercise that shows no other one."""
    models: list[ListedModel] = []
    for name, body in listed.items() if isinstance(listed, dict) else [(listed, None)]:
        exercise = body.get("exercise") if isinstance(body, dict) else None
        if exercise not in exercises or exercise in [model.exercise for model in models]:
            raise CourseError(
                f"the model {name!r} needs an exercise that shows it and no other model",
                where=str(path),
                next="Write below `models:` NAME: {exercise: EXERCISE}, with one of the units'.",
            )
        models.append(ListedModel(str(name), str(exercise)))
    return tuple(models)


def _packages(listed: Any, path: Path) -> tuple[str, ...]:
    """Return the packages that are listed, each by its name or with the least version."""
    words = listed if isinstance(listed, list) else [listed]
    are_names = all(isinstance(word, str) and _PACKAGE.fullmatch(word) for word in words)
    if not are_names or len(words) > MAX_PACKAGES:
        raise CourseError(
            "the packages of a course are to be a list of names, each with a least version or none,"
            f" and at most {MAX_PACKAGES}",
            where=str(path),
            next="Write them as pip takes them: `packages: [scipy>=1.11, networkx]`",
        )
    named = tuple(word.replace(" ", "") for word in words)
    require_packages(named, path)
    return named


def _lender(path: Path, contents: Any) -> Path | None:
    """Return the course that one takes definitions from, if its contents say that it does.

    A line says so, and not the lack of solutions/: a course that has lost that folder is an error,
    and not graded by what somebody else defined under the same names.
    """
    lender = contents.get("definitions")
    if lender not in (None, "", BUNDLED):
        raise CourseError(
            f"definitions cannot be taken from {lender!r}",
            where=str(path),
            next=f"Write `definitions: {BUNDLED}`, or take the line out to define all in here.",
        )
    return bundled_course() if lender else None


def bundled_course() -> Path | None:
    """Return the folder of the course that came with the grader, if one did.

    An installed grader has it inside its package; one that runs in its repository, beside it.
    """
    package = Path(__file__).parents[1]
    homes = (package / BUNDLED, package.parent)
    return next((home for home in homes if (home / CONTENTS).is_file()), None)


def _unit(name: str, body: dict[str, Any]) -> Unit:
    return Unit(name, body["title"], tuple(body["exercises"]), tuple(body["quizzes"]))
