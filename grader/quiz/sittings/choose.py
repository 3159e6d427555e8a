"""Which questions are asked: a whole quiz, a topic, what was missed, or a few of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from random import Random
from typing import NamedTuple

from grader.course.course import Course
from grader.errors import UsageError
from grader.quiz.characters import in_quotes
from grader.quiz.mark import Mark, Result, Verdict
from grader.quiz.model import Question, Quiz
from grader.quiz.reading.load import read_questions, read_quiz
from grader.quiz.sittings.record import Mode, PastAnswer, QuizRecord, Round, Sitting


class Request(NamedTuple):
    """What somebody asked for; `quiz` is empty where the questions may come from all of them.

    `mix` is how many to draw from all that was begun.
    """

    quiz: str = ""
    topic: str = ""
    missed: bool = False
    most: int | None = None
    exam: bool = False
    minutes: float | None = None
    mix: int | None = None

    @property
    def scope(self) -> str:
        """The request as it would be typed, to resume it with `grader quiz`."""
        options = [
            f"--mix {self.mix}" if self.mix else "",
            f"--topic {in_quotes(self.topic)}" if self.topic else "",
            "--missed" if self.missed else "",
            f"--count {self.most}" if self.most else "",
            "--exam" if self.exam else "",
        ]
        return " ".join(filter(None, [self.quiz, *options]))

    @property
    def is_whole(self) -> bool:
        """Whether it takes in all questions of a quiz."""
        return bool(self.quiz) and not (self.topic or self.missed or self.most)


def with_quiz(course: Course, taken: Sequence[str], request: Request) -> Request:
    """Return a request with its quiz: unless it says where to look, the first that is not taken."""
    if request.quiz or request.topic or request.missed or request.mix:
        return request
    if not course.quizzes:
        raise course.lacks("quiz")
    untaken = [name for name in course.quizzes if name not in taken]
    return request._replace(quiz=(untaken or course.quizzes)[0])


def choose(
    course: Course, record: QuizRecord, request: Request, seed: int, begun: Collection[str] = ()
) -> tuple[Quiz, Round]:
    """Return the questions that a request is about, and the round that they make.

    `begun` are the quizzes that a mixed one draws from; without any it is those of the first unit.
    """
    quiz = _pool(course, request.quiz)
    questions = quiz.questions
    if request.mix:
        questions = _mixed(questions, begun or _first_quizzes(course), request.mix, seed)
    if request.topic:
        questions = _about(questions, request.topic)
    if request.missed:
        missed = _missed(record)
        questions = tuple(q for q in questions if missed.get(q.id) == q.key)
    if request.most and request.most < len(questions):
        drawn = Random(f"{seed} count").sample(range(len(questions)), request.most)
        questions = tuple(questions[index] for index in sorted(drawn))
    ids = tuple(question.id for question in questions)
    mode = Mode.EXAM if request.exam else Mode.PRACTICE
    wanted = Round(request.scope, request.quiz, mode, seed, ids, request.is_whole, request.minutes)
    return quiz._replace(questions=questions), wanted


def unfinished(
    course: Course, record: QuizRecord, scope: str, seed: int | None
) -> tuple[Sitting, Quiz] | None:
    """Return the sitting that was left before its end, with its questions, if it can be resumed.

    It cannot if its quiz, or every question of it, is no more; nor can practice if nothing was
    answered or the seed differs.
    """
    sitting = record.open_sitting(scope)
    if sitting is None:
        return None
    wanted = sitting.round
    if wanted.quiz not in ("", *course.quizzes):
        record.close(sitting)
        return None
    is_exam = wanted.mode is Mode.EXAM  # its time runs on, and it is taken once
    if not is_exam and (seed not in (None, wanted.seed) or not record.answers(sitting)):
        return None
    quiz = _pool(course, wanted.quiz)
    known = {question.id: question for question in quiz.questions}
    questions = tuple(known[name] for name in dict.fromkeys(wanted.questions) if name in known)
    if not questions:
        record.close(sitting)
        return None
    if len(questions) < len(quiz.questions):  # some came while it was left
        sitting = sitting._replace(round=wanted._replace(is_whole=False))
    return sitting, quiz._replace(questions=questions)


def not_right(course: Course, record: QuizRecord, name: str) -> Result:
    """Return the questions of a quiz, or of all, whose last answer was not right, as asked then.

    What an exam still asks is not told.
    """
    quiz, last, asked = _pool(course, name), _last_answers(record), record.asked_in_exams()
    verdicts = [
        Verdict(question.drawn(answer.seed).shuffled(answer.seed), answer.reply, answer.doubtful)
        for question in quiz.questions
        if (answer := last.get(question.id))
        and answer.key == question.key
        and question.id not in asked
    ]
    return Result(quiz, tuple(verdict for verdict in verdicts if verdict.mark is not Mark.RIGHT))


def _missed(record: QuizRecord) -> dict[str, str]:
    """Return the questions whose last answer was not right or was doubted, with its key."""
    return {
        name: answer.key
        for name, answer in _last_answers(record).items()
        if answer.mark is not Mark.RIGHT or answer.doubtful
    }


def _last_answers(record: QuizRecord) -> dict[str, PastAnswer]:
    return {answer.question: answer for answer in record.history()}


def _mixed(
    questions: Sequence[Question], quizzes: Collection[str], most: int, seed: int
) -> tuple[Question, ...]:
    """Return some questions of those quizzes, one of this and one of that, as the seed draws."""
    known = [question for question in questions if question.quiz in quizzes]
    return tuple(Random(f"{seed} mix").sample(known, min(most, len(known))))


def _first_quizzes(course: Course) -> tuple[str, ...]:
    return next((unit.quizzes for unit in course.units if unit.quizzes), ())


def _pool(course: Course, name: str) -> Quiz:
    return read_quiz(course, name) if name else Quiz("", course.title, read_questions(course))


def _about(questions: Sequence[Question], topic: str) -> tuple[Question, ...]:
    about = tuple(q for q in questions if topic in (*q.topics, q.practise, q.quiz))
    if about:
        return about
    known = dict.fromkeys(topic for question in questions for topic in question.topics)
    raise UsageError(
        f"no question is about {topic!r}", next=f"Topics here: {', '.join(known) or 'none'}."
    )
