"""YAML becomes a `Quiz`, or a list of everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

import yaml

from grader.course.course import Course
from grader.errors import CourseError
from grader.quiz.model import Document, Question, Quiz
from grader.quiz.reading.nodes import NodeFile
from grader.quiz.reading.question import QuestionReader, ways_of

DOCUMENTS = "documents.yaml"
MAX_QUESTIONS = 10_000  # of one quiz
MAX_BYTES = 5_000_000  # of all quizzes of a course
MOST_WAYS = 20_000  # in which the values in all of them can be drawn: each is worked out
Documents = Mapping[str, Document]  # by the names they are cited with


def read_quiz(course: Course, name: str, documents: Documents | None = None) -> Quiz:
    """Read a quiz of a course; `documents` are those that lie beside it."""
    path = course.quiz_path(name)
    known = read_documents(course) if documents is None else documents
    return load_quiz(path, course.exercises, known, course.display(path))


def read_quizzes(course: Course) -> tuple[Quiz, ...]:
    """Read every quiz of a course; an id may be used once in all of them.

    Raises `CourseError` where that is not so, and where they are more than anybody answers.
    """
    paths = [course.quiz_path(name) for name in course.quizzes]
    if sum(path.stat().st_size for path in paths if path.is_file()) > MAX_BYTES:
        raise CourseError(
            f"the quizzes come to more than {MAX_BYTES:,} bytes",
            where=str(course.root),
            next="Make two courses of it.",
        )
    documents = read_documents(course)
    quizzes, ways = list[Quiz](), 0
    for name in course.quizzes:
        quizzes.append(read_quiz(course, name, documents))
        ways += ways_in(quizzes[-1])
        require_few_ways(course, ways)
    where: dict[str, str] = {}
    for question in (question for quiz in quizzes for question in quiz.questions):
        if question.id in where:
            raise CourseError(
                f"the id {question.id!r} is used twice",
                where=question.where,
                next=f"{where[question.id]} has it too: give each question its own.",
            )
        where[question.id] = question.where
    return tuple(quizzes)


def ways_in(quiz: Quiz) -> int:
    """Return in how many ways the values of a quiz's questions can be drawn."""
    return sum(ways_of(question.variables) for question in quiz.questions)


def require_few_ways(course: Course, ways: int) -> None:
    """Raise `CourseError` where the values of all quizzes can be drawn in too many ways."""
    if ways > MOST_WAYS:
        raise CourseError(
            f"the values in all quizzes together can be drawn in more than {MOST_WAYS:,} ways",
            where=str(course.root),
            next="Offer fewer values, or make two courses of it.",
        )


def read_questions(course: Course) -> tuple[Question, ...]:
    """Read the questions of all quizzes of a course; raise `UsageError` if it has none."""
    if not course.quizzes:
        raise course.lacks("quiz")
    return tuple(question for quiz in read_quizzes(course) for question in quiz.questions)


def read_documents(course: Course) -> dict[str, Document]:
    """Read the documents that a course's questions may rest on, by the names they are cited with.

    They lie beside its quizzes; without the file there are none.
    """
    path = course.quiz_path("").with_name(DOCUMENTS)
    file = NodeFile(path, course.display(path))

    def documents(root: yaml.Node) -> dict[str, Document]:
        file.require_short(root)
        found = {}
        for name, node in file.mapping(root, "the list of documents").items():
            fields = file.fields(node, "a document", ("title", "sections"))
            sections = file.lines(fields.get("sections"), "a section")
            found[name] = Document(file.line(fields.get("title"), "title"), tuple(sections))
        return found

    return file.read(documents, f"{DOCUMENTS} cannot be used:") if path.is_file() else {}


def load_quiz(
    path: Path, exercises: Collection[str], documents: Documents, label: str = ""
) -> Quiz:
    """Read the quiz at `path`, which people see as `label`.

    `exercises` are the names that `practise` may give, `documents` those that a `source` may name.
    Raises a `CourseError` that has a line for each fault.
    """
    file = NodeFile(path, label)

    def quiz(root: yaml.Node) -> Quiz:
        file.require_short(root)
        fields = file.fields(root, "a quiz", ("quiz", "title", "questions"))
        cure = f"Write {path.stem}, as the file is called."
        name = file.word(fields.get("quiz"), "quiz", re.escape(path.stem), cure)
        nodes = file.items(fields.get("questions"), MAX_QUESTIONS)
        reader = QuestionReader(file, name, exercises, documents)
        questions = tuple(reader.read_all(nodes))
        file.once("the id", nodes, [question.id for question in questions])
        return Quiz(name, file.line(fields.get("title"), "title"), questions)

    return file.read(quiz, "this quiz cannot be used as it stands:")
