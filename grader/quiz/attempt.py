"""Taking a quiz: in which order choices are offered, and what a typed or filed reply means."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any

from grader.errors import UsageError
from grader.quiz.load import load_documents, load_quiz
from grader.quiz.model import Choice, Question, Quiz

LETTERS = "abcdefghi"


class Command(Enum):
    """What a reply may ask for instead of answering."""

    SKIP = "s"
    QUIT = "q"


def offered(question: Question, seed: int) -> tuple[Choice, ...]:
    """Return the choices in the order that `seed` shuffles them to."""
    choices = list(question.choices)
    random.Random(f"{seed} {question.id}").shuffle(choices)
    return tuple(choices)


def read_reply(reply: str, choices: Sequence[Choice]) -> Choice | Command | None:
    """Return what a typed reply means: a letter or a number chooses; None means nothing."""
    text = reply.strip().lower()
    if text in (Command.SKIP.value, Command.QUIT.value):
        return Command(text)
    if len(text) != 1:
        return None
    index = LETTERS.find(text) if text.isalpha() else int(text) - 1 if text in "123456789" else -1
    return choices[index] if 0 <= index < len(choices) else None


def read_quiz(path: Path, exercises: Sequence[str]) -> Quiz:
    """Load the quiz at `path` with the documents that lie beside it."""
    return load_quiz(path, exercises, load_documents(path.parent))


def read_answers(path: Path, quiz: Quiz) -> dict[str, str | None]:
    """Read answers from a YAML or JSON file that maps question ids to choices.

    A choice is its text, or its letter or number in the order of the quiz's file; null skips.

    Raises
    ------
    UsageError
        The file is no such mapping, or names a question or a choice that is not there.
    """
    given = _parse(path)
    questions = {question.id: question for question in quiz.questions}
    unknown = [str(name) for name in given if name not in questions]
    if unknown:
        raise UsageError(
            f"the quiz {quiz.name} has no question called {', '.join(unknown)}",
            where=str(path),
            next=f"Its questions are: {', '.join(questions)}.",
        )
    return {name: _chosen(questions[name], reply, path) for name, reply in given.items()}


def _parse(path: Path) -> Mapping[str, Any]:
    import yaml

    try:
        given = yaml.safe_load(path.read_text("utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError(
            f"this is neither YAML nor JSON: {' '.join(str(error).split())}", where=str(path)
        ) from error
    if not isinstance(given, dict):
        raise UsageError(
            "answers are lines `question-id: choice`",
            where=str(path),
            next="For example: softmax-axis: a",
        )
    return given


def _chosen(question: Question, reply: Any, path: Path) -> str | None:
    if reply is None:
        return None
    by_text = question.choice(str(reply))
    meant = by_text or read_reply(str(reply), question.choices)
    if isinstance(meant, Choice):
        return meant.text
    raise UsageError(
        f"{reply!r} is no choice of the question {question.id}",
        where=str(path),
        next=f"Give a letter up to {LETTERS[len(question.choices) - 1]}, a number, or the text.",
    )
