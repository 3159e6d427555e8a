"""A file of answers, YAML or JSON, read in place of what would be typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from grader.course.course import Course
from grader.errors import in_one_line
from grader.files import MAX_YAML, json_of, read_regular
from grader.quiz.kinds.base import Given, Unreadable
from grader.quiz.mark import Result, mark
from grader.quiz.model import Quiz
from grader.quiz.reading.faults import near, nearest
from grader.quiz.reading.load import read_quiz
from grader.quiz.reading.nodes import MAX_FAULTS, MAX_STUMBLES, NodeFile
from grader.quiz.reply import SKIPPED, Reply, read_reply

_MOST_NAMED = 12  # ids


class Entry(NamedTuple):
    """An answer as it stands in a file, not yet read: None skips. `where` is its `file:line`."""

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
    return replies_to(quiz, read_entries(path))


def read_entries(path: Path, label: str = "", stumbles: int = MAX_STUMBLES) -> list[Entry]:
    """Read what a file of answers maps to what; `label` is its path as people see it.

    YAML may stumble `stumbles` times in it, each of which is told.

    Raises
    ------
    UsageError
        The file is no such mapping.
    """
    shown = label or in_one_line(str(path))
    return _from_json(path, shown) or _from_yaml(path, shown, stumbles)


def replies_to(quiz: Quiz, entries: Iterable[Entry]) -> Answers:
    """Return what entries of a file mean as replies to a quiz as it was asked."""
    questions = {question.id: question for question in quiz.questions}
    replies: dict[str, Reply] = {}
    unread: list[str] = []
    for name, answer, where in entries:
        try:
            if name in questions:
                kind = questions[name].kind
                replies[name] = SKIPPED if answer is None else read_reply(answer, kind)
            elif len(unread) < MAX_FAULTS:
                problem = f"the quiz {quiz.name} has no question {name!r}"
                unread.append(f"{where}: {problem}. {_cure(name, questions)}")
        except Unreadable as error:
            if len(unread) < MAX_FAULTS:  # nobody reads more; all that can be marked is
                unread.append(f"{where}: {name}: {error}")
    return Answers(replies, tuple(unread))


def _cure(name: str, known: Collection[str]) -> str:
    """Return the id that is meant, or all; of many, nobody reads the list."""
    is_short = len(known) <= _MOST_NAMED or near(name, known)
    return nearest(name, known) if is_short else "Write the ids of the quiz's questions."


def _from_json(path: Path, shown: str) -> list[Entry]:
    """Return the entries of a JSON object; none if the file is something else."""
    try:
        body = read_regular(path, MAX_YAML)
        read = json_of(body, object_pairs_hook=_once, parse_int=str, parse_float=str)
    except (OSError, ValueError):  # the reader of YAML says what is wrong
        return []
    entries = read.items() if isinstance(read, dict) else ()
    return [Entry(name, _plain(answer), shown) for name, answer in entries]


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


def _from_yaml(path: Path, shown: str, stumbles: int) -> list[Entry]:
    file = NodeFile(path, shown, stumbles)

    def entries(root: yaml.Node) -> list[Entry]:
        nodes = file.mapping(root, "a file of answers")
        return [Entry(name, _given(file, node), file.where(node)) for name, node in nodes.items()]

    return file.read(entries, "this file of answers cannot be read:")


def _given(file: NodeFile, node: yaml.Node) -> Given | None:
    if isinstance(node, yaml.SequenceNode):
        return [file.word(item, "an item") for item in node.value]
    if isinstance(node, yaml.MappingNode):
        found = file.mapping(node, "an answer")
        return {thing: file.word(item, thing) for thing, item in found.items()}
    return str(node.value) if node.style or node.value not in ("", "~", "null") else None  # type: ignore[attr-defined]
