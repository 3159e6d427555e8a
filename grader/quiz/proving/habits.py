"""Habits of an author that answer questions unread: they show in several questions together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from grader.quiz.kinds.base import numbers_of
from grader.quiz.kinds.choice import Choices, Truth
from grader.quiz.kinds.typed import Printed
from grader.quiz.model import Question

ENOUGH = 4  # questions, for a habit to show
MOST = 0.5  # of them may have the same answer, where more than two can be expected
_COMPARISONS = ("True", "False")


def habits_of(questions: Sequence[Question]) -> Iterator[str]:
    """Yield what is always the same, as `file:line: what. What to do`, with the first question."""
    for find in (_same_print, _same_truth, _same_line, _same_place):
        yield from find(questions)


def _same_print(questions: Sequence[Question]) -> Iterator[str]:
    """Comparisons that all print True."""
    found = [
        (question, str(question.kind.right))
        for question in questions
        if isinstance(question.kind, Printed) and question.kind.right in _COMPARISONS
    ]
    yield from _always(found, 1, "{n} questions print one comparison, and all print {answer}")


def _same_truth(questions: Sequence[Question]) -> Iterator[str]:
    """Statements that are all true."""
    found = [(q, str(q.kind.right)) for q in questions if isinstance(q.kind, Truth)]
    yield from _always(found, 1, "{n} statements are to be judged, and all are {answer}")


def _same_line(questions: Sequence[Question]) -> Iterator[str]:
    """Wrong lines that are mostly the same one."""
    found = [
        (question, str(kind.right))
        for question, kind in _with_one_right(questions)
        if str(kind.right).startswith("Line") and numbers_of([c.text for c in kind.choices])
    ]
    what = "of {n} questions about a line of a program, {answer} is right in {m}"
    yield from _always(found, MOST, what)


def _same_place(questions: Sequence[Question]) -> Iterator[str]:
    """Right choices that all stand in the same place of the file, or mostly if they stay there."""
    found = [
        (question, kind.fixed, str([choice.right for choice in kind.choices].index(True) + 1))
        for question, kind in _with_one_right(questions)
    ]
    what = "the right choice stands in place {answer} of every question"
    cure = "They are shuffled when asked, but not in a file of answers: change some."
    yield from _always([(question, place) for question, _, place in found], 1, what, cure)
    what = "of {n} questions whose choices keep their order, place {answer} is right in {m}"
    yield from _always([(question, place) for question, fixed, place in found if fixed], MOST, what)


def _with_one_right(questions: Sequence[Question]) -> Iterator[tuple[Question, Choices]]:
    for question in questions:
        if isinstance(question.kind, Choices) and not question.kind.several:
            yield question, question.kind


def _always(
    found: Sequence[tuple[Question, str]],
    most: float,
    what: str,
    cure: str = "Whoever notices answers unread: change some.",
) -> Iterator[str]:
    """Say that one answer is right in all of the questions, or in more than `most` of them."""
    if len(found) < ENOUGH:
        return
    ((answer, times),) = Counter(answer for _, answer in found).most_common(1)
    if times == len(found) or times > most * len(found):
        first = next(question for question, given in found if given == answer)
        yield f"{first.where}: {what.format(n=len(found), m=times, answer=answer)}. {cure}"
