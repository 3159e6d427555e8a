"""A question's texts as HTML, and its numbers and spellings as other programs read them."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from decimal import Decimal

from grader.quiz.kinds.base import Kind, on_one_line
from grader.quiz.kinds.choice import Choice, Choices
from grader.quiz.kinds.typed import Number, Printed, Shape, Words
from grader.quiz.model import Question
from grader.quiz.reading.nodes import MAX_TEXT

MAX_TEX = 5_000  # characters of TeX in all texts of a question: a quiz has thousands of these


def escaped(text: str) -> str:
    """Return a plain text as HTML."""
    return html.escape(text, quote=False)


def paragraphs(text: str) -> str:
    """Return a plain text as paragraphs of HTML; an empty line parts two of them."""
    blocks = [on_one_line(block) for block in text.split("\n\n")]
    return "".join(f"<p>{escaped(block)}</p>" for block in blocks if block)


def stem(question: Question) -> str:
    """Return what is asked: the text, the program, and what may be typed."""
    code = f"<pre><code>{escaped(question.code)}</code></pre>" if question.code else ""
    picture = f"<pre>{escaped(question.picture)}</pre>" if question.picture else ""
    return paragraphs(question.ask) + picture + code + _invitation(question.kind)


def explanation(question: Question) -> str:
    """Return what is said of the whole question afterwards: why, its papers, what trains it."""
    named = "; ".join(map(str, question.papers))
    source = f"<p>{escaped(f'Source: {named}')}</p>" if named else ""
    name = question.practise
    practise = f"<p>Practise: <code>grader grade {escaped(name)}</code></p>" if name else ""
    return paragraphs(question.because) + source + practise


def spellings(kind: Kind) -> tuple[str, ...]:
    """Return the texts that are right as they stand, the best one first; none for other kinds."""
    if isinstance(kind, Words):
        return kind.accepted
    if isinstance(kind, Printed):
        return tuple(dict.fromkeys([on_one_line(kind.printed), kind.content]))
    if isinstance(kind, Shape):
        sizes = str(kind.right)[1:-1]
        spaced = [f"({sizes})", f"[{sizes}]", *([sizes] if sizes else [])]
        return tuple(dict.fromkeys([*spaced, *("".join(text.split()) for text in spaced)]))
    return ()


def decimal(number: float) -> str:
    """Return a number in digits, without an exponent: a whole one exactly, any other in fifteen."""
    return str(number) if isinstance(number, int) else f"{Decimal(f'{number:.15g}'):f}"


def typeset(question: Question, choices: bool = True) -> Question:
    """Return a question with its formulas in TeX, as Moodle, Canvas and Anki typeset it.

    A text that is longer with TeX than any of a quiz stays as it is, and so does one with which the
    TeX of this question comes to more than a few thousand characters.
    """
    if not question.formulas:
        return question
    tex = dict(question.formulas)
    longest_first = sorted(tex, key=len, reverse=True)
    formula = re.compile("|".join(map(re.escape, longest_first)))

    left = MAX_TEX

    def set_in(text: str) -> str:
        nonlocal left
        added = sum(len(tex[name]) for name in formula.findall(text))
        if added > min(left, MAX_TEXT - len(text)):
            return text
        left -= added
        return formula.sub(lambda found: rf"\({tex[found[0]]}\)", text)

    ask, because, hint = map(set_in, (question.ask, question.because, question.hint))
    kind = question.kind
    if isinstance(kind, Choices):
        texts = (
            Choice(set_in(c.text) if choices else c.text, c.right, set_in(c.because))
            for c in kind.choices
        )
        kind = replace(kind, choices=tuple(texts))
    return question._replace(ask=ask, because=because, hint=hint, kind=kind)


def _invitation(kind: Kind) -> str:
    typed = isinstance(kind, (Number, Words, Shape, Printed))
    return f"<p><em>Answer: {escaped(kind.invitation)}</em></p>" if typed else ""
