"""What a notebook calls: `grader.check`, `grader.show`, and the magic `%%grade`.

It runs in the learner's kernel, beside their code and whatever they have done to NumPy there. So it
only looks up what was run and hands it to a process of its own, which holds the references, judges
and answers in text.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from grader.course.course import CONTENTS, Course, bundled_course, find_course, read_course
from grader.errors import BrokenGraderError, UsageError

# What is put before it on the path is the learner's folder, where any file may be called json.py.
_WORK = "import sys; sys.path[:] = [p for p in sys.path if p]; import grader.notebooks.work as w"
_COMMAND = f"{_WORK}; w.main()"


class Shown:
    """What is shown by a notebook as HTML, where there is some, and anywhere else as text."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self._text: str = answer["text"]
        self._html: str | None = answer["html"]

    def __repr__(self) -> str:
        return self._text

    def _repr_html_(self) -> str | None:
        return self._html


class Checked(Shown):
    """A report on an exercise."""

    def __init__(self, answer: dict[str, Any]) -> None:
        super().__init__(answer)
        self.exercise: str = answer["exercise"]
        self.outcome: str = answer["outcome"]
        self.points: float = answer["points"]
        self.max_points: float = answer["max_points"]

    @property
    def passed(self) -> bool:
        """Whether everything is right."""
        return self.outcome == "passed"


def check(name: str, *, seed: int | None = None) -> Checked:
    """Grade what this notebook has run so far as the answer to the exercise `name`.

    A `seed` draws the inputs of an earlier report again.

    Raises
    ------
    UsageError
        This is no notebook, there is no course around it, or no such exercise in it.
    """
    return Checked(_ask("check", name, seed))


def show(name: str) -> Shown:
    """Draw what the functions of an exercise return, beside what the reference does.

    Raises
    ------
    UsageError
        As `check` does; or there is no picture for this exercise.
    """
    return Shown(_ask("show", name))


def extend(ipython: Any) -> None:
    """Register `%%grade NAME`, and let cells import the exercises of the course around them."""

    def grade(line: str, cell: str) -> Checked:
        """Run the cell, then grade it as the exercise that is named."""
        ipython.run_cell(cell, store_history=False)
        return check(line.strip())

    ipython.register_magic_function(grade, "cell")
    try:
        course = course_for_notebooks()
    except UsageError:  # `check` says so, where it matters
        return
    if _is_around(course) and str(course.root) not in sys.path:
        sys.path.append(str(course.root))


def course_for_notebooks() -> Course:
    """Return the course whose folder the kernel runs in, else the one that came with the grader."""
    start = Path.cwd()
    home = bundled_course()
    if home is None or any((folder / CONTENTS).is_file() for folder in (start, *start.parents)):
        return find_course(start)
    return read_course(home)


def _is_around(course: Course) -> bool:
    """Tell whether a course is the learner's own, to import from and to keep progress in."""
    return Path.cwd().resolve().is_relative_to(course.root.resolve())


def _ask(kind: str, name: str, seed: int | None = None) -> dict[str, Any]:
    """Have a process of our own do the work, and return its answer."""
    cells = _what_was_run(name)
    course = course_for_notebooks()
    course.require_exercise(name)
    request = {
        "kind": kind,
        "name": name,
        "seed": seed,
        "root": str(course.root),
        "keeps": _is_around(course),
        "cells": cells,
    }
    done = subprocess.run(
        [sys.executable, "-c", _COMMAND],
        input=json.dumps(request).encode(),
        capture_output=True,
        check=False,
    )
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["no word"]
        raise BrokenGraderError(
            f"the grader ended without an answer: {told[0]}",
            next="This is not your fault. Please report this line.",
        ) from error
    if "error" in answer:
        raise UsageError(answer["error"])
    return answer


def _what_was_run(name: str) -> list[tuple[str, str]]:
    """Return what the kernel was given so far, each with the number that stands beside it."""
    shell = None
    if "IPython" in sys.modules:
        shell = sys.modules["IPython"].get_ipython()
    if shell is None:
        raise UsageError(
            "grader.check and grader.show work in a notebook, on the cells that it has run",
            next=f"In a terminal, write: grader grade {name}",
        )
    history = shell.history_manager.input_hist_raw
    return [(f"In [{n}]", text) for n, text in enumerate(history) if text.strip()]
