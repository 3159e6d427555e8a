"""Files that students hand in, in whatever folders, are put where the course has them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from grader.course.course import Course, read_course
from grader.errors import RefusedError, in_one_line
from grader.learner.outside.submission import read_submission


class Uploads(NamedTuple):
    """A course with a student's files in it.

    `refused` are files that could not be copied, by exercise: grading them says why. `notes` are
    for the student.
    """

    course: Course
    refused: dict[str, Path]
    notes: tuple[str, ...]


def lay_out(course_folder: Path, uploaded: Path, into: Path) -> Uploads:
    """Copy the course to `into`, with what was handed in as answers in their places."""
    shutil.copytree(course_folder, into)
    course = read_course(into)
    refused: dict[str, Path] = {}
    notes = []
    answers = answers_in(uploaded, course)
    for name, found in answers.items():
        if len(found) > 1:
            first, *others = (in_one_line(path.relative_to(uploaded).as_posix()) for path in found)
            notes.append(f"{name}: graded {first}; left aside {', '.join(others)}.")
        try:
            submission = read_submission(course, name, found[0])
        except RefusedError:
            refused[name] = found[0]
            continue
        place = course.exercise_path(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(submission.source)
    if not answers:
        names = ", ".join(f"{name}.py" for name in course.exercises)
        notes.append(f"No exercise was handed in: no file is called as one is. These are: {names}.")
    return Uploads(course, refused, tuple(notes))


def answers_in(uploaded: Path, course: Course) -> dict[str, list[Path]]:
    """Return the files handed in for each exercise, the one to grade first.

    That is the one in a folder like the course's, or else the one in the fewest folders.
    """
    found: dict[str, list[Path]] = {}
    for path in _files(uploaded):
        if path.suffix == ".py" and path.stem in course.exercises:
            found.setdefault(path.stem, []).append(path)

    def rank(path: Path) -> tuple[bool, int, str]:
        own = course.exercise_path(path.stem).relative_to(course.root)
        return path.parts[-3:] != own.parts, len(path.parts), path.as_posix()

    return {name: sorted(found[name], key=rank) for name in course.exercises if name in found}


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder and its folders, but those that programs keep for themselves."""
    for inner, folders, names in os.walk(folder):  # it follows no link to a folder
        folders[:] = [name for name in folders if not name.startswith((".", "__"))]
        yield from (Path(inner, name) for name in names)
