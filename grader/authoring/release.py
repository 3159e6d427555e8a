"""Makes of a course what a class gets: stubs, quizzes, models, and answers instead of solutions.

For every visible case and several seeds the inputs, the reference's answer and the answer of every
known mistake are frozen. Whoever has these files gets the same reports as in the whole course; no
line of a solution, right or wrong, is among them. Hidden cases stay at home.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from grader.authoring.at_once import Tell
from grader.authoring.release_hashes import hash_of_checks, hashes_of_files
from grader.authoring.release_keys import write_keys
from grader.authoring.release_source import (
    MAX_BYTES,
    MAX_FILE,
    MAX_FILES,
    files_in,
    is_modest,
)
from grader.authoring.stubs import SIGNPOST, signpost_path, stub_of
from grader.authoring.wheel import write_wheel
from grader.course.course import CONTENTS, HABITS, Course
from grader.course.release_version import FORMAT, RELEASE, read_claims, version_of
from grader.errors import CourseError, UsageError
from grader.grading.habits import read_habits
from grader.quiz.reading.load import read_quizzes

README = Path(__file__).parent / "templates" / "release.md"
SEEDS = range(3)
# What only a definition has in it.
SIGNS = (b"grader.exercise import", b"exercise.reference", b"exercise.mistake")


def release(
    course: Course,
    folder: Path,
    seeds: Sequence[int] = SEEDS,
    extras: Sequence[Path] = (),
    jobs: int = 1,
    tell: Tell = lambda done, total: None,
) -> str:
    """Write a course for learners into a new folder, and return its version.

    `extras` are files or folders of the course that go along. The same course gives the same
    bytes. The version is the hash of all that decides a verdict. So many `jobs` freeze answers at
    once, and `tell` is called with how many parts of the keys are done, and how many there are.

    Raises
    ------
    UsageError
        The folder is there already and not empty, or something that goes along is not there.
    CourseError
        The course is a release itself, or a solution is among the files; or habits or a quiz
        cannot be used.
    """
    course.require_definitions()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            "something is there already", where=str(folder), next="Name a folder that is new."
        )
    with tempfile.TemporaryDirectory() as temporary:
        made = Path(temporary) / "course"
        made.mkdir()
        _fill(course, made, extras)
        write_keys(course, made, seeds, jobs, tell)
        refuse_solutions(made)
        version = version_of(made)
        _write(made / RELEASE, _described(course, made, version))
        _require_modest(made)
        _hand_over(made, folder)
    return version


def _require_modest(made: Path) -> None:
    """Refuse what those who get it could not read, or bring their course up to."""
    try:
        read_claims(made)
    except OSError:
        is_read = False
    else:
        is_read = is_modest([*files_in(made)])
    if not is_read:
        raise CourseError(
            "with what goes along, this is more than a release may hold:"
            f" {MAX_FILES:,} files, {MAX_FILE:,} bytes of one, {MAX_BYTES:,} of all",
            next="Hand out large data by itself.",
        )


def _hand_over(made: Path, folder: Path) -> None:
    try:
        shutil.copytree(made, folder, dirs_exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"the release cannot be written: {error.strerror or error}",
            where=str(folder),
            next="Name a folder that can be written to.",
        ) from error


def _fill(course: Course, folder: Path, extras: Sequence[Path]) -> None:
    shutil.copyfile(course.root / CONTENTS, folder / CONTENTS)
    read_habits(course)  # which raises where they make no sense, as do quizzes
    if (course.root / "quizzes").is_dir():  # a part of a course may go without any
        read_quizzes(course)
    if course.habits_path.is_file():
        shutil.copyfile(course.habits_path, folder / HABITS)
    _write(folder / "README.md", _readme(course))
    write_wheel(folder)
    own = [course.root / name for name in ("quizzes", "models")]
    for path in [*filter(Path.exists, own), *extras]:
        _copy(course, path, folder)
    for name in course.exercises:
        _write(folder / course.display(course.exercise_path(name)), stub_of(course, name))
        _write(folder / course.display(signpost_path(course, name)), SIGNPOST)


def _readme(course: Course) -> str:
    packages = " ".join(f"'{package}'" for package in course.packages)
    more = f"\npython -m pip install {packages}" if packages else ""
    return README.read_text("utf-8").format(title=course.title, packages=more)


def _copy(course: Course, path: Path, folder: Path) -> None:
    """Copy what is below the course's folder to its place in the release, and nothing hidden."""
    source = path.resolve()
    if not source.exists() or not source.is_relative_to(course.root):
        raise UsageError("there is no such file in the course", where=str(path))
    target = folder / source.relative_to(course.root)
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_file():
        shutil.copyfile(source, target)
        return
    odd = [each for each in source.rglob("*") if not (each.is_file() or _is_own_folder(each))]
    if odd:  # a pipe, say, or a link that leads nowhere, or to a folder, which may lead back
        raise UsageError("this cannot go along: it is no file", where=str(odd[0]))
    ignore = shutil.ignore_patterns(".*", "__pycache__")
    shutil.copytree(source, target, ignore=ignore, dirs_exist_ok=True)


def _is_own_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def refuse_solutions(folder: Path) -> None:
    """Raise `CourseError` if a file that is to be handed out is a definition, or has one in it."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        is_text = path.is_file() and path.suffix in {".py", ".ipynb", ".md", ".txt", ".yaml"}
        signs = [sign for sign in SIGNS if is_text and sign in path.read_bytes()]
        if signs or "solutions" in inside.parts:
            raise CourseError(
                "a release holds no solutions, and this looks like one"
                + (f": it says {signs[0].decode()!r}" if signs else ""),
                where=inside.as_posix(),
                next="Leave it out of what goes along.",
            )


def _described(course: Course, made: Path, version: str) -> str:
    """Return what release.json says, for an update to tell what has changed."""
    keys = {name: made / course.display(course.key_path(name)) for name in course.exercises}
    contents = {
        "format": FORMAT,
        "title": course.title,
        "version": version,
        "checks": {name: hash_of_checks(key) for name, key in keys.items()},
        "files": hashes_of_files(made),
    }
    return json.dumps(contents, indent=2) + "\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
