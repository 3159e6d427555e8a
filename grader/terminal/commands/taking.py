"""Taking a quiz here and now: go on or begin, ask, and tell how it went; or mark a file."""

from __future__ import annotations

import sys
from pathlib import Path

from grader.course.course import Course
from grader.course.progress import Progress
from grader.course.seed import fresh_seed
from grader.present.quiz_text import render_afterwards, render_result
from grader.quiz.mark import Result, mark
from grader.quiz.model import Quiz
from grader.quiz.reading.load import read_quiz
from grader.quiz.sittings.choose import Wish, chosen, left, untaken
from grader.quiz.sittings.record import Mode, QuizRecord, Sitting
from grader.terminal.commands.common import agreed, ask, open_progress, say, style_of
from grader.terminal.quiz_loop import Asking


def mark_file(course: Course, name: str, answers: Path, as_json: bool, seed: int | None) -> int:
    """Mark a file. Letters mean the order of the quiz's file; a seed only draws the values."""
    from grader.present.quiz_json import result_json
    from grader.quiz.sittings.answers_file import read_answers

    asked = read_quiz(course, name).drawn(seed)
    result = mark(asked, read_answers(answers, asked))
    if as_json:
        say(result_json(result, seed))
    else:
        say(render_result(result, None, "", style_of(sys.stdout)))
    return 1 if result.to_revise else 0


def take(course: Course, wish: Wish, seed: int | None) -> int:
    """Ask what is wished for, or what was left; a bare wish is for whatever comes first."""
    with open_progress(course) as progress:
        record = QuizRecord(progress)
        named = _named(course, progress, wish)
        begun = _left(course, record, named if any(wish) else wish, seed)
        begun = begun or _begun(course, record, named, fresh_seed() if seed is None else seed)
        if begun is None:
            return 0
        sitting, questions = begun
        result = Asking(record, style_of(sys.stdout), say, ask).run(sitting, questions)
        if result is None:
            also = " The time runs on." if sitting.round.minutes else ""
            say(f"Saved.{also} Go on with: grader quiz {sitting.round.scope}")
            return 1
        _tell(result, sitting, progress)
    return 1 if result.to_revise else 0


def _left(
    course: Course, record: QuizRecord, wish: Wish, seed: int | None
) -> tuple[Sitting, Quiz] | None:
    """Return the sitting that was left open, if there is one and it is to be gone on with."""
    sitting = record.open_sitting(wish.scope)
    if sitting is None:
        return None
    if sitting.round.quiz not in ("", *course.quizzes):  # the course has changed meanwhile
        record.close(sitting)
        return None
    questions, answered = left(course, sitting), len(record.replies(sitting))
    where = f"{answered} of {len(questions.questions)} are answered"
    is_exam = sitting.round.mode is Mode.EXAM  # its time runs on, and it is taken once
    if not is_exam and (not answered or seed not in (None, sitting.round.seed)):
        return None
    if sys.stdin.isatty() and not is_exam:
        if not agreed(f"You left {sitting.round.scope or 'a quiz'}: {where}. Go on? [Y/n] "):
            record.close(sitting)
            return None
    else:
        say(f"Going on where you left: {where}.\n")
    return sitting, questions


def _named(course: Course, progress: Progress, wish: Wish) -> Wish:
    """Return the wish with the quiz that it is about, if it is about one."""
    if wish.quiz or wish.topic or wish.missed:
        return wish
    return wish._replace(quiz=untaken(course, tuple(progress.quiz_standings())))


def _begun(
    course: Course, record: QuizRecord, wish: Wish, seed: int
) -> tuple[Sitting, Quiz] | None:
    """Begin a new sitting, or say why there is nothing to ask."""
    questions, wanted = chosen(course, record, wish, seed)
    if not wanted.questions:
        say("There is nothing to ask: nothing was missed, and nothing marked as doubtful.")
        return None
    return record.begin(wanted), questions


def _tell(result: Result, sitting: Sitting, progress: Progress) -> None:
    style, wanted = style_of(sys.stdout), sitting.round
    if wanted.mode is Mode.EXAM:
        say(render_afterwards(result, style))
    standing = progress.quiz_standings().get(wanted.quiz) if wanted.is_whole else None
    again = f"grader quiz {wanted.quiz} --missed".replace("  ", " ")
    say(render_result(result, standing, again, style))
