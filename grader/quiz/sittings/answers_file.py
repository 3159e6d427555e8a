"""A file of answers, YAML or JSON, read in place of what would be typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from grader.course.course import Course
from grader.quiz.kinds.base import Given, Unreadable
from grader.quiz.mark import Result, mark
from grader.quiz.model import Quiz
from grader.quiz.reading.faults import nearest
from grader.quiz.reading.load import read_quiz
from grader.quiz.reading.nodes import NodeFile
from grader.quiz.reply import SKIPPED, Reply, read_reply


class _Entry(NamedTuple):
    question: str
    answer: Given | None
    where: str


class Answers(NamedTuple):
    """The replies in a file by question, and what is said of each entry that means nothing."""

    replies: dict[str, Reply]
    unread: tuple[str, ...] = ()


class MarkedFile(NamedTuple):
    """A quiz as a file of answers has it, and what is said of each entry that means nothing."""

    result: Result
    unread: tuple[str, ...]


def mark_file(course: Course, name: str, path: Path, seed: int | None) -> MarkedFile:
    """Mark a file of answers to a quiz of a course; an entry that means nothing counts as skipped.

    Letters mean the order of the quiz's file; a seed only draws the values.
    """
    quiz = read_quiz(course, name).drawn(seed)
    answers = read_answers(path, quiz)
    return MarkedFile(mark(quiz, answers.replies), answers.unread)


def read_answers(path: Path, quiz: Quiz) -> Answers:
    """Read replies from a file that maps question ids to answers; null skips.

    Raises
    ------
    UsageError
        The file is no such mapping.
    """
    questions = {question.id: question for question in quiz.questions}
    replies, faults = {}, []
    for name, answer, where in _from_json(path) or _from_yaml(path):
        if name not in questions:
            problem = f"the quiz {quiz.name} has no question {name!r}"
            faults.append(f"{where}: {problem}. {nearest(name, questions)}")
            continue
        try:
            replies[name] = SKIPPED if answer is None else read_reply(answer, questions[name].kind)
        except Unreadable as error:
            faults.append(f"{where}: {name}: {error}")
    return Answers(replies, tuple(faults))


def _from_json(path: Path) -> list[_Entry]:
    """Return the entries of a JSON object; none if the file is something else."""
    try:
        read = json.loads(
            path.read_bytes(), object_pairs_hook=_once, parse_int=str, parse_float=str
        )
    except (ValueError, RecursionError):
        return []
    entries = read.items() if isinstance(read, dict) else ()
    return [_Entry(name, _plain(answer), str(path)) for name, answer in entries]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key stands twice")  # the reader of YAML says where
    return dict(pairs)


def _plain(answer: Any) -> Any:
    if isinstance(answer, list):
        return [str(item) for item in answer]
    if isinstance(answer, dict):
        return {thing: str(item) for thing, item in answer.items()}
    return str(answer).lower() if isinstance(answer, bool) else answer


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
