"""When a question is due again: FSRS, replayed from the answers that were given.

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

from grader.course.course import Course
from grader.course.progress import Progress
from grader.quiz.mark import Mark
from grader.quiz.model import Question
from grader.quiz.reading.load import read_questions
from grader.quiz.sittings.record import PastAnswer, QuizRecord

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


def schedule(course: Course, progress: Progress) -> tuple[Due, ...]:
    """Return when each question of a course is due that ever will be, the earliest first.

    Passing an exercise makes the questions that it answers due once, those that were never asked
    as well.
    """
    answers = QuizRecord(progress).history()
    return due_times(read_questions(course), answers, progress.first_passes())


def due_times(
    questions: Iterable[Question], history: Sequence[PastAnswer], passes: Mapping[str, float]
) -> tuple[Due, ...]:
    """Return when questions are due, the earliest first; `passes` says when exercises were."""
    scheduler = Scheduler(learning_steps=_STEPS, relearning_steps=_STEPS, enable_fuzzing=False)
    given: dict[tuple[str, str], list[PastAnswer]] = defaultdict(list)
    for answer in history:
        given[answer.question, answer.key].append(answer)
    found = []
    for question in questions:
        answers = given[question.id, question.key]
        times = [_due(scheduler, answers)] if answers else []
        passed = passes.get(question.practise or "")
        if passed is not None and not any(answer.at > passed for answer in answers):
            times.append(passed)
        found += [Due(question, min(times))] if times else []
    return tuple(sorted(found, key=lambda due: due.at))


def _due(scheduler: Scheduler, answers: Sequence[PastAnswer]) -> float:
    card = Card(card_id=0)  # without a number, each card would wait for one of its own
    for answer in answers:
        at = datetime.fromtimestamp(answer.at, timezone.utc)
        card, _ = scheduler.review_card(card, _rating(answer), at)
    return card.due.timestamp()


def _rating(answer: PastAnswer) -> Rating:
    """Return how well an answer was known: a right guess counts as hard, half a right one not."""
    if answer.mark is not Mark.RIGHT:
        return Rating.Again
    return Rating.Hard if answer.reply.confidence == 1 else Rating.Good
