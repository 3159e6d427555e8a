"""A quiz on a sheet, as Markdown, and the file to answer it in, as YAML."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from grader.present.prose_markdown import fenced, prose_markdown, words_markdown
from grader.present.style import points
from grader.quiz.kinds.arranged import Match, Order
from grader.quiz.kinds.choice import Truth
from grader.quiz.model import Question, Quiz


def sheet_markdown(quiz: Quiz, name: str, file: str) -> str:
    """Return the questions of a quiz as it is drawn for somebody, who answers in a `file`."""
    blocks = [
        f"# {words_markdown(f'{quiz.title}: {name}')}",
        f"Answer in `{file}`, and hand that in.",
    ]
    for question in quiz.questions:
        blocks += _question(question)
    return "\n\n".join(blocks) + "\n"


def answers_form(quiz: Quiz) -> str:
    """Return a file of answers with nothing in it yet, and behind each id what may stand there."""
    lines = [
        f"# Answers to {quiz.title}: behind each colon. What is left empty is skipped.",
        "# A text in which : or # stands goes into quotes.",
    ]
    lines += [f"{question.id}:  # {_wanted(question)}" for question in quiz.questions]
    return "\n".join(lines) + "\n"


def _question(question: Question) -> Iterator[str]:
    worth = "" if question.weight == 1 else f" ({points(question.weight)} points)"
    yield f"## {question.id}{worth}"
    yield prose_markdown(question.ask)
    yield from (fenced(text.rstrip("\n")) for text in (question.picture, question.code) if text)
    if options := list(_options(question)):
        yield "\n".join(options)
    yield f"Answer: {_wanted(question)}."


def _options(question: Question) -> Iterator[str]:
    """Yield what is offered, with its letter; none where the quiz's own order is the right one."""
    kind = question.kind
    if isinstance(kind, (Order, Match)):
        kind = kind.shuffled(Random(question.id))
        is_thing = isinstance(kind, Match)
        for _, text in kind.options():
            if text:
                yield f"- {prose_markdown(text)}: …" if is_thing else f"- … {prose_markdown(text)}"
            is_thing = is_thing and bool(text)
    elif not isinstance(kind, Truth):
        yield from (f"- {label}: {prose_markdown(text)}" for label, text in kind.options())


def _wanted(question: Question) -> str:
    """Return what may stand in the file."""
    if isinstance(question.kind, Order):
        return "all of them in order, as a list: [first, second, third]"
    if isinstance(question.kind, Match):
        return "what belongs to each, as {one: this, other: that}"
    return "true or false" if isinstance(question.kind, Truth) else question.kind.invitation
