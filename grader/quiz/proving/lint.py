"""Warnings from what is known about writing questions; none of them is an error.

Haladyna, Downing and Rodriguez, "A Review of Multiple-Choice Item-Writing Guidelines for Classroom
Assessment", Applied Measurement in Education 15 (2002), is where they come from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.quiz.kinds.arranged import Order
from grader.quiz.kinds.choice import Choices
from grader.quiz.model import Question, Quiz
from grader.quiz.proving.habits import habits_of
from grader.quiz.proving.other_choices import names_others

MOST_CHOICES = 5
BY_FAR = 1.6  # so many times as long as the longest wrong choice, and
AT_LEAST = 15  # so many characters longer
MOST_COLUMNS = 78  # of a line of code, which stands two columns in
MOST_OF_A_PICTURE = 38  # columns: code can go on in the next line, and a picture cannot
_NEGATIVE = re.compile(r"\b(not|except|never|cannot)\b|n't\b")
_ASKS = re.compile(r"\b(which|what|who|when|where)\b", re.I)


def warnings_of(quiz: Quiz) -> tuple[str, ...]:
    """Return what might be better about a quiz, as `file:line: what. What to do`."""
    found = [f"{q.where}: {warning}" for q in quiz.questions for warning in _warn(q)]
    return (*found, *habits_of(quiz.questions))


def _warn(question: Question) -> Iterator[str]:
    if _is_negative(question.ask):
        yield "the question asks for what is NOT so, in small letters. Write NOT, or turn it round."
    widest = max(map(len, question.code.split("\n")))
    if widest > MOST_COLUMNS:
        yield f"a line of code is {widest} columns wide, and a terminal has 80. Make it two lines."
    widest = max(map(len, question.picture.split("\n")))
    if widest > MOST_OF_A_PICTURE:
        yield f"a picture is {widest} columns wide, and a narrow terminal has 40. Make it smaller."
    for text in (text for label, text in question.kind.options() if label.isalpha()):
        if re.fullmatch(r"[a-i]", text.strip(), re.I):
            yield f"the choice {text!r} looks like the letter of a choice. Write more of it."
    if isinstance(question.kind, Order) and len(question.kind.steps) == 2:
        yield "two steps are never offered in their order, so b,a is right. Add one, or ask which."
    if not isinstance(question.kind, Choices):
        return
    choices = question.kind.choices
    if len(choices) > MOST_CHOICES:
        yield f"there are {len(choices)} choices. Three or four are enough."
    for choice in choices:
        if not question.kind.fixed and names_others(choice.text, question):
            yield f"{choice.text!r} is shuffled among the others. Say what it stands for."
    right = [len(choice.text) for choice in choices if choice.right]
    wrong = [len(choice.text) for choice in choices if not choice.right]
    if wrong and min(right) > max(BY_FAR * max(wrong), max(wrong) + AT_LEAST):
        yield "the right choice is the longest by far. Say as much in a wrong one, or less in it."


def _is_negative(ask: str) -> bool:
    """Tell whether the sentence that asks says `not`, without emphasis."""
    sentences = re.split(r"(?<=[.:?!])\s+", ask)
    return any(
        _ASKS.search(s) and s.rstrip().endswith("?") and _NEGATIVE.search(s) for s in sentences
    )
