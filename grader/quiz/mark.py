"""Marking: replies become verdicts, points and a result."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from enum import Enum
from typing import NamedTuple

from grader.quiz.kinds.base import Remark
from grader.quiz.model import Question, Quiz
from grader.quiz.reply import SKIPPED, Reply


class Mark(str, Enum):
    """How a question was answered."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    SKIPPED = "skipped"


class Verdict(NamedTuple):
    """One question, as it was asked, with the reply; `doubtful` if the learner marked it so."""

    question: Question
    reply: Reply
    doubtful: bool = False

    @property
    def share(self) -> float:
        """How much of the answer is right, from 0 to 1."""
        return 0.0 if self.reply.given is None else self.question.kind.share(self.reply.given)

    @property
    def points(self) -> float:
        """What the answer is worth, at most the question's weight."""
        return self.question.weight * self.share

    @property
    def mark(self) -> Mark:
        """Right, partly right, wrong or skipped."""
        if self.reply.given is None:
            return Mark.SKIPPED
        share = self.share
        return Mark.RIGHT if share == 1 else Mark.PARTLY if share else Mark.WRONG

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What there is to say: why the answer is right or wrong, what is right, and why."""
        kind, given = self.question.kind, self.reply.given
        remarks = kind.remarks(kind.right if given is None else given)
        because = self.question.because
        return (*remarks, Remark("", because)) if because else remarks


class TopicScore(NamedTuple):
    """How much of one topic was right."""

    topic: str
    score: float
    max_score: float


class Calibration(NamedTuple):
    """What was answered surely, and what was guessed, beside what was right."""

    sure_and_right: int
    sure_and_wrong: int
    guessed_and_right: int
    guessed_and_wrong: int


class Result(NamedTuple):
    """A whole quiz, or a part of one, marked."""

    quiz: Quiz
    verdicts: tuple[Verdict, ...]

    @property
    def score(self) -> float:
        """Points gained."""
        return sum(verdict.points for verdict in self.verdicts)

    @property
    def max_score(self) -> float:
        """Points to be had."""
        return sum(verdict.question.weight for verdict in self.verdicts)

    @property
    def to_revise(self) -> tuple[Verdict, ...]:
        """The questions that were not answered rightly."""
        return tuple(verdict for verdict in self.verdicts if verdict.mark is not Mark.RIGHT)

    @property
    def doubtful(self) -> tuple[Verdict, ...]:
        """The questions that the learner marked."""
        return tuple(verdict for verdict in self.verdicts if verdict.doubtful)

    @property
    def topics(self) -> tuple[TopicScore, ...]:
        """The score of each topic; a question with several counts in each of them."""
        of: dict[str, list[Verdict]] = defaultdict(list)
        for verdict in self.verdicts:
            for topic in dict.fromkeys(verdict.question.topics):
                of[topic].append(verdict)
        parts = {name: Result(self.quiz, tuple(verdicts)) for name, verdicts in of.items()}
        return tuple(TopicScore(name, part.score, part.max_score) for name, part in parts.items())

    @property
    def calibration(self) -> Calibration | None:
        """How confidence and truth went together; None where no confidence was given."""
        pairs = [(v.reply.confidence, v.mark is Mark.RIGHT) for v in self.verdicts]
        if all(confidence is None for confidence, _ in pairs):
            return None
        counted = ((3, True), (3, False), (1, True), (1, False))
        return Calibration(*(pairs.count(pair) for pair in counted))


def mark(quiz: Quiz, replies: Mapping[str, Reply], doubts: Collection[str] = ()) -> Result:
    """Mark a quiz as it was asked; a question without a reply was skipped."""
    verdicts = (Verdict(q, replies.get(q.id, SKIPPED), q.id in doubts) for q in quiz.questions)
    return Result(quiz, tuple(verdicts))
