"""Whether a choice names other choices, by their letter, their place or as `all of these`."""

from __future__ import annotations

import re

from grader.quiz.kinds.base import LETTERS
from grader.quiz.kinds.choice import Choices
from grader.quiz.model import Question

_AND = " ?(?:(?:, ?)?(?:and|or|nor) |[,&+/] ?)"  # in one way each, of words with a space between
_CHOICES = r"(?:choice|option|answer|statement)s?"
_HOW_MANY = r"(?:all|both|none|neither|either|any|each|some|most|one|two|three|only|no|not)"
_OTHERS = rf"(?:these|those|them|(?:(?:the|these|those)\s+)?(?:others?|above|below|{_CHOICES}))"
_PLACE = r"(?:first|second|third|fourth|last|previous|preceding|other)"
_WHERE = r"(?:above|below|before|here|are (?:right|true|correct)|is (?:right|true|correct))"
_SHAPES = (
    # all of the above, neither of the two above, either of these, all these, none is right
    rf"{_HOW_MANY}(?: of)?(?: the)?(?: (?:two|three|four))? {_OTHERS}(?: {_WHERE})*",
    rf"{_HOW_MANY}(?: of them)? {_WHERE}",
    rf"(?:everything|anything|nothing)(?: (?:that is|which is))? {_WHERE}",
    # the first two, only the last two answers, the first and the third, the second choice
    rf"(?:{_HOW_MANY} )?(?:of )?the {_PLACE} (?:two|three|{_CHOICES})(?: {_CHOICES})?",
    rf"(?:{_HOW_MANY} )?(?:of )?the {_PLACE}{_AND}(?:the )?{_PLACE}(?: {_CHOICES})?",
    rf"(?:the )?same as (?:the )?(?:{_WHERE}|{_PLACE}|{_CHOICES} \w)",
    rf"(?:the )?(?:two|three|{_CHOICES}) above",
)
_NAMED = tuple(re.compile(shape, re.IGNORECASE) for shape in _SHAPES)
_WORD = r"(?:both|either|neither|only|just|not|all of)"


def names_others(text: str, question: Question) -> bool:
    """Tell whether a choice means others of its question, which stand elsewhere when shuffled."""
    plain = " ".join(text.split()).rstrip(".")
    return any(named.fullmatch(plain) for named in _NAMED) or _names_letters(plain, question)


def _names_letters(text: str, question: Question) -> bool:
    """Tell whether a choice consists of letters or numbers of choices, such as `both A and B`.

    Letters that the question itself speaks of, such as B and D of a shape, are no such ones.
    """
    count = len(question.kind.choices) if isinstance(question.kind, Choices) else 0
    letter, number = f"[{LETTERS[:count]}]", f"[1-{count}]"
    bracketed = rf"\((?:{letter}|{number})\)|(?:{letter}|{number})\)"
    lists = [
        rf"(?:{_WORD} )?{_CHOICES} {_listed(f'{letter}|{number}|{bracketed}')}(?: only)?",
        rf"(?:{_WORD} )?(?:{bracketed}){_AND}(?:{bracketed})(?:{_AND}(?:{bracketed}))*(?: only)?",
        rf"{_WORD} {_listed(bracketed)}",
    ]
    alone = re.compile(rf"\b{letter}\b", re.IGNORECASE)
    if not {*alone.findall(text)} & {*alone.findall(f"{question.ask}\n{question.code}")}:
        lists += [rf"{_WORD} {_listed(letter)}", rf"{letter}(?:{_AND}{letter})+(?: only)?"]
        lists += [rf"{letter} only"]
    return any(re.fullmatch(shape, text, re.IGNORECASE) for shape in lists)


def _listed(one: str) -> str:
    return rf"(?:{one})(?:{_AND}(?:{one}))*"
