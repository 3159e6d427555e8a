"""Questions, verdicts and scores as they are read; words first, colour never alone."""

from __future__ import annotations

import math
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence

from grader.course.progress import QuizStanding
from grader.present.style import Style, points
from grader.quiz.characters import in_quotes
from grader.quiz.mark import Calibration, Mark, Result, TopicScore, Verdict
from grader.quiz.model import Question, Quiz
from grader.quiz.sittings.record import Mode

_WORDS = {
    Mark.RIGHT: ("CORRECT", "good"),
    Mark.PARTLY: ("PARTLY", "warn"),
    Mark.WRONG: ("WRONG", "bad"),
}
_MOST_TOPICS = 5
_DAY = 24 * 3600
_HOW = (
    "A number behind an answer says how sure you are, from 1 (a guess) to 3: b 3. It is not"
    " graded. ! marks a question as doubtful."
)
_EXAM = "An exam: no hints, and no word on an answer before the end."


def render_beginning(quiz: Quiz, mode: Mode, style: Style) -> str:
    """Return what stands before the first question."""
    total, most = len(quiz.questions), sum(question.weight for question in quiz.questions)
    lines = [style.paint(f"{quiz.title}, {count(total, 'question')}", "bold")]
    if most != total:
        lines += style.wrap(f"{points(most)} points in all, as some questions weigh more or less.")
    if mode is Mode.EXAM:
        lines += style.wrap(_EXAM)
    return "\n".join([*lines, *style.wrap(_HOW)]) + "\n"


def render_question(
    title: str, number: int, total: int, question: Question, left: float | None, style: Style
) -> str:
    """Return a question as it is asked; `left` are the seconds that an exam still has."""
    head = f"{title}, question {number} of {total}"
    if question.weight != 1:
        head += f", for {points(question.weight)} points"
    lines = [style.paint(line, "bold") for line in style.wrap(head)]
    if left is not None:
        lines.append(f"Time left: {count(max(1, round(left / 60)), 'minute')}")
    lines += ["", *_wrapped(question.ask, style), "", *_shown(question, style)]
    for label, text in question.kind.options():
        first, *rest = _wrapped(text, style, "     ") or [""]
        lines += [f"  {label}  {first.lstrip()}".rstrip(), *rest]
    return "\n".join(lines).rstrip("\n") + "\n"


def prompt(question: Question, mode: Mode, style: Style) -> str:
    """Return the lines that ask for a reply; it is typed behind the last one."""
    hint = "? hint, " if question.hint and mode is not Mode.EXAM else ""
    asked = f"{question.kind.invitation} ({hint}s skip, ! doubtful, q save and leave):"
    return "\n".join(style.wrap(asked)) + " "


def render_round(verdicts: Sequence[Verdict], left: int, style: Style) -> str:
    """Return how one round of a long quiz went, and how much of the quiz is left."""
    right = sum(verdict.mark is Mark.RIGHT for verdict in verdicts)
    return style.paint(f"This round: {right} of {len(verdicts)}. {left} are left.", "bold") + "\n"


def render_verdict(verdict: Verdict, style: Style, with_documents: bool = False) -> str:
    """Return the verdict on one answer, with the reason for it and for the right one.

    What can be opened to read more follows; `with_documents` also what its author rests it on.
    """
    if verdict.reply.given is None:
        return "Skipped.\n"
    said = [*_said(verdict, style), *_sources(verdict.question, style, with_documents)]
    return "\n".join(said) + "\n"


def _said(verdict: Verdict, style: Style) -> list[str]:
    """Return what was answered, how right it was, and why."""
    question, given = verdict.question, verdict.reply.given
    if given is None:
        lines = style.wrap(f"Skipped. Right is {question.kind.say(question.kind.right)}")
        return lines + _reasons(verdict, style)
    word, role = _WORDS[verdict.mark]
    if verdict.mark is Mark.PARTLY:
        word += f", {points(verdict.points)} of {points(question.weight)}"
    said = style.wrap(f"{word}  {question.kind.say(given)}")
    lines = [said[0].replace(word, style.paint(word, role), 1), *said[1:]]
    return lines + _reasons(verdict, style)


def _reasons(verdict: Verdict, style: Style) -> list[str]:
    lines: list[str] = []
    for what, because in verdict.remarks:
        if what:
            is_below_a_reason = lines and lines[-1].startswith("  ")
            lines += ["", *style.wrap(what)] if is_below_a_reason else style.wrap(what)
        lines += _wrapped(because, style, "  ") if because else []
    return lines


def _sources(question: Question, style: Style, with_documents: bool) -> list[str]:
    """Return what can be opened: the lesson and the stub of an exercise, and papers."""
    cited = question.sources if with_documents else question.papers
    lesson = [f"grader lesson {question.practise}"] if question.practise else []
    named = [*lesson, *map(str, cited)]
    lines = ["", *style.wrap(_in_a_list("Source", named))] if named else []
    practise = f"Practise: grader grade {question.practise}"
    return [*lines, *style.wrap(practise)] if question.practise else lines


def render_afterwards(result: Result, style: Style, with_documents: bool = False) -> str:
    """Return questions that were asked, each with its answer, the right one, and why."""
    blocks = []
    for number, verdict in enumerate(result.verdicts, 1):
        question = verdict.question
        lines = _wrapped(f"Question {number}. {question.ask}", style)
        shown = _shown(question, style)
        lines += ["", *shown] if shown else []
        lines += [*_said(verdict, style), *_sources(question, style, with_documents), ""]
        blocks.append("\n".join(lines))
    return "\n".join(blocks)


def render_result(
    result: Result,
    standing: QuizStanding | None,
    quiz: str,
    style: Style,
    files: Mapping[str, str] | None = None,
) -> str:
    """Return the score, first and last, and between them what to work on and how sure you were.

    `quiz` is the command that asks these questions, or empty where nothing was recorded; `files`
    are those of the exercises, by name.
    """
    head = [_score(result, style)]
    if standing:
        head.append(f"Best so far: {points(standing.best)} of {points(standing.max_score)}")
    blocks = [
        head,
        _to_work_on(result, quiz, files or {}, style),
        style.wrap(_calibration(result.calibration)) if result.calibration else [],
        _doubted(result.doubtful, style),
        _ways_on(quiz, style) if quiz and result.to_revise else [],
    ]
    blocks += [[_score(result, style)]] if any(blocks[1:]) else []
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _score(result: Result, style: Style) -> str:
    score, most = result.score, result.max_score
    share = score / most if most else 1.0
    percent = round(100 * share) if share == 1 else min(99, round(100 * share))
    said = f"{result.quiz.title}: {points(score)} of {points(most)}, {percent} %"
    return style.paint(said, "good" if share >= 0.8 else "warn" if share >= 0.5 else "bad")


def _to_work_on(result: Result, quiz: str, files: Mapping[str, str], style: Style) -> list[str]:
    """Return the topics of which most was missed, and what to do about each."""
    missed = [topic for topic in result.topics if topic.score < topic.max_score]
    worst = sorted(missed, key=lambda topic: topic.score - topic.max_score)[:_MOST_TOPICS]
    lines = []
    for topic in worst:
        scored = f"- {topic.topic}: {points(topic.score)} of {points(topic.max_score)}"
        remedy = _remedy(topic, result, quiz, files)
        lines += style.wrap(f"{scored}, {remedy}" if remedy else scored)
    return ["To work on:", *lines] if lines else []


def _remedy(topic: TopicScore, result: Result, quiz: str, files: Mapping[str, str]) -> str:
    """Return what to do about a topic: open the exercise that trains most of what was missed.

    A topic may bear the name of another exercise: the gradient of softmax is not in `softmax`.
    """
    missed = [v.question for v in result.to_revise if topic.topic in v.question.topics]
    trained = Counter(q.practise for q in missed if q.practise in files).most_common(1)
    named = trained[0][0] if trained else topic.topic if topic.topic in files else ""
    if named:
        return f"open {files[named]}"
    is_a_part = quiz and topic.topic != result.quiz.name
    name = topic.topic if topic.topic.isidentifier() else in_quotes(topic.topic)
    return f"{quiz} --topic {name}" if is_a_part else ""


def _ways_on(quiz: str, style: Style) -> list[str]:
    steps = (
        f"Each one missed, with what is right and why: {quiz} --wrong",
        f"Ask these again: {quiz} --missed",
    )
    return [line for step in steps for line in style.wrap(step)]


def render_due(times: Sequence[float], now: float, not_begun: Sequence[float], style: Style) -> str:
    """Return how many questions are due, or when the next one is.

    `not_begun` are the times of those in units that were not begun.
    """
    more = sum(at <= now for at in not_begun)
    also = f"{count(more, 'question')} of units that you have not begun: grader review --all"
    lines = [also] if more else []
    due = sum(at <= now for at in times)
    if due:
        lines.insert(0, f"{count(due, 'question')} still due: grader review")
    elif times:
        soon = _in_words(min(times) - now)
        lines.insert(0, f"Nothing is due. The next question is, in {soon}.")
    said = lines or ["Nothing to review yet. Take a quiz first: grader quiz"]
    return "\n".join(part for line in said for part in style.wrap(line))


def _in_words(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    if seconds > _DAY:  # due from the hour on at which a day begins: that day is what counts
        return count(math.ceil(seconds / _DAY), "day")
    return count(round(minutes / 60), "hour") if minutes >= 90 else count(minutes, "minute")


def _wrapped(text: str, style: Style, indent: str = "") -> list[str]:
    """Return a text as lines; YAML has joined those that belong together, so none are joined."""
    return [line for part in text.split("\n") for line in style.wrap(part, indent) or [""]]


def _listing(code: str, style: Style) -> list[str]:
    """Return a program as lines; one that is wider than the terminal goes on further in."""
    return [part for line in code.split("\n") for part in style.fold(f"  {line}")]


def _shown(question: Question, style: Style) -> list[str]:
    """Return the picture and the program of a question, an empty line behind each."""
    blocks = [_listing(text, style) for text in (question.picture, question.code) if text]
    return [line for block in blocks for line in (*block, "")]


def _in_a_list(title: str, items: Sequence[str]) -> str:
    first, *more = items
    return "\n- ".join([f"{title}s:", first, *more]) if more else f"{title}: {first}"


def _doubted(verdicts: Sequence[Verdict], style: Style) -> list[str]:
    """Return the questions that were marked, by what they ask: an id may hold the answer."""
    lines = []
    for verdict in verdicts:
        asked = textwrap.shorten(verdict.question.ask, style.width - 16, placeholder=" …")
        lines += style.wrap(f"- {asked} ({verdict.mark.value})")
    return ["Marked as doubtful:", *lines] if lines else []


def _calibration(found: Calibration) -> str:
    return (
        f"How sure you were: sure and right: {found.sure_and_right}, sure and wrong:"
        f" {found.sure_and_wrong}, guessed and right: {found.guessed_and_right}, guessed and"
        f" wrong: {found.guessed_and_wrong}"
    )


def count(number: int, what: str) -> str:
    """Return a number of things in words, such as `1 question` or `2 questions`."""
    return f"{number} {what}{'' if number == 1 else 's'}"
