"""When a question is due again: FSRS, replayed from the answers that were kept.

Nothing of the schedule is stored. So it cannot fall out of step with the answers, a question whose
right answer changed starts anew by its key alone, and a better scheduler changes every date.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from fsrs import Card, Rating, Scheduler

from grader.quiz.mark import Mark
from grader.quiz.model import Question
from grader.quiz.sittings.record import Kept

# A miss comes back in the same sitting of work; what is known comes back after days.
_STEPS = (timedelta(minutes=10),)


class Due(NamedTuple):
    """A question and the time from which on it is to be asked again."""

    question: Question
    at: float

    @property
    def is_now(self) -> bool:
        """Whether that time has come."""
        return self.at <= time.time()


def schedule(
    questions: Iterable[Question], history: Sequence[Kept], passes: Mapping[str, float]
) -> tuple[Due, ...]:
    """Return when each question is due that ever will be, the earliest first.

    Passing an exercise (`passes` says when) makes the questions that it answers due once, those
    that were never asked as well.
    """
    scheduler = Scheduler(learning_steps=_STEPS, relearning_steps=_STEPS, enable_fuzzing=False)
    given: dict[tuple[str, str], list[Kept]] = defaultdict(list)
    for kept in history:
        given[kept.question, kept.key].append(kept)
    found = []
    for question in questions:
        answers = given.get((question.id, question.key), [])
        due = _due(scheduler, answers) if answers else None
        passed = passes.get(question.practise or "")
        if passed is not None and not any(kept.at > passed for kept in answers):
            due = passed if due is None else min(due, passed)
        if due is not None:
            found.append(Due(question, due))
    return tuple(sorted(found, key=lambda due: due.at))


def _due(scheduler: Scheduler, answers: Sequence[Kept]) -> float:
    card = Card(card_id=0)  # without a number, each card would wait for one of its own
    for kept in answers:
        at = datetime.fromtimestamp(kept.at, timezone.utc)
        card, _ = scheduler.review_card(card, _rating(kept), at)
    return card.due.timestamp()


def _rating(kept: Kept) -> Rating:
    """Return how well an answer was known: a right guess counts as hard, half a right one not."""
    if kept.mark is not Mark.RIGHT:
        return Rating.Again
    return Rating.Hard if kept.reply.confidence == 1 else Rating.Good
