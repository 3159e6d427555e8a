"""How many questions rest on each section of each document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from grader.quiz.model import Document, Quiz


class Covered(NamedTuple):
    """A section of a document and how many questions rest on it."""

    document: str
    section: str
    questions: int


def coverage(quizzes: Iterable[Quiz], documents: Mapping[str, Document]) -> tuple[Covered, ...]:
    """Return the count for every section; a question with several sources counts on each."""
    questions = (question for quiz in quizzes for question in quiz.questions)
    counts = Counter((s.document, s.section) for q in questions for s in q.sources)
    return tuple(
        Covered(name, section, counts[name, section])
        for name, document in documents.items()
        for section in document.sections
    )
