"""Which quizzes a class was asked, and by what version of them it is marked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import grader
from grader.classroom.marks.amounts import require_few_marks
from grader.classroom.marks.bodies import require_points
from grader.classroom.marks.check import is_quiz_name
from grader.classroom.marks.reading import QUIZ
from grader.classroom.marks.schema import transaction
from grader.classroom.marks.store import Store, Terms
from grader.course.course import Course
from grader.errors import UsageError, in_one_line
from grader.files import MAX_QUIZ, read_regular
from grader.quiz.model import Quiz
from grader.quiz.reading.load import load_quiz, read_documents, read_quizzes

BY_ID, FIRST = "id", "first"  # how values are drawn: for each from their id, or the first ones
_LENGTH = 16


class Asked(NamedTuple):
    """A quiz that a class may have been asked.

    `name` is that among exercises. `path` is its file where that is not the course's, else empty;
    `version` is a hash of the file.
    """

    name: str
    quiz: Quiz
    version: str
    path: str = ""

    @property
    def max_points(self) -> float:
        """The points to be had."""
        return sum(question.weight for question in self.quiz.questions)


def asked_of(course: Course, store: Store, files: Iterable[Path] = ()) -> dict[str, Asked]:
    """Return all quizzes of a course, and those of other files: named now, or that count already.

    Raises
    ------
    UsageError
        One of them cannot be used, or there is none, or two are called alike.
    """
    of_course = [
        Asked(f"{QUIZ}{quiz.name}", quiz, _version(course.quiz_path(quiz.name)))
        for quiz in read_quizzes(course)
    ]
    kept = (Path(path) for (path,) in store.rows("SELECT path FROM quizzes WHERE path != ''"))
    # One that the course has by now is the course's.
    others = (path for path in kept if path.stem not in course.quizzes)
    paths = [*dict.fromkeys((*others, *files))]
    _require_apart([*map(course.quiz_path, course.quizzes), *paths])
    of_files = [_of_file(course, path) for path in paths]
    found = {each.name: each for each in (*of_course, *of_files)}
    if not found:
        raise course.lacks("quiz")
    return found


def _require_apart(paths: Iterable[Path]) -> None:
    """Raise `UsageError` where two files are called alike: marks go by the name of a quiz."""
    known: dict[str, Path] = {}
    for path in paths:
        if path.is_file() and known.setdefault(path.stem, path) != path:
            raise UsageError(
                f"there is another quiz called {in_one_line(path.stem)}:"
                f" {in_one_line(str(known[path.stem]))}",
                where=in_one_line(str(path)),
                next="Give one of them another name, in its file and to its file.",
            )


def named_in(course: Course, words: Iterable[str]) -> tuple[list[str], list[Path]]:
    """Return the names of quizzes that words mean, and the files that some of them lead to.

    Raises
    ------
    UsageError
        There is no such quiz.
    """
    names, files = list[str](), list[Path]()
    for word in (word.removeprefix(QUIZ) for word in words):
        path = Path(word)
        if word in course.quizzes or not path.is_file():
            names.append(f"{QUIZ}{course.require_quiz(word)}")
        elif path.stem in course.quizzes and _is_of(course, path):
            names.append(f"{QUIZ}{path.stem}")
        else:
            files.append(path.resolve())
            names.append(f"{QUIZ}{files[-1].stem}")  # which a link to it need not be called
    return list(dict.fromkeys(names)), files


def _is_of(course: Course, path: Path) -> bool:
    return path.resolve() == course.quiz_path(path.stem).resolve()


def let_count(
    store: Store, quizzes: Sequence[Asked], order: Sequence[str], terms: Terms, draws: str | None
) -> None:
    """Let quizzes count, on terms; those that counted before still do. None leaves what was."""
    values = {**terms._asdict(), "draws": draws}
    for each in quizzes:
        require_points(each.name, each.max_points)
    with transaction(store.database):
        for each in quizzes:
            store.database.execute(
                "INSERT INTO quizzes VALUES (?1, ?2, ?3, ?4, '', '', 0, 'best', ?5, 'id')"
                " ON CONFLICT (name) DO UPDATE SET position = ?2, version = ?3, max_points = ?4,"
                " path = ?5",
                (each.name, order.index(each.name), each.version, each.max_points, each.path),
            )
            for column, value in values.items():
                if value is not None:
                    change = f"UPDATE quizzes SET {column} = ? WHERE name = ?"
                    store.database.execute(change, (value, each.name))
        require_few_marks(store.database)


@lru_cache(maxsize=1)
def marker_version() -> str:
    """Return what marks here, as a hash of the code."""
    package = Path(grader.__file__).parent
    paths = [*sorted((package / "quiz").rglob("*.py")), package / "present/quiz_json.py"]
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:_LENGTH]


def _of_file(course: Course, path: Path) -> Asked:
    if "," in path.stem or not is_quiz_name(f"{QUIZ}{path.stem}"):  # --exercises parts at commas
        raise UsageError(
            "a quiz of a class cannot be called so",
            where=in_one_line(str(path)),
            next="Call its file, and what is behind `quiz:` in it, by letters, digits, - and _.",
        )
    quiz = load_quiz(path, course.exercises, read_documents(course), course.display(path))
    return Asked(f"{QUIZ}{quiz.name}", quiz, _version(path), str(path))


def _version(path: Path) -> str:
    try:
        body = read_regular(path, MAX_QUIZ).replace(b"\r\n", b"\n")
    except OSError as error:
        raise UsageError(
            f"this quiz cannot be read: {error.strerror or error}", where=in_one_line(str(path))
        ) from error
    return hashlib.sha256(body).hexdigest()[:_LENGTH]
