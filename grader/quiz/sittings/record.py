"""What is remembered of quizzes: every sitting, and every answer from the moment it is given."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from enum import Enum
from typing import Any, NamedTuple

from grader.course.progress import Progress
from grader.errors import in_one_line
from grader.quiz.mark import Mark, Result, Verdict
from grader.quiz.reply import Reply

# Words and what is in quotes: nothing that a shell would take for more than what is typed.
_WORD = r"""(?:[\w-]+|(?:"[^"$`\\!\n]*"|'[^'\n]*')+)"""
_TYPED = re.compile(f"(?:{_WORD}(?: {_WORD})*)?")
_ROUND = "scope, quiz, mode, seed, questions, is_whole, minutes"


class Mode(str, Enum):
    """Why questions are asked: practice and review say at once what was right, an exam later."""

    PRACTICE = "practice"
    EXAM = "exam"
    REVIEW = "review"


class Round(NamedTuple):
    """What to ask: `scope` is how it was requested, by which it can be resumed.

    `quiz` is empty where the questions come from several, and `is_whole` says that they are all
    that the quiz has: only then does the score count for the map. An exam may end after `minutes`.
    """

    scope: str
    quiz: str
    mode: Mode
    seed: int
    questions: tuple[str, ...]
    is_whole: bool = False
    minutes: float | None = None


class Sitting(NamedTuple):
    """One go at a round of questions, and when it began."""

    id: int
    round: Round
    began: float

    @property
    def seconds_left(self) -> float | None:
        """How long an exam still goes on; None where it has no end."""
        minutes = self.round.minutes
        return None if minutes is None else self.began + 60 * minutes - time.time()

    @property
    def is_over(self) -> bool:
        """Whether the time of an exam is up."""
        left = self.seconds_left
        return left is not None and left <= 0


class PastAnswer(NamedTuple):
    """An answer that was given earlier, and marked by the `key` of that time.

    `seed` is what the question was drawn and shuffled with.
    """

    question: str
    key: str
    reply: Reply
    mark: Mark
    at: float
    doubtful: bool
    seed: int = 0


class QuizRecord:
    """The part of a learner's record that is about quizzes. Every method is one transaction."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    @property
    def is_kept(self) -> bool:
        """Whether what is saved is there in the next session, too."""
        return self._progress.is_kept

    def open_sitting(self, scope: str = "") -> Sitting | None:
        """Return the latest sitting that was left before its end, of any scope if none is named."""
        rows = self._progress.read(
            f"SELECT id, at, {_ROUND} FROM sittings WHERE is_open AND mode != ?"
            " AND ? IN (scope, '') ORDER BY id DESC LIMIT 1",
            Mode.REVIEW.value,
            scope,
        )
        return _sitting(rows[0]) if rows else None

    def asked_in_exams(self) -> frozenset[str]:
        """Return the questions of exams that were left, and may go on."""
        rows = self._progress.read(
            "SELECT questions FROM sittings WHERE is_open AND mode = ?"
            " AND (minutes IS NULL OR at + 60 * minutes > ?)",
            *(Mode.EXAM.value, time.time()),
        )
        return frozenset(name for (questions,) in rows for name in json.loads(questions))

    def sittings(self, mode: Mode, most: int = -1) -> list[Sitting]:
        """Return the sittings of a mode, the oldest first, also those that were left.

        Of them all, or of as many as are asked for, the newest.
        """
        rows = self._progress.read(
            f"SELECT id, at, {_ROUND} FROM sittings WHERE mode = ? ORDER BY id DESC LIMIT ?",
            *(mode.value, most),
        )
        return [_sitting(row) for row in reversed(rows)]

    def begin(self, wanted: Round) -> Sitting:
        """Begin a sitting; one of the same scope that was left open is closed."""
        began = time.time()
        ids = json.dumps(wanted.questions, ensure_ascii=False)  # no longer than their quizzes
        with self._progress.transaction() as database:
            database.execute(  # a quiz may be called review
                "UPDATE sittings SET is_open = 0 WHERE scope = ? AND (mode = ?) = ?",
                (wanted.scope, Mode.REVIEW.value, wanted.mode is Mode.REVIEW),
            )
            cursor = database.execute(
                f"INSERT INTO sittings (at, {_ROUND}, is_open) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)",
                (began, *wanted[:4], ids, *wanted[5:]),
            )
        return Sitting(cursor.lastrowid or 0, wanted, began)

    def save(self, sitting: Sitting, verdict: Verdict) -> None:
        """Save an answer, the moment it is given."""
        question, reply = verdict.question, verdict.reply
        self._progress.write(
            "INSERT OR REPLACE INTO replies (sitting, question, key, given, mark, confidence, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            *(sitting.id, question.id, question.key, json.dumps(reply.given)),
            *(verdict.mark.value, reply.confidence, time.time()),
        )

    def answers(self, sitting: Sitting) -> dict[str, PastAnswer]:
        """Return the answers that were given in a sitting, by question."""
        answers = self._answers("WHERE replies.sitting = ?", sitting.id)
        return {answer.question: answer for answer in answers}

    def history(self) -> list[PastAnswer]:
        """Return every answer that was ever given, the earliest first."""
        return self._answers("")

    def toggle_doubt(self, sitting: Sitting, question: str) -> bool:
        """Mark a question as doubtful, or take the mark away; return whether it is marked."""
        place = (sitting.id, question)
        with self._progress.transaction() as database:
            deleted = database.execute(
                "DELETE FROM doubts WHERE sitting = ? AND question = ?", place
            ).rowcount
            if not deleted:
                database.execute("INSERT INTO doubts VALUES (?, ?)", place)
        return not deleted

    def doubts(self, sitting: Sitting) -> frozenset[str]:
        """Return the questions that are marked as doubtful in a sitting."""
        rows = self._progress.read("SELECT question FROM doubts WHERE sitting = ?", sitting.id)
        return frozenset(question for (question,) in rows)

    def close(self, sitting: Sitting, result: Result | None = None) -> None:
        """Close a sitting, with its score if it was finished."""
        scores = (result.score, result.max_score) if result else (None, None)
        self._progress.write(
            "UPDATE sittings SET score = ?, max_score = ?, is_whole = ?, is_open = 0 WHERE id = ?",
            *(*scores, int(sitting.round.is_whole), sitting.id),
        )

    def _answers(self, where: str, *values: float) -> list[PastAnswer]:
        rows = self._progress.read(
            "SELECT replies.question, key, given, confidence, mark, replies.at,"
            " doubts.question NOT NULL, seed"
            " FROM replies LEFT JOIN doubts USING (sitting, question)"
            f" JOIN sittings ON sittings.id = replies.sitting {where} ORDER BY replies.id",
            *values,
        )
        return [
            PastAnswer(name, key, Reply(json.loads(given), sure), Mark(mark), at, bool(doubt), seed)
            for name, key, given, sure, mark, at, doubt, seed in rows
        ]


def _sitting(row: Sequence[Any]) -> Sitting:
    number, began, scope, quiz, mode, seed, questions, is_whole, minutes = row
    ids = tuple(json.loads(questions))
    scope = scope if _TYPED.fullmatch(scope) else ""  # whoever made the record: it is to be typed
    scope, quiz = map(in_one_line, (scope, quiz))
    wanted = Round(scope, quiz, Mode(mode), seed, ids, bool(is_whole), minutes)
    return Sitting(number, wanted, began)
