"""Packs the autograder that Gradescope is given: the course, the grader, and how to run both."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from grader.authoring.wheel import write_wheel
from grader.classroom.platforms.assignment import FILE, Assignment
from grader.course.course import CONTENTS, HABITS, Course
from grader.grading.examiner import draw_paper
from grader.grading.sitting import unmade_checks

REQUIREMENTS = "requirements.txt"  # the course's packages, which setup.sh installs
_SCRIPTS = Path(__file__).parent / "autograder"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever it is made


def points_of(course: Course, assignment: Assignment) -> float:
    """Return the points of all checks. Drawing them shows that the definitions work."""
    return sum(
        check.max_points
        for name in assignment.exercises
        for check in unmade_checks(draw_paper(course, name, seed=0))
    )


def autograder_zip(course: Course, assignment: Assignment) -> bytes:
    """Return the zip; the same course, grader and assignment give the same bytes.

    It holds the solutions: all of them, because later ones are made of earlier ones.

    Raises
    ------
    CourseError
        The course was released, without its solutions.
    """
    course.require_definitions()
    files = {
        **{name: (_SCRIPTS / name).read_bytes() for name in ("run_autograder", "setup.sh")},
        FILE: assignment.as_json().encode(),
        **dict(_wheel()),
        REQUIREMENTS: "".join(f"{package}\n" for package in course.packages).encode(),
        f"course/{CONTENTS}": (course.root / CONTENTS).read_bytes(),
        **dict(_habits(course)),
        **dict(_solutions(course)),
    }
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            is_script = (_SCRIPTS / name).is_file()
            entry.external_attr = (0o100755 if is_script else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, body)
    return whole.getvalue()


def _wheel() -> Iterator[tuple[str, bytes]]:
    with TemporaryDirectory() as folder:
        wheel = write_wheel(Path(folder))
        yield wheel.name, wheel.read_bytes()


def _habits(course: Course) -> Iterator[tuple[str, bytes]]:
    if course.habits_path.is_file():
        yield f"course/{HABITS}", course.habits_path.read_bytes()


def _solutions(course: Course) -> Iterator[tuple[str, bytes]]:
    """Yield what the definitions are, those that came with the grader before the course's own."""
    for root in [course.bundled, course.root] if course.bundled else [course.root]:
        for path in sorted((root / "solutions").rglob("*")):
            inside = path.relative_to(root)
            is_cache = any(part.startswith(".") or part == "__pycache__" for part in inside.parts)
            if path.is_file() and not is_cache:
                yield f"course/{inside.as_posix()}", path.read_bytes()
