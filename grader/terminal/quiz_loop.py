"""Questions on a terminal or over a pipe; each answer is saved before its verdict is shown."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NamedTuple

from grader.course.course import Course
from grader.course.seed import fresh_seed
from grader.present.quiz_text import (
    prompt,
    render_afterwards,
    render_beginning,
    render_question,
    render_result,
    render_verdict,
)
from grader.present.style import Style
from grader.quiz.kinds.base import Unreadable
from grader.quiz.mark import Result, Verdict, mark
from grader.quiz.model import Question, Quiz
from grader.quiz.reply import SKIPPED, Command, Reply, read_line
from grader.quiz.sittings.choose import Request, choose, unfinished, with_quiz
from grader.quiz.sittings.record import Mode, QuizRecord, Round, Sitting
from grader.terminal.commands.common import agreed, ask, open_progress, say, style_of


def take(course: Course, request: Request, seed: int | None) -> Result | None:
    """Ask what is requested, and say how it went; None where the learner left before the end.

    What was left is resumed. A request that names nothing is for whatever was left, or else for a
    quiz that was never taken.
    """
    with open_progress(course) as progress:
        record = QuizRecord(progress)
        named = with_quiz(course, tuple(progress.quiz_standings()), request)
        begun = unfinished(course, record, (named if any(request) else request).scope, seed)
        if not begun or not _resumes(record, *begun):
            quiz, wanted = choose(course, record, named, fresh_seed() if seed is None else seed)
            if not quiz.questions:
                say("There is nothing to ask: nothing was missed, and nothing marked as doubtful.")
                return Result(quiz, ())
            begun = record.begin(wanted), quiz
        result, wanted = ask_all(record, *begun), begun[0].round
        if result:
            style, standings = style_of(sys.stdout), progress.quiz_standings()
            if wanted.mode is Mode.EXAM:
                say(render_afterwards(result, style))
            again = " ".join(filter(None, ["grader quiz", wanted.quiz, "--missed"]))
            best = standings.get(wanted.quiz) if wanted.is_whole else None
            say(render_result(result, best, again, style))
    return result


def ask_again(record: QuizRecord, questions: Sequence[Question]) -> Result | None:
    """Ask questions that are due, as a review; None where the learner left before the end."""
    ids = tuple(question.id for question in questions)
    sitting = record.begin(Round("review", "", Mode.REVIEW, fresh_seed(), ids))
    return ask_all(record, sitting, Quiz("", "Review", tuple(questions)))


def ask_all(record: QuizRecord, sitting: Sitting, quiz: Quiz) -> Result | None:
    """Ask what is not answered yet, and finish; None where the learner left before the end."""
    wanted = sitting.round
    quiz = quiz.drawn(wanted.seed).shuffled(wanted.seed)
    result = _Asking(record, sitting, quiz, style_of(sys.stdout)).run()
    if result:
        record.close(sitting, result)
    else:
        also = " The time runs on." if wanted.minutes else ""
        command = wanted.scope if wanted.mode is Mode.REVIEW else f"quiz {wanted.scope}"
        say(f"Saved.{also} Go on with: grader {command}")
    return result


def _resumes(record: QuizRecord, sitting: Sitting, quiz: Quiz) -> bool:
    """Ask whether to resume a sitting, or say so where nobody can answer; close it if not."""
    where = f"{len(record.answers(sitting))} of {len(quiz.questions)} are answered"
    if not sys.stdin.isatty() or sitting.round.mode is Mode.EXAM:
        say(f"Going on where you left: {where}.\n")
        return True
    if agreed(f"You left {sitting.round.scope or 'a quiz'}: {where}. Go on? [Y/n] "):
        return True
    record.close(sitting)
    return False


def exit_code(result: Result | None) -> int:
    """Return 0 if all was right; 1 if something was not, or was left."""
    return 0 if result and not result.to_revise else 1


class _Asking(NamedTuple):
    """Asks the questions of a sitting."""

    record: QuizRecord
    sitting: Sitting
    quiz: Quiz
    style: Style

    def run(self) -> Result | None:
        keys = {question.id: question.key for question in self.quiz.questions}
        answers = self.record.answers(self.sitting).items()
        # A question whose right answer has changed since is asked again.
        replies = {name: answer.reply for name, answer in answers if answer.key == keys.get(name)}
        if not replies:
            total, mode = len(self.quiz.questions), self.sitting.round.mode
            say(render_beginning(self.quiz.title, total, mode, self.style))
        for number, question in enumerate(self.quiz.questions, 1):
            if question.id in replies:
                continue
            reply = None if self.sitting.is_over else self._ask(number, question)
            if self.sitting.is_over:  # before the question, or while the reply was typed
                say("The time is up. What was answered before counts.\n")
                break
            if reply is None:
                return None
            replies[question.id] = reply
            self._save(question, reply)
        return mark(self.quiz, replies, self.record.doubts(self.sitting))

    def _ask(self, number: int, question: Question) -> Reply | None:
        """Ask until the reply is an answer or a skip; None for leaving."""
        quiz, time_left = self.quiz, self.sitting.seconds_left
        total = len(quiz.questions)
        say(render_question(quiz.title, number, total, question, time_left, self.style))
        asked = prompt(question, self.sitting.round.mode, self.style)
        while (line := ask(asked)) is not None:  # the end of the input is leaving as well
            try:
                meant = read_line(line, question.kind)
            except Unreadable as error:
                say("\n".join(self.style.wrap(str(error))))
                continue
            if isinstance(meant, Reply):
                return meant
            if meant is Command.SKIP:
                return SKIPPED
            if meant is Command.QUIT:
                return None
            self._help(meant, question)
        return None

    def _help(self, command: Command, question: Question) -> None:
        """Give a hint, or mark the question as doubtful."""
        if command is Command.DOUBT:
            marked = self.record.toggle_doubt(self.sitting, question.id)
            say("Marked as doubtful." if marked else "No longer marked as doubtful.")
        elif self.sitting.round.mode is Mode.EXAM:
            say("An exam gives no hints.")
        else:
            hint = f"Hint: {question.hint}" if question.hint else "There is no hint for this one."
            say("\n".join(self.style.wrap(hint)))

    def _save(self, question: Question, reply: Reply) -> None:
        verdict = Verdict(question, reply)
        self.record.save(self.sitting, verdict)
        in_exam = self.sitting.round.mode is Mode.EXAM
        say("Kept.\n" if in_exam else render_verdict(verdict, self.style))
