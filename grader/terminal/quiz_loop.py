"""Questions on a terminal or over a pipe; each answer is saved before its verdict is shown."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from grader.backstop import within_bounds
from grader.course.course import Course
from grader.course.progress import Progress
from grader.course.seed import fresh_seed
from grader.present.quiz_text import (
    count,
    prompt,
    render_afterwards,
    render_beginning,
    render_question,
    render_result,
    render_round,
    render_verdict,
)
from grader.present.style import Style
from grader.quiz.kinds.base import Unreadable
from grader.quiz.mark import Mark, Result, Verdict, mark
from grader.quiz.model import Question, Quiz
from grader.quiz.reply import SKIPPED, Command, Reply, read_line
from grader.quiz.sittings.begun import quizzes_begun
from grader.quiz.sittings.choose import Request, choose, not_right, unfinished, with_quiz
from grader.quiz.sittings.record import Mode, QuizRecord, Round, Sitting
from grader.terminal.commands.common import agreed, ask, open_progress, say, style_of

ROUND = 10  # questions, as many as one likes to answer without a break
_NOTHING = "There is nothing to ask: nothing was missed, and nothing marked as doubtful."
_LONG = 15  # so many are asked without offering one


class _Left(Exception):
    """The learner left before the end."""


class _TimeIsUp(Exception):
    """An exam is over."""


def take(
    course: Course, request: Request, seed: int | None, with_documents: bool = False
) -> Result | None:
    """Ask what is requested, and say how it went; None where the learner left before the end.

    What was left is resumed. A request that names nothing is for whatever was left, or else for a
    quiz that was never taken.
    """
    with open_progress(course) as progress:
        record = QuizRecord(progress)
        named = with_quiz(course, tuple(progress.quiz_standings()), request)
        begun = unfinished(course, record, (named if any(request) else request).scope, seed)
        if not begun or not _resumes(record, *begun):
            drawn = fresh_seed() if seed is None else seed
            known = quizzes_begun(course, progress) if named.mix else ()
            quiz, wanted = choose(course, record, named, drawn, known)
            if not quiz.questions:
                _say_wrapped(_NOTHING)
                return Result(quiz, ())
            begun = record.begin(wanted), quiz
        result, wanted = ask_all(record, *begun, with_documents), begun[0].round
        if result:
            _say_how_it_went(course, progress, result, wanted, with_documents)
    return result


def _say_how_it_went(
    course: Course, progress: Progress, result: Result, wanted: Round, with_documents: bool
) -> None:
    style = style_of(sys.stdout)
    if wanted.mode is Mode.EXAM:
        say(render_afterwards(result, style, with_documents))
    command = " ".join(filter(None, ["grader quiz", wanted.quiz]))
    best = progress.quiz_standings().get(wanted.quiz) if wanted.is_whole else None
    say(render_result(result, best, command, style, exercise_files(course)))
    if "--mix" in wanted.scope:
        say("")
        _say_wrapped(f"The same questions again: grader quiz {wanted.scope} --seed {wanted.seed}")


def exercise_files(course: Course) -> dict[str, str]:
    """Return the file of each exercise as people type it."""
    return {name: course.display(course.exercise_path(name)) for name in course.exercises}


def show_wrong(course: Course, name: str, with_documents: bool = False) -> None:
    """Show each question whose last answer was not right, with what is right and why."""
    with open_progress(course) as progress:
        result = not_right(course, QuizRecord(progress), name)
    if not result.verdicts:
        say("Nothing was missed.")
        return
    style, command = style_of(sys.stdout), " ".join(filter(None, ["grader quiz", name]))
    with within_bounds("quizzes"):
        told = render_afterwards(result, style, with_documents)
    say(told)
    missed = f"{count(len(result.verdicts), 'question')} missed. To answer again:"
    _say_wrapped(f"{missed} {command} --missed")


def ask_again(record: QuizRecord, questions: Sequence[Question]) -> Result | None:
    """Ask questions that are due, as a review; None where the learner left before the end."""
    ids = tuple(question.id for question in questions)
    sitting = record.begin(Round("review", "", Mode.REVIEW, fresh_seed(), ids))
    return ask_all(record, sitting, Quiz("", "Review", tuple(questions)))


def ask_all(
    record: QuizRecord, sitting: Sitting, quiz: Quiz, with_documents: bool = False
) -> Result | None:
    """Ask what is not answered yet, and finish; None where the learner left before the end."""
    wanted = sitting.round
    quiz = quiz.drawn(wanted.seed).shuffled(wanted.seed)
    result = _Asking(record, sitting, quiz, style_of(sys.stdout), with_documents).run()
    if result:
        record.close(sitting, result)
    elif not record.is_kept:
        say("Not saved, because progress cannot be kept here.")
    else:
        also = " The time runs on." if wanted.minutes else ""
        command = wanted.scope if wanted.mode is Mode.REVIEW else f"quiz {wanted.scope}"
        _say_wrapped(f"Saved.{also} Go on with: grader {command}")
    return result


def _resumes(record: QuizRecord, sitting: Sitting, quiz: Quiz) -> bool:
    """Ask whether to resume a sitting, or say so where nobody can answer; close it if not."""
    asked = {question.id for question in quiz.questions}  # some may be no more
    answers = [each for name, each in record.answers(sitting).items() if name in asked]
    answered = sum(answer.mark is not Mark.SKIPPED for answer in answers)
    where = f"{answered} of {len(quiz.questions)} are answered"
    if answered < len(answers):
        where += f", {len(answers) - answered} skipped"
    if not sys.stdin.isatty() or sitting.round.mode is Mode.EXAM:
        _say_wrapped(f"Going on where you left: {where}.")
        say("")
        return True
    if agreed(_wrapped(f"You left {sitting.round.scope or 'a quiz'}: {where}. Go on? [Y/n]")):
        return True
    record.close(sitting)
    return False


def _say_wrapped(text: str) -> None:
    say("\n".join(style_of(sys.stdout).wrap(text)))


def _wrapped(prompt: str) -> str:
    """Return a prompt in as many lines as it takes, and the space behind which one types."""
    return "\n".join(style_of(sys.stdout).wrap(prompt)) + " "


def exit_code(result: Result | None) -> int:
    """Return 0 if all was right; 1 if something was not, or was left."""
    return 0 if result and not result.to_revise else 1


class _Asking(NamedTuple):
    """Asks the questions of a sitting."""

    record: QuizRecord
    sitting: Sitting
    quiz: Quiz
    style: Style
    with_documents: bool

    @property
    def in_exam(self) -> bool:
        return self.sitting.round.mode is Mode.EXAM

    def run(self) -> Result | None:
        keys = {question.id: question.key for question in self.quiz.questions}
        answers = self.record.answers(self.sitting).items()
        # A question that was skipped, or whose right answer has changed since, is asked again.
        replies = {
            name: answer.reply
            for name, answer in answers
            if answer.key == keys.get(name) and answer.mark is not Mark.SKIPPED
        }
        if not replies:
            say(render_beginning(self.quiz, self.sitting.round.mode, self.style))
        try:
            self._ask_rounds(replies)
        except _Left:
            return None
        except _TimeIsUp:
            _say_wrapped("The time is up. What was answered before counts.")
            say("")
        return mark(self.quiz, replies, self.record.doubts(self.sitting))

    def _ask_rounds(self, replies: dict[str, Reply]) -> None:
        """Ask what is open, all at once or so many at a time as somebody wants."""
        questions = [question for question in self.quiz.questions if question.id not in replies]
        while questions:
            size = self._size_of_round(len(questions))
            now, questions = questions[:size], questions[size:]
            self._ask_round(now, replies)
            if questions:
                verdicts = [Verdict(question, replies[question.id]) for question in now]
                say(render_round(verdicts, len(questions), self.style))

    def _ask_round(self, questions: Sequence[Question], replies: dict[str, Reply]) -> None:
        """Ask some questions; one that is skipped comes back once the others were asked."""
        numbers = {question.id: n for n, question in enumerate(self.quiz.questions, 1)}
        waiting, put_off = deque(questions), list[Question]()
        while waiting:
            question = waiting.popleft()
            reply = self._ask(numbers[question.id], question)
            verdict = Verdict(question, reply)
            self.record.save(self.sitting, verdict)
            if reply is SKIPPED and question not in put_off:
                put_off.append(question)
                waiting.append(question)
                _say_wrapped("Skipped. It comes back at the end of this round.")
                say("")
                continue
            replies[question.id] = reply
            shown = render_verdict(verdict, self.style, self.with_documents)
            say("Kept.\n" if self.in_exam else shown)
            if waiting and reply is not SKIPPED:
                self._pause(question)

    def _ask(self, number: int, question: Question) -> Reply:
        """Ask until the reply is an answer or a skip."""
        quiz, time_left = self.quiz, self.sitting.seconds_left
        if self.sitting.is_over:
            raise _TimeIsUp
        total = len(quiz.questions)
        say(render_question(quiz.title, number, total, question, time_left, self.style))
        asked = prompt(question, self.sitting.round.mode, self.style)
        while True:
            line = self._line(asked)
            if self.sitting.is_over:  # while the reply was typed
                raise _TimeIsUp
            try:
                meant = read_line(line, question.kind)
            except Unreadable as error:
                _say_wrapped(str(error))
                continue
            if isinstance(meant, Reply):
                return meant
            if meant is Command.SKIP:
                return SKIPPED
            self._obey(meant, question)

    def _line(self, asked: str) -> str:
        """Return the line that is typed; the end of the input is leaving."""
        line = ask(asked)
        if line is None:
            raise _Left
        return line

    def _obey(self, command: Command, question: Question) -> None:
        """Give a hint, mark the question as doubtful, or leave."""
        if command is Command.QUIT:
            raise _Left
        if command is Command.DOUBT:
            marked = self.record.toggle_doubt(self.sitting, question.id)
            say("Marked as doubtful." if marked else "No longer marked as doubtful.")
        elif self.in_exam:
            say("An exam gives no hints.")
        else:
            hint = f"Hint: {question.hint}" if question.hint else "There is no hint for this one."
            _say_wrapped(hint)

    def _pause(self, question: Question) -> None:
        """Wait until the verdict was read, where somebody is there who reads it."""
        if self.in_exam or not sys.stdin.isatty():
            return
        asked = _wrapped("Enter goes on (! doubtful, q save and leave):")
        while line := self._line(asked).lower():
            if line in (Command.QUIT.value, Command.DOUBT.value):
                self._obey(Command(line), question)
        say("")

    def _size_of_round(self, left: int) -> int:
        """Ask how many questions are wanted before a break, where that makes a difference."""
        if self.in_exam or left <= _LONG or not sys.stdin.isatty():
            return left
        asked = _wrapped(f"{ROUND} now, or all {left}? [{ROUND}/all, q leaves]")
        while line := self._line(asked).lower():
            if line == Command.QUIT.value:
                raise _Left
            if line in ("a", "all"):
                return left
            if line.isascii() and line.isdigit() and 0 < int(line[:9]) <= left:
                return int(line)
        return ROUND
