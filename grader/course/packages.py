"""The packages that a course has beside NumPy: what they consist of, and where they are installed.

`packages: [scipy>=1.11]` in course.yaml names them as pip does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import grader
from grader.errors import CourseError

_NAME = re.compile(r"[A-Za-z0-9][-_.A-Za-z0-9]*")
_HAS = "numpy"  # every answer has it
_OURS = "attention-course"
_GRADER = Path(grader.__file__).parent  # with the bundled solutions, where it is installed
_NO_MODULE = (".pth", "__pycache__", "..")


@lru_cache
def package_paths(packages: Sequence[str], contents: Path) -> tuple[str, ...]:
    """Return the files and folders of a course's packages, and of whatever these need.

    Each is a module or a package, has shared libraries for one, or tells its version.

    Raises
    ------
    CourseError
        One is not installed, or is older than the course's `contents` ask for; or one holds
        solutions: the grader, say.
    """
    paths: set[str] = set()
    done = {_HAS}
    waiting = [_installed(word, contents) for word in packages]
    while waiting:
        package = waiting.pop()
        if (name := _plain(package.metadata["Name"])) in done:
            continue
        done.add(name)
        found = _paths(package)
        _require_no_solutions(name, found, contents)
        paths |= found
        waiting += _those_there(name for name in _needs(package) if _plain(name) not in done)
    return tuple(sorted(paths))


def _require_no_solutions(name: str, paths: Iterable[str], contents: Path) -> None:
    """Raise `CourseError` where learners could read answers in a package: all of it is opened."""
    secret = {place.resolve() for place in (_GRADER, contents.parent / "solutions")}
    opened = [Path(path).resolve() for path in paths]
    if name == _OURS or any(
        place == path or place in path.parents or path in place.parents
        for place in secret
        for path in opened
    ):
        raise CourseError(
            f"{name} cannot be a package of this course: there are solutions in it, or the grader",
            where=str(contents),
            next="Take it off `packages`, and with it whatever needs it.",
        )


def modules_of(paths: Iterable[str]) -> set[str]:
    """Return the names that files and folders of packages are imported by."""
    return {Path(path).name.partition(".")[0] for path in paths}


def _installed(word: str, contents: Path) -> Distribution:
    name, _, least = word.partition(">=")
    cure = f"Run: pip install '{word}'"
    try:
        package = distribution(name)
    except PackageNotFoundError as error:
        what = f"this course needs {word}, which is not installed"
        raise CourseError(what, where=str(contents), next=cure) from error
    if _number(package.version) < _number(least):
        what = f"this course needs {word}, and {package.version} is installed"
        raise CourseError(what, where=str(contents), next=cure)
    return package


def _those_there(names: Iterable[str]) -> list[Distribution]:
    """Return the packages that are installed: others are for other systems."""
    there = []
    for name in names:
        try:
            there.append(distribution(name))
        except PackageNotFoundError:
            continue
    return there


def _needs(package: Distribution) -> list[str]:
    """Return the names of what a package needs wherever it is used."""
    needed = [word for word in package.requires or () if not re.search(r"\bextra\s*==", word)]
    return [found[0] for word in needed if (found := _NAME.match(word))]


def _paths(package: Distribution) -> set[str]:
    tops = {path.parts[0] for path in package.files or ()}
    return {str(package.locate_file(top)) for top in tops if not top.endswith(_NO_MODULE)}


def _plain(name: str) -> str:
    """Return a package's name as every index compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _number(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version.partition("+")[0])]
