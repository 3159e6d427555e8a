"""What students hand in, under whatever names and in whatever folders, becomes answers.

A file is known by its exercise's name. Notebooks are known by their cells, and a file of another
name by the functions that it defines. Whatever is not graded is told.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from grader.classroom.bounds import Work
from grader.classroom.which_exercise import exercises_defined_in, functions_of_all
from grader.course.course import Course, read_course
from grader.errors import RefusedError, in_one_line
from grader.exercise.unwritten import is_untouched
from grader.learner.outside.submission import file_body, submission_of
from grader.notebooks.collect import collect
from grader.notebooks.reading import body_of, notebook_of
from grader.records import Submission
from grader.records.text import listed

MAX_NAMED = 10  # files of one kind
MAX_NOTES = 50


class Uploads(NamedTuple):
    """A course with a student's files in it.

    `answers` are those that are to be graded otherwise than from their place in the course: from a
    notebook, or because they could not be copied, which grading them says. `notes` are for the
    student.
    """

    course: Course
    answers: dict[str, Path | Submission]
    notes: tuple[str, ...]


def lay_out(
    course_folder: Path, uploaded: Path, into: Path, assigned: Sequence[str] = ()
) -> Uploads:
    """Copy the course to `into`, with what was handed in as answers in their places.

    Names that are listed are those of the exercises `assigned`, or of all.
    """
    shutil.copytree(course_folder, into)
    return _Laying(read_course(into), uploaded, assigned).run()


class _Laying:
    """One submission, taken apart: `_taken` has for each exercise the file that is its answer."""

    def __init__(self, course: Course, uploaded: Path, assigned: Sequence[str]) -> None:
        self._course, self._uploaded = course, uploaded
        self._assigned = assigned or course.exercises
        self._taken: dict[str, str] = {}
        self._answers: dict[str, Path | Submission] = {}
        self._notes: list[str] = []
        self._functions = functions_of_all(self._course)
        self._work = Work()  # which is charged for what is neither named nor graded as it is

    def run(self) -> Uploads:
        """Take every file for what it is, those with the right names first."""
        named = answers_in(self._uploaded, self._course)
        for name, found in named.items():
            self._take_named(name, found)
        known = {path for found in named.values() for path in found}
        others = [path for path in sorted(_files(self._uploaded)) if path not in known]
        for path in filter(_is_notebook, others):
            self._take_notebook(path)
        rest = [path for path in others if not _is_notebook(path)]
        self._say_left([path for path in rest if not self._take_defining(path)])
        if (more := len(self._notes) - MAX_NOTES) > 0:
            self._notes[MAX_NOTES:] = [f"{more} more remarks are left out."]
        return Uploads(self._course, self._answers, tuple(self._notes))

    def _shown(self, path: Path) -> str:
        return in_one_line(path.relative_to(self._uploaded).as_posix())

    def _named(self, paths: Sequence[Path]) -> str:
        """Return the names of files, or of as many as anybody reads."""
        more = [f"{len(paths) - MAX_NAMED} more"] if len(paths) > MAX_NAMED else []
        return listed([*map(self._shown, paths[:MAX_NAMED]), *more])

    def _take_named(self, name: str, found: Sequence[Path]) -> None:
        first = self._shown(found[0])
        if others := found[1:]:
            self._notes.append(f"{name}: graded {first}; left aside {self._named(others)}.")
        self._taken[name] = first
        try:
            body = file_body(self._course, found[0])
            self._place(name, submission_of(self._course, name, first, body).source)
        except RefusedError:
            self._answers[name] = found[0]

    def _take_notebook(self, path: Path) -> None:
        shown = self._shown(path)
        try:
            self._work.look_at()
            self._work.require_more()
            body = body_of(self._course, path)
            self._work.read(len(body))
            self._work.load(body)
            with self._work.computing():
                notebook = notebook_of(self._course, shown, body)
                self._work.go_through(len(notebook.cells) + len(notebook.texts))
                self._work.parse(sum(len(cell.source) for cell in notebook.cells))
                answers = collect(self._course, notebook, charge=self._work.parse)
        except RefusedError as error:
            self._notes.append(f"{shown} was not graded: {_said(error)}")
            return
        for each in answers:
            name, source = each.submission.exercise, each.submission.source
            if name not in self._taken:
                self._notes += [f"{shown}: {note}" for note in each.notes]
                if source.strip():
                    self._taken[name], self._answers[name] = shown, each.submission
                    self._place(name, source)
            elif source.strip() and not is_untouched(source):
                self._notes.append(f"{name}: graded {self._taken[name]}; left aside {shown}.")
        if not answers:
            self._notes.append(f"{shown} was not graded: no cell of it belongs to an exercise.")

    def _take_defining(self, path: Path) -> bool:
        """Take a file for the answers that it defines; return whether it was understood."""
        shown, any_name = self._shown(path), self._course.exercises[0]
        if path.suffix.lower() not in ("", ".py", ".txt"):
            return False
        try:
            self._work.look_at()
            self._work.require_more()
            body = file_body(self._course, path)
            self._work.read(len(body))
            self._work.parse(len(body))
            source = submission_of(self._course, any_name, shown, body).source
        except RefusedError as error:
            self._notes.append(f"{shown} was not graded: {_said(error)}")
            return True
        answered = exercises_defined_in(source, self._functions)
        new = [name for name in answered if name not in self._taken]
        for name in new:
            self._notes.append(
                f"{shown} was taken for {name}.py, because it defines {listed(answered[name])}."
            )
            self._taken[name] = shown
            self._place(name, source)
        for name in answered if not new else ():
            self._notes.append(f"{name}: graded {self._taken[name]}; left aside {shown}.")
        return bool(answered)

    def _place(self, name: str, source: bytes) -> None:
        """Write an answer where the course has it, for others to import."""
        place = self._course.exercise_path(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(source)

    def _say_left(self, left: Sequence[Path]) -> None:
        """Name what was not graded, and what would have been."""
        names = listed([f"{name}.py" for name in self._assigned])
        wanted = f"A file bears its exercise's name: {names}; or it is the notebook of the course."
        if left:
            self._notes.append(f"Not graded: {self._named(left)}. {wanted}")
        if not self._taken.keys() & {*self._assigned}:
            nothing = "No exercise of this assignment was handed in."
            self._notes.append(nothing if left else f"{nothing} {wanted}")


def _is_notebook(path: Path) -> bool:
    return path.suffix.lower() == ".ipynb"


def _said(error: RefusedError) -> str:
    return f"{error.what}. {error.next}" if error.next else f"{error.what}."


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
    waiting = [folder]
    while waiting:
        inner = waiting.pop()
        with suppress(OSError):  # what cannot be listed, nobody else can read either
            for entry in sorted(os.scandir(inner), key=lambda entry: entry.name):
                if entry.name.startswith("."):
                    continue
                if not entry.is_dir():
                    yield inner / entry.name
                elif not entry.is_symlink() and not entry.name.startswith("__"):
                    waiting.append(inner / entry.name)
