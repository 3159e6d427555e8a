"""Marking: choices made become verdicts and a score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from grader.quiz.model import Choice, Question, Quiz


class Mark(str, Enum):
    """How a question was answered."""

    RIGHT = "right"
    WRONG = "wrong"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Verdict:
    """One question with the choice that was made, None where it was skipped."""

    question: Question
    chosen: Choice | None

    @property
    def mark(self) -> Mark:
        """Right, wrong or skipped."""
        if self.chosen is None:
            return Mark.SKIPPED
        return Mark.RIGHT if self.chosen.right else Mark.WRONG


@dataclass(frozen=True)
class Result:
    """A whole quiz, marked."""

    quiz: Quiz
    verdicts: tuple[Verdict, ...]

    @property
    def score(self) -> int:
        """Questions answered rightly."""
        return sum(verdict.mark is Mark.RIGHT for verdict in self.verdicts)

    @property
    def max_score(self) -> int:
        """Questions asked."""
        return len(self.verdicts)

    @property
    def to_revise(self) -> tuple[Verdict, ...]:
        """The questions that were not answered rightly."""
        return tuple(verdict for verdict in self.verdicts if verdict.mark is not Mark.RIGHT)


def mark(quiz: Quiz, chosen: Mapping[str, str | None]) -> Result:
    """Mark a quiz; `chosen` maps question ids to the texts of choices, or None for a skip."""
    return Result(quiz, tuple(Verdict(q, q.choice(chosen.get(q.id))) for q in quiz.questions))
