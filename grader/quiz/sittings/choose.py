"""Which questions are asked: a whole quiz, a topic, what was missed, or a few of them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from grader.course.course import Course
from grader.errors import UsageError
from grader.quiz.mark import Mark
from grader.quiz.model import Question, Quiz
from grader.quiz.reading.load import read_quiz, read_quizzes
from grader.quiz.sittings.record import Kept, Mode, QuizRecord, Round, Sitting


class Wish(NamedTuple):
    """What somebody asked for; `quiz` is empty where the questions may come from all of them."""

    quiz: str = ""
    topic: str = ""
    missed: bool = False
    most: int | None = None
    exam: bool = False
    minutes: float | None = None

    @property
    def scope(self) -> str:
        """The wish as it would be typed: what `grader quiz` goes on with."""
        options = [
            f'--topic "{self.topic}"' if self.topic else "",
            "--missed" if self.missed else "",
            f"--count {self.most}" if self.most else "",
            "--exam" if self.exam else "",
        ]
        return " ".join(filter(None, [self.quiz, *options]))

    @property
    def is_whole(self) -> bool:
        """Whether it takes in all questions of a quiz."""
        return bool(self.quiz) and not (self.topic or self.missed or self.most)


def chosen(course: Course, record: QuizRecord, wish: Wish, seed: int) -> tuple[Quiz, Round]:
    """Return the questions that a wish is about, and the round that they make."""
    quiz = _pool(course, wish.quiz)
    questions = quiz.questions
    if wish.topic:
        questions = _about(questions, wish.topic)
    if wish.missed:
        missed = missed_in(record.history())
        questions = tuple(q for q in questions if missed.get(q.id) == q.key)
    if wish.most and wish.most < len(questions):
        drawn = Random(f"{seed} count").sample(range(len(questions)), wish.most)
        questions = tuple(questions[index] for index in sorted(drawn))
    quiz = quiz._replace(questions=questions)
    ids = tuple(question.id for question in questions)
    mode = Mode.EXAM if wish.exam else Mode.PRACTICE
    return quiz, Round(wish.scope, wish.quiz, mode, seed, ids, wish.is_whole, wish.minutes)


def left(course: Course, sitting: Sitting) -> Quiz:
    """Return the questions of a sitting that was left; those that are no more drop out."""
    quiz = _pool(course, sitting.round.quiz)
    known = {question.id: question for question in quiz.questions}
    ids = [name for name in sitting.round.questions if name in known]
    return quiz._replace(questions=tuple(known[name] for name in ids))


def missed_in(history: Sequence[Kept]) -> dict[str, str]:
    """Return the questions whose last answer was not right or was doubted, with its key."""
    last = {kept.question: kept for kept in history}
    missed = [kept for kept in last.values() if kept.mark is not Mark.RIGHT or kept.doubtful]
    return {kept.question: kept.key for kept in missed}


def untaken(course: Course, taken: Sequence[str]) -> str:
    """Return the first quiz that was never taken to its end, or the first of all."""
    if not course.quizzes:
        raise course.lacks("quiz")
    return next((name for name in course.quizzes if name not in taken), course.quizzes[0])


def _pool(course: Course, name: str) -> Quiz:
    if name:
        return read_quiz(course, name)
    questions = tuple(question for quiz in read_quizzes(course) for question in quiz.questions)
    return Quiz("", course.title, questions)


def _about(questions: Sequence[Question], topic: str) -> tuple[Question, ...]:
    about = tuple(q for q in questions if topic in (*q.topics, q.practise, q.quiz))
    if about:
        return about
    known = dict.fromkeys(topic for question in questions for topic in question.topics)
    raise UsageError(
        f"no question is about {topic!r}", next=f"Topics here: {', '.join(known) or 'none'}."
    )
