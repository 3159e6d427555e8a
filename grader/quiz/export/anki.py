"""Notes for Anki, as the text that its desktop program imports.

A text with a column of guids is the one form whose notes are updated whenever it is imported again,
with the learner's history left to them: https://docs.ankiweb.net/importing/text-files.html.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from grader.quiz.export.exported import (
    Exported,
    as_asked,
    losses_of,
    lost_documents,
    lost_options,
    lost_parts,
)
from grader.quiz.export.texts import decimal, escaped, explanation, paragraphs, stem, typeset
from grader.quiz.kinds.arranged import Match, Order
from grader.quiz.kinds.base import LETTERS, Kind
from grader.quiz.kinds.choice import Choice, Choices
from grader.quiz.kinds.typed import Number, Words
from grader.quiz.model import Question, Quiz

# Basic is a note type that every collection has; its two fields are the columns without a name.
_HEAD = """\
#separator:tab
#html:true
#notetype:Basic
#guid column:1
#deck column:2
#tags column:3
"""


def write_anki(quizzes: Sequence[Quiz]) -> Exported:
    """Return the quizzes as notes, each quiz in a deck of its own."""
    text = io.StringIO()
    text.write(_HEAD)
    rows = csv.writer(text, delimiter="\t", lineterminator="\n")
    for quiz in quizzes:
        rows.writerows(_note(quiz, question) for question in quiz.questions)
    losses = (*lost_documents(quizzes), *losses_of(quizzes, _lost))
    return Exported(text.getvalue().encode(), losses)


def _note(quiz: Quiz, question: Question) -> tuple[str, ...]:
    """Return a note's guid, deck, tags, front and back."""
    asked = typeset(as_asked(question))
    tags = " ".join(re.sub(r"\s+", "-", tag) for tag in asked.tags)
    front = stem(asked) + _offered(asked.kind) + _hint(asked.hint)
    back = _answer(asked.kind) + explanation(asked)
    return f"grader:{asked.id}", quiz.title.replace("::", ": "), tags, _left(front), _left(back)


def _left(text: str) -> str:
    """Return HTML that is not centred, as Basic's is: programs have their lines on the left."""
    return f'<div style="text-align: left">{text}</div>'


def _hint(hint: str) -> str:
    return f"<details><summary>Hint</summary>{paragraphs(hint)}</details>" if hint else ""


def _offered(kind: Kind) -> str:
    """Return what is offered: choices and steps with letters, things to be matched with numbers."""
    options = kind.options()
    if not options:
        return ""
    lines = [f"<b>{label}</b> {escaped(text)}" if label else "" for label, text in options]
    return f"<p>{'<br>'.join(lines)}</p>"


def _answer(kind: Kind) -> str:
    """Return the right answer and, for choices, why each is right or wrong."""
    right = f"<p><b>{escaped(kind.say(kind.right))}</b></p>"
    if isinstance(kind, Choices):
        labelled = zip(LETTERS, kind.choices, strict=False)
        ordered = sorted(labelled, key=lambda pair: not pair[1].right)
        return "".join(_choice(letter, choice) for letter, choice in ordered)
    if isinstance(kind, Order):
        return f"<ol>{''.join(f'<li>{escaped(step)}</li>' for step in kind.steps)}</ol>"
    if isinstance(kind, Match):
        pairs = [f"<li>{escaped(one)}: <b>{escaped(two)}</b></li>" for one, two in kind.pairs]
        return f"<ol>{''.join(pairs)}</ol>"
    if isinstance(kind, Number) and kind.margin:
        return f"{right}<p>Anything from {_bound(kind, -1)} to {_bound(kind, 1)} is right.</p>"
    if isinstance(kind, Words) and len(kind.accepted) > 1:
        return f"{right}<p>Also right: {', '.join(map(escaped, kind.accepted[1:]))}</p>"
    return right


def _bound(kind: Number, sign: int) -> str:
    """Return an end of what is right, in as many digits as it takes to be near it."""
    bound = kind.value + sign * kind.margin
    short = f"{bound:.6g}"
    return short if abs(float(short) - bound) <= kind.margin / 100 else decimal(bound)


def _choice(letter: str, choice: Choice) -> str:
    text = f"{letter}: {escaped(choice.text)}"
    named = f"<b>{text}</b> is right." if choice.right else f"{text} is wrong."
    return f"<p>{named} {escaped(choice.because)}</p>"


def _lost(question: Question) -> Iterator[str]:
    yield from lost_options(question, "hint")
    yield from lost_parts(question.kind, None)
