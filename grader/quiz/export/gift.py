"""GIFT, the text that Moodle imports questions from.

What is escaped, and which weights Moodle knows, is as its importer reads them:
https://docs.moodle.org/en/GIFT_format. Texts are HTML but for what is typed or picked from a menu.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.quiz.export.exported import (
    Exported,
    as_asked,
    losses_of,
    lost_documents,
    lost_in_marking,
    lost_options,
    with_places,
)
from grader.quiz.export.texts import decimal, escaped, explanation, spellings, stem, typeset
from grader.quiz.kinds.arranged import Match
from grader.quiz.kinds.base import Kind, Partial, on_one_line
from grader.quiz.kinds.choice import Choice, Choices, Truth
from grader.quiz.kinds.typed import Number
from grader.quiz.model import Question, Quiz

_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")
_SPECIAL = re.compile(r"[~=#{}:\\]")


def write_gift(quizzes: Sequence[Quiz]) -> Exported:
    """Return the quizzes as GIFT, each in a category of its own."""
    blocks = [block for quiz in quizzes for block in _blocks(quiz)]
    losses = (*lost_documents(quizzes), *losses_of(quizzes, _lost))
    return Exported("\n\n".join([*blocks, ""]).encode(), losses)


def _blocks(quiz: Quiz) -> Iterator[str]:
    # Moodle takes this line as it is: it undoes escapes in questions only.
    yield f"$CATEGORY: $course$/top/{on_one_line(quiz.title).replace('/', '//')}"
    yield from (_question(question) for question in quiz.questions if not _is_lost(question.kind))


def _question(question: Question) -> str:
    asked = typeset(with_places(as_asked(question)))
    marks = " ".join([_mark("id", asked.id), *(_mark("tag", tag) for tag in asked.tags)])
    head = f"// {marks}\n::{_safe(asked.id)}::{_html(stem(asked))}{{"
    said = explanation(asked)
    general = [f"\t####{_html(said)}"] if said else []
    return "\n".join([head + _opening(asked.kind), *_answers(asked.kind), *general, "}"])


def _mark(kind: str, text: str) -> str:
    ended = text.replace("]", r"\]")
    apart = " " if ended.endswith("\\") else ""  # else it would be the bracket's, which ends no tag
    return f"[{kind}:{ended}{apart}]"


def _opening(kind: Kind) -> str:
    if isinstance(kind, Truth):
        return "TRUE" if kind.is_true else "FALSE"
    return "#" if isinstance(kind, Number) else ""


def _answers(kind: Kind) -> list[str]:
    """Return a line for each answer."""
    if isinstance(kind, Choices):
        right = sum(choice.right for choice in kind.choices)
        return [_choice(choice, 100 / right if kind.several else None) for choice in kind.choices]
    if isinstance(kind, Number):
        return [f"\t=%100%{decimal(kind.value)}:{decimal(kind.margin)}#"]
    if isinstance(kind, Match):
        return [f"\t={_html(escaped(one))} -> {_safe(two)}" for one, two in kind.pairs]
    return [f"\t=%100%{_typed(text)}#" for text in spellings(kind)]


def _choice(choice: Choice, percent: float | None) -> str:
    """Return one choice; with `percent`, as one of several that are right or take from them."""
    sign = "=" if choice.right else "~"
    if percent:  # with the five digits by which Moodle knows a weight, such as 33.33333
        weight = f"{percent:.5f}".rstrip("0").rstrip(".")
        sign = f"~%{'' if choice.right else '-'}{weight}%"
    because = f"#{_html(escaped(choice.because))}" if choice.because else ""
    return f"\t{sign}{_html(escaped(choice.text))}{because}"


def _typed(text: str) -> str:
    """Return a text that is compared with what is typed; a bare * would stand for anything."""
    bare = "[plain]" if _FORMAT.match(text) else ""
    return bare + _safe(text.replace("*", r"\*"))


def _html(text: str) -> str:
    return f"[html]{_safe(text)}"


def _safe(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text).replace("\n", r"\n")


def _is_lost(kind: Kind) -> bool:
    """Tell whether Moodle would take an answer that is typed for a match."""
    return any("->" in text for text in spellings(kind))


def _lost(question: Question) -> Iterator[str]:
    if _is_lost(question.kind):
        yield "left out: Moodle takes the -> in its answer for a match"
        return
    yield from lost_options(question)
    marked = Partial.NET if isinstance(question.kind, Choices) else Partial.EACH
    yield from lost_in_marking(question.drawn(None).kind, marked)
