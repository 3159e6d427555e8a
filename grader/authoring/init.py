"""Lays a course out in a folder: the one that came with the grader, or a blank one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from grader.authoring.stubs import SIGNPOST, signpost_path, stub_of
from grader.course.course import BUNDLED, CONTENTS, Course, bundled_course, read_course
from grader.errors import UsageError, in_one_line

FOLDERS = ("exercises", "solutions", "quizzes", "models")
BLANK = Path(__file__).parent / "templates" / CONTENTS
LENT = f"""
# The definitions came with the grader; solutions/<unit>/<name>.py here goes before the one there.
definitions: {BUNDLED}
"""


def lay_out(folder: Path, with_solutions: bool) -> Course:
    """Lay the bundled course out in `folder`, with stubs, and with solutions on demand.

    Stubs are written from the definitions, so nobody's work is ever handed on with a course.
    """
    source = bundled_course()
    if source is None:
        raise UsageError(
            "this grader came without a course",
            next="Install attention-course whole, or begin a blank course: grader init DIR --empty",
        )
    contents = (source / CONTENTS).read_text("utf-8")
    files: dict[str, str | bytes] = {CONTENTS: contents if with_solutions else contents + LENT}
    copied = [*source.glob("quizzes/*.yaml")]
    copied += source.glob("solutions/**/*.py") if with_solutions else []
    files |= {str(path.relative_to(source)): path.read_text("utf-8") for path in copied}
    models = source.glob("models/*/*.*")
    files |= {str(path.relative_to(source)): path.read_bytes() for path in models}
    refuse_taken(folder / name for name in (CONTENTS, *FOLDERS))
    write_new({folder / name: text for name, text in files.items()})
    course = read_course(folder.resolve())
    stubs = {course.exercise_path(name): stub_of(course, name) for name in course.exercises}
    write_new(stubs | {signpost_path(course, name): SIGNPOST for name in course.exercises})
    return course


def lay_out_blank(folder: Path) -> Course:
    """Begin a course without any exercise in `folder`."""
    refuse_taken(folder / name for name in (CONTENTS, *FOLDERS))
    write_new({folder / CONTENTS: BLANK.read_text("utf-8")})
    for name in FOLDERS:
        (folder / name).mkdir()
    return read_course(folder.resolve())


def refuse_taken(paths: Iterable[Path]) -> None:
    """Raise where something is in the way of what is to be written."""
    for path in paths:
        if os.path.lexists(path):
            raise UsageError(
                f"{in_one_line(str(path))} is there already, and nothing is overwritten",
                next="Choose another name, or move it away first.",
            )


def write_new(files: Mapping[Path, str] | Mapping[Path, str | bytes]) -> None:
    """Write files where there are none yet, and the folders around them."""
    refuse_taken(files)
    try:
        for path, body in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body.encode() if isinstance(body, str) else body)
    except OSError as error:
        raise UsageError(
            f"this cannot be written: {error.strerror}",
            where=str(error.filename),
            next="Choose a folder that can be written to.",
        ) from error
