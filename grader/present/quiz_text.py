"""Questions, verdicts and scores as they are read; words first, colour never alone."""

from __future__ import annotations

from collections.abc import Sequence

from grader.course.progress import QuizStanding
from grader.present.style import Style, points
from grader.quiz.mark import Calibration, Mark, Result, Verdict
from grader.quiz.model import Question
from grader.quiz.sittings.record import Mode

_WORDS = {
    Mark.RIGHT: ("CORRECT", "good"),
    Mark.PARTLY: ("PARTLY", "warn"),
    Mark.WRONG: ("WRONG", "bad"),
}
_HOW = (
    "A number behind an answer says how sure you are, from 1 (a guess) to 3: b 3. It is not"
    " graded. ! marks a question as doubtful."
)
_EXAM = "An exam: no hints, and no word on an answer before the end."


def render_beginning(title: str, total: int, mode: Mode, style: Style) -> str:
    """Return what stands before the first question."""
    lines = [style.paint(f"{title}, {count(total, 'question')}", "bold")]
    if mode is Mode.EXAM:
        lines += style.wrap(_EXAM)
    return "\n".join([*lines, *style.wrap(_HOW)]) + "\n"


def render_question(
    title: str, number: int, total: int, question: Question, left: float | None, style: Style
) -> str:
    """Return a question as it is asked; `left` are the seconds that an exam still has."""
    head = f"{title}, question {number} of {total}"
    lines = [style.paint(line, "bold") for line in style.wrap(head)]
    if left is not None:
        lines.append(f"Time left: {count(max(1, round(left / 60)), 'minute')}")
    lines += ["", *_wrapped(question.ask, style), ""]
    if question.code:
        lines += [*_listing(question.code, style), ""]
    for label, text in question.kind.options():
        first, *rest = _wrapped(text, style, "     ") or [""]
        lines += [f"  {label}  {first.lstrip()}".rstrip(), *rest]
    return "\n".join(lines).rstrip("\n") + "\n"


def prompt(question: Question, mode: Mode, style: Style) -> str:
    """Return the lines that ask for a reply; it is typed behind the last one."""
    hint = "? hint, " if question.hint and mode is not Mode.EXAM else ""
    asked = f"{question.kind.invitation} ({hint}s skip, ! doubtful, q save and leave):"
    return "\n".join(style.wrap(asked)) + " "


def render_verdict(verdict: Verdict, style: Style) -> str:
    """Return the verdict on one answer, with the reason for it and for the right one."""
    question, given = verdict.question, verdict.reply.given
    if given is None:
        return "Skipped.\n"
    word, role = _WORDS[verdict.mark]
    if verdict.mark is Mark.PARTLY:
        word += f", {points(verdict.points)} of {points(question.weight)}"
    said = style.wrap(f"{word}  {question.kind.say(given)}")
    lines = [said[0].replace(word, style.paint(word, role), 1), *said[1:]]
    for what, because in verdict.remarks:
        if what:
            lines += ["", *style.wrap(what)] if lines[-1].startswith("  ") else style.wrap(what)
        lines += _wrapped(because, style, "  ") if because else []
    if question.sources:
        lines += ["", *style.wrap(_named_sources(question))]
    if question.practise:
        lines += style.wrap(f"Practise: grader grade {question.practise}")
    return "\n".join(lines) + "\n"


def render_afterwards(result: Result, style: Style) -> str:
    """Return every question of an exam with its verdict, once it is over."""
    blocks = []
    for number, verdict in enumerate(result.verdicts, 1):
        question = verdict.question
        lines = _wrapped(f"Question {number}. {question.ask}", style)
        lines += ["", *_listing(question.code, style), ""] if question.code else []
        blocks.append("\n".join([*lines, render_verdict(verdict, style)]))
    return "\n".join(blocks)


def render_result(result: Result, standing: QuizStanding | None, again: str, style: Style) -> str:
    """Return the score, by topic as well, how sure you were, what to revise, and what to do.

    `again` is the command that asks once more what was not right, or empty.
    """
    score = f"{result.quiz.title}: {points(result.score)} of {points(result.max_score)}"
    head = [style.paint(score, "bold")]
    if standing:
        head.append(f"Best so far: {points(standing.best)} of {points(standing.max_score)}")
    topics = [f"- {t.topic}: {points(t.score)} of {points(t.max_score)}" for t in result.topics]
    names = [v.question.practise for v in result.to_revise if v.question.practise]
    next_steps = [f"Open the exercise: grader grade {name}" for name in dict.fromkeys(names)]
    if again and result.to_revise:
        next_steps.append(f"Ask these again: {again}")
    blocks = [
        head,
        ["By topic:", *topics] if len(topics) > 1 else [],
        style.wrap(_calibration(result.calibration)) if result.calibration else [],
        _listed("To revise:", result.to_revise, style),
        _listed("Marked as doubtful:", result.doubtful, style),
        [line for step in next_steps for line in style.wrap(step)],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def render_due(times: Sequence[float], now: float) -> str:
    """Return how many questions are due, or when the next one is."""
    if not times:
        return "Nothing to review yet. Take a quiz first: grader quiz"
    due = sum(at <= now for at in times)
    if due:
        return f"{count(due, 'question')} still due: grader review"
    return f"Nothing is due. The next question is, in {_in_words(min(times) - now)}."


def _in_words(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    hours, days = round(minutes / 60), round(minutes / 60 / 24)
    if hours >= 36:
        return count(days, "day")
    return count(hours, "hour") if minutes >= 90 else count(minutes, "minute")


def _wrapped(text: str, style: Style, indent: str = "") -> list[str]:
    """Return a text as lines; YAML has joined those that belong together, so none are joined."""
    return [line for part in text.split("\n") for line in style.wrap(part, indent) or [""]]


def _listing(code: str, style: Style) -> list[str]:
    """Return a program as lines; one that is wider than the terminal goes on further in."""
    return [part for line in code.split("\n") for part in style.fold(f"  {line}")]


def _named_sources(question: Question) -> str:
    first, *more = map(str, question.sources)
    return "\n- ".join(["Sources:", first, *more]) if more else f"Source: {first}"


def _listed(title: str, verdicts: Sequence[Verdict], style: Style) -> list[str]:
    lines = []
    for verdict in verdicts:
        sources = "; ".join(map(str, verdict.question.sources))
        where = f" ({sources})" if sources else ""
        lines += style.wrap(f"- {verdict.question.id}, {verdict.mark.value}{where}")
    return [title, *lines] if lines else []


def _calibration(found: Calibration) -> str:
    return (
        f"How sure you were: sure and right: {found.sure_and_right}, sure and wrong:"
        f" {found.sure_and_wrong}, guessed and right: {found.guessed_and_right}, guessed and"
        f" wrong: {found.guessed_and_wrong}"
    )


def count(number: int, what: str) -> str:
    """Return a number of things in words, such as `1 question` or `2 questions`."""
    return f"{number} {what}{'' if number == 1 else 's'}"
