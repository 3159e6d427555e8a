"""What somebody hands in of a quiz: a file of answers, or their record with the exams in it.

Of a record only exams count: practice says after every answer what was right.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from grader.course.progress import Progress
from grader.errors import GraderError, RefusedError
from grader.quiz.kinds.base import Given, squeezed
from grader.quiz.mark import Result, mark
from grader.quiz.model import Question, Quiz
from grader.quiz.reply import MAX_REPLY, Reply
from grader.quiz.sittings.answers_file import Entry, read_entries, replies_to
from grader.quiz.sittings.record import Mode, QuizRecord, Sitting

MAX_EXAMS = 50  # of one record; nobody takes more
_STUMBLES = 3  # at which a file is read once more: whoever could mend it is not there
_LONGEST = 200  # characters of a file's name that is said with every answer
_SQLITE = b"SQLite format 3\0"


class HandedIn(NamedTuple):
    """Answers to questions, of whichever quiz.

    Those of an exam were asked with the values of its `seed`, and each may have a confidence. A
    file of answers has no seed: its author was asked what their id draws, or what all were.
    """

    entries: tuple[Entry, ...]
    seed: int | None = None
    confidences: tuple[int | None, ...] = ()


class Marked(NamedTuple):
    """A quiz as somebody answered it, and what is said of entries that mean nothing."""

    result: Result
    unread: tuple[str, ...]


def is_record(body: bytes) -> bool:
    """Tell whether a file is a database, as a learner's record is one."""
    return body.startswith(_SQLITE)


def read_handed_in(body: bytes, label: str) -> list[HandedIn]:
    """Return what is in a file: one set of answers, or those of each exam, the oldest first.

    Raises
    ------
    RefusedError
        It is neither, or has no answers.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "handed-in")
        path.write_bytes(body)
        if is_record(body):
            return _exams(path)
        try:
            entries = tuple(read_entries(path, label[-_LONGEST:], _STUMBLES))
        except GraderError as error:
            raise RefusedError(str(error).replace("\n", " ")) from error
    if not entries:
        raise RefusedError("there are no answers in it")
    return [HandedIn(entries)]


def mark_handed_in(quiz: Quiz, handed_in: HandedIn, seed: int | None) -> Marked:
    """Mark answers to a quiz: with the values of their exam or, of a file, those of `seed`."""
    asked = quiz.drawn(seed if handed_in.seed is None else handed_in.seed)
    if handed_in.seed is None:
        replies, unread = replies_to(asked.in_words(), handed_in.entries)
        return Marked(mark(asked, replies), unread)
    questions = {question.id: question for question in asked.questions}
    found, unread_too = dict[str, Reply](), list[str]()
    for entry, confidence in zip(handed_in.entries, handed_in.confidences, strict=True):
        question = questions.get(entry.question)
        if question and entry.answer is not None:
            if not _may_be(question, entry.answer):
                unread_too.append(f"{entry.where}: {entry.question}: That was not on offer.")
                continue
            found[entry.question] = Reply(entry.answer, confidence)
    return Marked(mark(asked, found), tuple(unread_too))


def _exams(path: Path) -> list[HandedIn]:
    try:
        with Progress.copy_of(path) as progress:
            record = QuizRecord(progress)
            found = [_exam(record, each) for each in record.sittings(Mode.EXAM, MAX_EXAMS)]
    except (GraderError, sqlite3.Error) as error:
        raise RefusedError(f"it is no record of progress that can be read: {error}") from error
    exams = [exam for exam in found if exam.entries]
    if not exams:
        raise RefusedError("there is no exam in it: grader quiz NAME --exam makes one")
    return exams


def _exam(record: QuizRecord, sitting: Sitting) -> HandedIn:
    answers = record.answers(sitting)
    entries = (Entry(each.question, each.reply.given, "the exam") for each in answers.values())
    return HandedIn(
        tuple(entries),
        sitting.round.seed,
        tuple(each.reply.confidence for each in answers.values()),
    )


def _may_be(question: Question, given: Given) -> bool:
    """Tell whether an answer of a record is one that could have been given to a question."""
    parts = _parts(given)
    offered = {squeezed(text) for _, text in question.kind.options()}
    if not offered:
        return sum(map(len, parts)) <= MAX_REPLY
    # However long they are: an exam keeps what was offered, of which a letter was typed.
    return len(parts) <= MAX_REPLY and {squeezed(part) for part in parts} <= offered


def _parts(given: Given) -> Sequence[str]:
    return [given] if isinstance(given, str) else [*given, *_values(given)]


def _values(given: Iterable[str]) -> Iterable[str]:
    return given.values() if isinstance(given, dict) else ()
