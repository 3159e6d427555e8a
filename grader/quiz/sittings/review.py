"""When a question is due again: FSRS, replayed from the answers that were given.

Nothing of the schedule is stored. So it cannot fall out of step with the answers, a question whose
right answer changed starts anew by its key alone, and a better scheduler changes every date.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from datetime import time as clock
from typing import NamedTuple

from fsrs import Card, Rating, Scheduler

from grader.course.course import Course
from grader.course.progress import Progress
from grader.quiz.mark import Mark
from grader.quiz.model import Question
from grader.quiz.reading.load import read_questions
from grader.quiz.sittings.begun import quizzes_begun
from grader.quiz.sittings.record import PastAnswer, QuizRecord

# A miss comes back in the same sitting of work; what is known comes back after days.
_STEPS = (timedelta(minutes=10),)
_DAY = timedelta(days=1)
DAY_BEGINS = 4  # the hour at which yesterday's work ends for somebody who works at night


class Due(NamedTuple):
    """A question and the time from which on it is to be asked again."""

    question: Question
    at: float

    @property
    def is_now(self) -> bool:
        """Whether that time has come."""
        return self.at <= time.time()


class Agenda(NamedTuple):
    """What there is to review: what comes first, and what lies in units that were not begun."""

    due: tuple[Due, ...]
    not_begun: tuple[Due, ...]


def agenda(
    course: Course, progress: Progress, day_begins: int = DAY_BEGINS, everything: bool = False
) -> Agenda:
    """Return when each question of a course is due that ever will be.

    First stands what belongs to exercises passed and quizzes taken, and of that what is due first.
    With `everything`, no unit counts as not begun. Passing an exercise makes the questions that
    train it due once, those that were never asked as well.
    """
    progress.settle_dates()
    passes, taken = progress.first_passes(), progress.quiz_standings()
    questions, answers = read_questions(course), QuizRecord(progress).history()
    dues = due_times(questions, answers, passes, day_begins)
    first = sorted(
        dues, key=lambda d: d.question.practise not in passes and d.question.quiz not in taken
    )
    begun = course.quizzes if everything else quizzes_begun(course, progress)
    return Agenda(
        tuple(due for due in first if due.question.quiz in begun),
        tuple(due for due in first if due.question.quiz not in begun),
    )


def due_times(
    questions: Iterable[Question],
    history: Sequence[PastAnswer],
    passes: Mapping[str, float],
    day_begins: int = DAY_BEGINS,
) -> tuple[Due, ...]:
    """Return when questions are due, the earliest first; `passes` says when exercises were.

    What is due after days is so from the hour on at which its day begins.
    """
    scheduler = Scheduler(learning_steps=_STEPS, relearning_steps=_STEPS, enable_fuzzing=False)
    given: dict[tuple[str, str], list[PastAnswer]] = defaultdict(list)
    for answer in history:
        given[answer.question, answer.key].append(answer)
    found = []
    for question in questions:
        answers = given[question.id, question.key]
        times = [_due(scheduler, answers, day_begins)] if answers else []
        passed = passes.get(question.practise or "")
        if passed is not None and not any(answer.at > passed for answer in answers):
            times.append(passed)
        found += [Due(question, min(times))] if times else []
    return tuple(sorted(found, key=lambda due: due.at))


def _due(scheduler: Scheduler, answers: Sequence[PastAnswer], day_begins: int) -> float:
    card = Card(card_id=0)  # without a number, each card would wait for one of its own
    for answer in answers:
        at = datetime.fromtimestamp(answer.at, timezone.utc)
        card, _ = scheduler.review_card(card, _rating(answer), at)
    return _begin_of_day(card.due, day_begins) if card.due - at >= _DAY else card.due.timestamp()


def _begin_of_day(at: datetime, hour: int) -> float:
    """Return when the day of a time begins, by the clock of this computer."""
    day = (at.astimezone() - timedelta(hours=hour)).date()
    return datetime.combine(day, clock(hour)).timestamp()


def _rating(answer: PastAnswer) -> Rating:
    """Return how well an answer was known: a right guess counts as hard, half a right one not."""
    if answer.mark is not Mark.RIGHT:
        return Rating.Again
    return Rating.Hard if answer.reply.confidence == 1 else Rating.Good
