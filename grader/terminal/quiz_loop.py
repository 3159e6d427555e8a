"""One sitting of questions: each is put, its reply read, kept at once, and told about."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from grader.present.quiz_text import prompt, render_beginning, render_question, render_verdict
from grader.present.style import Style
from grader.quiz.kinds.base import Unreadable
from grader.quiz.mark import Result, Verdict, mark
from grader.quiz.model import Question, Quiz
from grader.quiz.reply import SKIPPED, Command, Reply, read_line
from grader.quiz.sittings.record import Mode, QuizRecord, Sitting


class Asking(NamedTuple):
    """Asks on a terminal or over a pipe: `ask` returns a typed line, None where the input ends."""

    record: QuizRecord
    style: Style
    say: Callable[[str], None]
    ask: Callable[[str], str | None]

    def run(self, sitting: Sitting, quiz: Quiz) -> Result | None:
        """Ask what is not answered yet, and finish; None where the learner left before the end."""
        quiz = quiz.drawn(sitting.round.seed).shuffled(sitting.round.seed)
        replies = self._given(sitting, quiz)
        if not replies:
            mode, total = sitting.round.mode, len(quiz.questions)
            self.say(render_beginning(quiz.title, total, mode, self.style))
        for number, question in enumerate(quiz.questions, 1):
            if question.id in replies:
                continue
            reply = None if _is_over(sitting) else self._put(sitting, quiz, number, question)
            if _is_over(sitting):  # before the question, or while the reply was typed
                self.say("The time is up. What was answered before counts.\n")
                break
            if reply is None:
                return None
            replies[question.id] = reply
            self._keep(sitting, question, reply)
        result = mark(quiz, replies, self.record.doubts(sitting))
        self.record.finish(sitting, result.score, result.max_score)
        return result

    def _given(self, sitting: Sitting, quiz: Quiz) -> dict[str, Reply]:
        """Return what was answered before; a question whose answer changed is asked again."""
        kept = self.record.replies(sitting)
        keys = {question.id: question.key for question in quiz.questions}
        return {name: k.reply for name, k in kept.items() if keys.get(name) == k.key}

    def _put(self, sitting: Sitting, quiz: Quiz, number: int, question: Question) -> Reply | None:
        """Put a question until the reply is an answer or a skip; None for leaving."""
        total, left = len(quiz.questions), sitting.seconds_left
        self.say(render_question(quiz.title, number, total, question, left, self.style))
        asked = prompt(question, sitting.round.mode, self.style)
        while (line := self.ask(asked)) is not None:  # the end of the input is leaving as well
            try:
                meant = read_line(line, question.kind)
            except Unreadable as error:
                self.say("\n".join(self.style.wrap(str(error))))
                continue
            if isinstance(meant, Reply):
                return meant
            if meant is Command.SKIP:
                return SKIPPED
            if meant is Command.QUIT:
                return None
            self._grant(meant, sitting, question)
        return None

    def _grant(self, wish: Command, sitting: Sitting, question: Question) -> None:
        """Do what was asked for instead of answering."""
        if wish is Command.DOUBT:
            marked = self.record.toggle_doubt(sitting, question.id)
            self.say("Marked as doubtful." if marked else "No longer marked as doubtful.")
        elif sitting.round.mode is Mode.EXAM:
            self.say("An exam gives no hints.")
        else:
            hint = f"Hint: {question.hint}" if question.hint else "There is no hint for this one."
            self.say("\n".join(self.style.wrap(hint)))

    def _keep(self, sitting: Sitting, question: Question, reply: Reply) -> None:
        verdict = Verdict(question, reply)
        self.record.keep(sitting, verdict)
        told = "Kept.\n" if sitting.round.mode is Mode.EXAM else render_verdict(verdict, self.style)
        self.say(told)


def _is_over(sitting: Sitting) -> bool:
    return sitting.seconds_left is not None and sitting.seconds_left <= 0
