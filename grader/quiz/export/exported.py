"""What an export comes to: a file, and everything of the quizzes that is not in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from grader.quiz.kinds.arranged import Match, Order
from grader.quiz.kinds.base import Kind, Partial, numbers_of
from grader.quiz.kinds.choice import Choices
from grader.quiz.kinds.typed import Number, Printed, Shape, Words
from grader.quiz.model import Question, Quiz

_EXACT = 2**53  # up to here float64 counts in ones
_NARROWER = {
    Number: "only a plain number counts: arithmetic, or a number with its unit, is wrong",
    Words: "a full stop, or a space too many, counts as wrong",
    Shape: "only these letters in this order count: the same sizes written otherwise are wrong",
    Printed: "spaces count wherever they stand, 1 is not 1.0, and capitals do not count",
}


class Loss(NamedTuple):
    """Something that a format cannot carry: what it is, of which question, and where that stands.

    `question` is empty where it is so for all questions of the file `where`.
    """

    where: str
    question: str
    what: str

    def __str__(self) -> str:
        return ": ".join(filter(None, self))


class Exported(NamedTuple):
    """A file in another format, and what it leaves out or changes."""

    content: bytes
    losses: tuple[Loss, ...]


def as_asked(question: Question) -> Question:
    """Return a question with its first values, and what is to be arranged out of its order."""
    drawn = question.drawn(None)
    return drawn if isinstance(drawn.kind, Choices) else drawn.shuffled(0)


def with_places(question: Question) -> Question:
    """Return a question about an order as a match of each step with its place."""
    kind = question.kind
    if not isinstance(kind, Order):
        return question
    places = {step: str(place) for place, step in enumerate(kind.steps, 1)}
    pairs = tuple((step, places[step]) for _, step in kind.options())
    return question._replace(kind=Match(pairs, kind.partial, tuple(places.values())))


def losses_of(
    quizzes: Iterable[Quiz], lost: Callable[[Question], Iterator[str]]
) -> tuple[Loss, ...]:
    """Return what `lost` finds in each question, in the order of the files."""
    questions = [question for quiz in quizzes for question in quiz.questions]
    return tuple(Loss(q.where, q.id, what) for q in questions for what in lost(q))


def lost_documents(quizzes: Iterable[Quiz]) -> Iterator[Loss]:
    """Yield the files whose questions rest on documents: only their author has these."""
    for quiz in quizzes:
        if any(question.sources != question.papers for question in quiz.questions):
            what = "the documents that are named as sources are left out: no learner has them"
            yield Loss(file_of(quiz), "", what)


def file_of(quiz: Quiz) -> str:
    """Return the file of a quiz as people see it."""
    return quiz.questions[0].where.rpartition(":")[0]


def lost_options(question: Question, carried: str = "") -> Iterator[str]:
    """Yield what an author wrote that goes with asking here, but for the option `carried`."""
    if question.variables:
        first = ", ".join(f"{name} = {values[0]}" for name, values in question.variables.items())
        yield f"always asked with {first}: no values are drawn"
    if question.hint and carried != "hint":
        yield "its hint is left out"
    if question.weight != 1 and carried != "weight":
        yield f"its weight, {question.weight:g}, is left out"
    if question.proof:
        yield "its proof is left out"


def lost_in_marking(kind: Kind, marked: Partial, shuffles: bool = True) -> Iterator[str]:
    """Yield what is marked in another way where texts are compared as they are.

    An answer in parts is `marked` there as this says, whatever its author wanted.
    """
    if isinstance(kind, Number) and isinstance(kind.value, int) and abs(kind.value) > _EXACT:
        yield "compared in float64, where whole numbers next to it are the same"
    if type(kind) in _NARROWER:
        yield _NARROWER[type(kind)]
    if isinstance(kind, Order):
        yield "asked as a match of each step with its place: places are marked, not their order"
    if shuffles and isinstance(kind, Choices) and kind.fixed:
        yield "its choices may be shuffled out of their order"
    elif shuffles and isinstance(kind, Choices) and numbers_of([c.text for c in kind.choices]):
        yield "its choices may be shuffled out of the order of their numbers"
    yield from lost_parts(kind, marked)


def lost_parts(kind: Kind, marked: Partial | None) -> Iterator[str]:
    """Yield that an answer in parts is not `marked` as its author wanted; None for not at all."""
    if not isinstance(kind, (Choices, Order, Match)) or kind.partial is marked:
        return
    if not isinstance(kind, Choices) or kind.several:
        instead = f"marked {marked.value}" if marked else "not marked"
        yield f"an answer that is right in part is {instead}, instead of {kind.partial.value}"
