"""YAML becomes a `Quiz`, or a list of everything that is wrong with it."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import yaml

from grader.course.course import Course
from grader.errors import CourseError
from grader.quiz.model import Document, Quiz
from grader.quiz.reading.nodes import NodeFile
from grader.quiz.reading.question import DOCUMENTS, QuestionReader


def read_quiz(course: Course, name: str) -> Quiz:
    """Read a quiz of a course, with the documents that lie beside it."""
    return _read(course, name, read_documents(course))


def read_quizzes(course: Course) -> tuple[Quiz, ...]:
    """Read every quiz of a course; an id may be used once in all of them."""
    documents = read_documents(course)
    quizzes = tuple(_read(course, name, documents) for name in course.quizzes)
    where: dict[str, str] = {}
    for question in (question for quiz in quizzes for question in quiz.questions):
        if question.id in where:
            raise CourseError(
                f"the id {question.id!r} is used twice",
                where=question.where,
                next=f"{where[question.id]} has it too: give each question its own.",
            )
        where[question.id] = question.where
    return quizzes


def read_documents(course: Course) -> dict[str, Document]:
    """Read the documents that a course's questions may rest on; they lie beside its quizzes."""
    folder = course.quiz_path("").parent
    return load_documents(folder, course.display(folder / DOCUMENTS))


def _read(course: Course, name: str, documents: Mapping[str, Document]) -> Quiz:
    path = course.quiz_path(name)
    return load_quiz(path, course.exercises, documents, course.display(path))


def load_quiz(
    path: Path, exercises: Collection[str], documents: Mapping[str, Document], told_as: str = ""
) -> Quiz:
    """Read the quiz at `path`.

    `exercises` are the names that `practise` may give, `documents` those that a `source` may name,
    and `told_as` is the path as people see it.

    Raises
    ------
    CourseError
        With one line `file:line:column: what is wrong. What to write instead.` for each fault.
    """
    file = NodeFile(path, told_as)
    with _no_collecting():
        root = file.compose()
        quiz = _quiz(file, root, exercises, documents) if root else None
    file.raise_faults("this quiz cannot be used as it stands:")
    assert quiz
    return quiz


def load_documents(folder: Path, told_as: str = "") -> dict[str, Document]:
    """Return the documents that questions may rest on, by the names they are cited with."""
    path = folder / DOCUMENTS
    if not path.is_file():
        return {}
    file = NodeFile(path, told_as, begins="NAME:")
    root = file.compose()
    entries = file.mapping(root, "the list of documents") if root else {}
    documents = {name: _document(file, name, node) for name, node in entries.items()}
    file.raise_faults(f"{DOCUMENTS} cannot be used:")
    return documents


def _document(file: NodeFile, name: str, node: yaml.Node) -> Document:
    fields = file.fields(node, f"the document {name}", ("title", "sections"), ())
    sections = [file.text(item, "a section") for item in file.items(fields.get("sections"))]
    return Document(file.text(fields.get("title"), "title"), tuple(sections))


def _quiz(
    file: NodeFile,
    root: yaml.Node,
    exercises: Collection[str],
    documents: Mapping[str, Document],
) -> Quiz:
    fields = file.fields(root, "a quiz", ("quiz", "title", "questions"), ())
    name, stem = file.word(fields.get("quiz"), "quiz"), file.path.stem
    if name and name != stem:
        told = f"the quiz is called {name!r}, and its file {stem!r}"
        file.fault(fields["quiz"], told, f"Write {stem}.")
    nodes = file.items(fields.get("questions"))
    if isinstance(fields.get("questions"), yaml.SequenceNode) and not nodes:
        file.fault(fields["questions"], "there are no questions", "Write `- id: …` below it.")
    reader = QuestionReader(file, name, exercises, documents)
    questions = tuple(reader.read(node) for node in nodes)
    return Quiz(name, file.text(fields.get("title"), "title"), questions)


@contextlib.contextmanager
def _no_collecting() -> Iterator[None]:
    """Keep the garbage collector from looking through a large file's nodes again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
