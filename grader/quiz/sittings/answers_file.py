"""A file of answers, YAML or JSON, read in place of what would be typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import yaml

from grader.course.course import Course
from grader.errors import UsageError, in_one_line
from grader.files import MAX_YAML, json_of, read_regular
from grader.quiz.kinds.base import Given, Unreadable
from grader.quiz.mark import Result, mark
from grader.quiz.model import Quiz
from grader.quiz.reading.faults import nearest
from grader.quiz.reading.load import read_quiz
from grader.quiz.reading.nodes import MAX_FAULTS, NodeFile
from grader.quiz.reply import SKIPPED, Reply, read_reply


class _Entry(NamedTuple):
    question: str
    answer: Given | None
    where: str


def mark_file(course: Course, name: str, path: Path, seed: int | None) -> Result:
    """Mark a file of answers to a quiz of a course.

    Letters mean the order of the quiz's file; a seed only draws the values.
    """
    quiz = read_quiz(course, name).drawn(seed)
    return mark(quiz, read_answers(path, quiz))


def read_answers(path: Path, quiz: Quiz) -> dict[str, Reply]:
    """Read replies from a file that maps question ids to answers; null skips.

    Raises
    ------
    UsageError
        The file is no such mapping, or has entries that mean nothing; the message lists them all.
    """
    questions = {question.id: question for question in quiz.questions}
    replies: dict[str, Reply] = {}
    faults: list[str] = []
    for name, answer, where in _from_json(path) or _from_yaml(path):
        if len(faults) == MAX_FAULTS:
            break
        if name not in questions:
            problem = f"the quiz {quiz.name} has no question {name!r}"
            faults.append(f"{where}: {problem}. {nearest(name, questions)}")
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
        body = read_regular(path, MAX_YAML)
        read = json_of(body, object_pairs_hook=_once, parse_int=str, parse_float=str)
    except (OSError, ValueError):  # the reader of YAML says what is wrong
        return []
    entries = read.items() if isinstance(read, dict) else ()
    where = in_one_line(str(path))
    return [_Entry(name, _plain(answer), where) for name, answer in entries]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key stands twice")  # the reader of YAML says where
    return dict(pairs)


def _plain(answer: Any) -> Given | None:
    if isinstance(answer, list):
        return [_text(item) for item in answer]
    if isinstance(answer, dict):
        return {thing: _text(item) for thing, item in answer.items()}
    return None if answer is None else _text(answer)


def _text(item: Any) -> str:
    """Return a single answer as it would be typed; more of them within it are none."""
    if isinstance(item, (list, dict)):
        return "[…]"
    return str(item).lower() if isinstance(item, bool) else str(item)


def _from_yaml(path: Path) -> list[_Entry]:
    file = NodeFile(path)

    def entries(root: yaml.Node) -> list[_Entry]:
        nodes = file.mapping(root, "a file of answers")
        return [_Entry(name, _given(file, node), file.where(node)) for name, node in nodes.items()]

    return file.read(entries, "this file of answers cannot be read:")


def _given(file: NodeFile, node: yaml.Node) -> Given | None:
    if isinstance(node, yaml.SequenceNode):
        return [file.word(item, "an item") for item in node.value]
    if isinstance(node, yaml.MappingNode):
        found = file.mapping(node, "an answer")
        return {thing: file.word(item, thing) for thing, item in found.items()}
    return str(node.value) if node.style or node.value not in ("", "~", "null") else None  # type: ignore[attr-defined]
