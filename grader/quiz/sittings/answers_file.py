"""A file of answers, YAML or JSON, read in place of what would be typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from grader.errors import UsageError
from grader.quiz.kinds.base import Given, Unreadable
from grader.quiz.model import Quiz
from grader.quiz.reading.nodes import NodeFile, nearest
from grader.quiz.reply import SKIPPED, Reply, read_reply


class _Entry(NamedTuple):
    question: str
    answer: Given | None
    where: str


def read_answers(path: Path, quiz: Quiz) -> dict[str, Reply]:
    """Read replies from a file that maps question ids to answers; null skips.

    Raises
    ------
    UsageError
        The file is no such mapping, or has entries that mean nothing: all of them are told.
    """
    questions = {question.id: question for question in quiz.questions}
    replies, faults = {}, []
    for name, answer, where in _from_json(path) or _from_yaml(path):
        if name not in questions:
            told = f"the quiz {quiz.name} has no question {name!r}. {nearest(name, questions)}"
            faults.append(f"{where}: {told}")
            continue
        try:
            replies[name] = SKIPPED if answer is None else read_reply(answer, questions[name].kind)
        except Unreadable as error:
            faults.append(f"{where}: {name}: {error}")
    if faults:
        raise UsageError("\n".join(["these answers cannot be marked:", *faults]))
    return replies


def _from_json(path: Path) -> list[_Entry]:
    """Return the entries of a JSON object; none if the file is something else."""
    try:
        given = json.loads(
            path.read_bytes(), object_pairs_hook=_once, parse_int=str, parse_float=str
        )
    except (ValueError, RecursionError):
        return []
    entries = given.items() if isinstance(given, dict) else ()
    return [_Entry(name, _plain(answer), str(path)) for name, answer in entries]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key stands twice")  # the reader of YAML says where
    return dict(pairs)


def _plain(answer: Any) -> Any:
    if isinstance(answer, list):
        return [str(_plain(item)) for item in answer]
    if isinstance(answer, dict):
        return {thing: str(_plain(item)) for thing, item in answer.items()}
    return str(answer).lower() if isinstance(answer, bool) else answer


def _from_yaml(path: Path) -> list[_Entry]:
    file = NodeFile(path, begins="question-id: answer")
    root = file.compose()
    nodes = file.mapping(root, "a file of answers") if root else {}
    entries = [_Entry(name, file.plain(node), file.where(node)) for name, node in nodes.items()]
    file.raise_faults("this file of answers cannot be read:")
    return entries
