"""What a notebook calls: `grader.check`, `grader.show`, and the magic `%%grade`.

It runs in the learner's kernel, beside their code and whatever they have done to NumPy there. So it
only looks up what was run and hands it to a process of its own, which holds the references and
answers with what to display.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from grader.course.course import CONTENTS, Course, bundled_course, find_course, read_course
from grader.course.seed import MAX_SEED
from grader.errors import BrokenGraderError, UsageError
from grader.notebooks.exchange import Answer, CheckAnswer, Request

# What is put before it on the path is the learner's folder, where any file may be called json.py.
_WORK = "import sys; sys.path[:] = [p for p in sys.path if p]; import grader.notebooks.work as w"
_COMMAND = f"{_WORK}; w.main()"


def check(name: str, *, seed: int | None = None) -> CheckAnswer:
    """Grade what this notebook has run so far as the answer to the exercise `name`.

    A `seed` draws the inputs of an earlier report again.

    Raises
    ------
    UsageError
        This is no notebook, there is no course around it, or no such exercise in it; or the seed
        is none.
    """
    if seed is not None and not (isinstance(seed, int) and 0 <= seed <= MAX_SEED):
        raise UsageError(
            f"a seed is a whole number from 0 to {MAX_SEED}",
            next="It stands at the end of a report. Without one, fresh inputs are drawn.",
        )
    return CheckAnswer(**_ask("check", name, seed))


def show(name: str) -> Answer:
    """Draw what the functions of an exercise return, beside what the reference does.

    Raises
    ------
    UsageError
        As `check` does; or there is no picture for this exercise.
    """
    return Answer(**_ask("show", name))


def extend(ipython: Any) -> None:
    """Register `%%grade NAME`, and let cells import the exercises of the course around them."""

    def grade(line: str, cell: str) -> CheckAnswer:
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
    """Tell whether a course is the learner's own, to import from and to record progress in."""
    return Path.cwd().resolve().is_relative_to(course.root.resolve())


def _ask(task: str, name: str, seed: int | None = None) -> dict[str, Any]:
    """Have a process of our own do the work, and return its answer."""
    if not isinstance(name, str):
        called = getattr(name, "__name__", "NAME")
        raise UsageError(
            "an exercise is given by its name, as a text",
            next=f"Write: grader.{task}({called!r})",
        )
    cells = _what_was_run(name)
    course = course_for_notebooks()
    course.require_exercise(name)
    request = Request(task, name, seed, str(course.root), _is_around(course), cells)
    done = subprocess.run(
        [sys.executable, "-c", _COMMAND],
        input=json.dumps(asdict(request)).encode(),
        capture_output=True,
        check=False,
    )
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        said = done.stderr.decode("utf-8", "replace").strip() or "no word"
        raise BrokenGraderError(
            f"the grader ended without an answer: {said.splitlines()[-1]}",
            next="This is not your fault. Please report this line.",
        ) from error
    if "error" in answer:
        what, *lines = answer["error"].split("\n")  # each a sentence
        raise UsageError(what, lines=lines)
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
