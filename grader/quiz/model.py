"""What a quiz is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import product
from random import Random
from types import MappingProxyType
from typing import Any, NamedTuple

from grader.accents import normalized
from grader.quiz.kinds.base import Kind
from grader.quiz.kinds.typed import fill

TEXTS = (
    "ask",
    "because",
    "code",
    "picture",
    "hint",
    "proof",
)  # of a question; they may have a `{name}`
_NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def seed_of(student: str) -> int:
    """Return the seed that values are drawn with for one student, from what the class calls them.

    Case, spaces around it, and zeros in front of a number do not matter: spreadsheets lose them.
    """
    plain = normalized("NFC", student).strip().casefold()
    plain = plain.lstrip("0") or plain if plain.isdigit() else plain
    return int.from_bytes(sha256(plain.encode("utf-8", "replace")).digest()[:4], "big")


class Document(NamedTuple):
    """Something that questions rest on."""

    title: str
    sections: tuple[str, ...]


class Source(NamedTuple):
    """What a question rests on: a document, by the name it is cited with, or a paper on arXiv."""

    document: str
    section: str
    title: str
    arxiv: str = ""

    def __str__(self) -> str:
        if self.arxiv:
            return f'"{self.title}", section {self.section}, arXiv:{self.arxiv}'
        return f'"{self.title}", section "{self.section}"'


class Question(NamedTuple):
    """A question, its answer, and what else its author says of it.

    `key` changes when the right answer does. `practise` is an exercise that trains what is asked.
    `variables` are the values that each `{name}` of the text may take, and `proof` is code that
    works the answer out. `formulas` has the TeX of what stands in the texts. `where` is the
    question's `file:line`.
    """

    id: str
    ask: str
    kind: Kind
    key: str = ""
    quiz: str = ""
    because: str = ""
    code: str = ""
    picture: str = ""
    hint: str = ""
    sources: tuple[Source, ...] = ()
    practise: str | None = None
    tags: tuple[str, ...] = ()
    weight: float = 1.0
    variables: Mapping[str, tuple[str, ...]] = _NOTHING
    proof: str = ""
    formulas: tuple[tuple[str, str], ...] = ()
    where: str = ""

    @property
    def papers(self) -> tuple[Source, ...]:
        """Those of its sources that anybody can open."""
        return tuple(source for source in self.sources if source.arxiv)

    @property
    def topics(self) -> tuple[str, ...]:
        """What it is about: its tags, else the exercise that it trains, else its quiz."""
        return self.tags or ((self.practise,) if self.practise else (self.quiz,))

    def filled(self, values: Mapping[str, str]) -> Question:
        """Return the question about those values."""
        texts: dict[str, Any] = {name: fill(getattr(self, name), values) for name in TEXTS}
        return self._replace(kind=self.kind.filled(values), **texts)

    @property
    def ways(self) -> Iterator[dict[str, str]]:
        """The values that may be drawn together."""
        for values in product(*self.variables.values()):
            yield dict(zip(self.variables, values, strict=True))

    @property
    def draws(self) -> Iterator[Question]:
        """The question about each of the values that may be drawn."""
        for values in self.ways:
            yield self.filled(values) if values else self

    def drawn(self, seed: int | None) -> Question:
        """Return the question about the values that `seed` draws, without one the first ones."""
        if not self.variables:
            return self
        if seed is None:
            return next(self.draws)
        random = Random(f"{seed} {self.id} values")
        return self.filled({name: random.choice(v) for name, v in self.variables.items()})

    def shuffled(self, seed: int) -> Question:
        """Return the question with what it offers in the order that `seed` shuffles it to."""
        return self._replace(kind=self.kind.shuffled(Random(f"{seed} {self.id}")))


class Quiz(NamedTuple):
    """A file of questions; `name` is empty where they come from several."""

    name: str
    title: str
    questions: tuple[Question, ...]

    def drawn(self, seed: int | None) -> Quiz:
        """Return the quiz about the values that `seed` draws, without one the first ones."""
        return self._replace(questions=tuple(q.drawn(seed) for q in self.questions))

    def in_words(self) -> Quiz:
        """Return the quiz as it is answered for marks: no letter of it tells a right order."""
        return self._replace(
            questions=tuple(q._replace(kind=q.kind.in_words()) for q in self.questions)
        )

    def shuffled(self, seed: int) -> Quiz:
        """Return the quiz with what its questions offer in the order of `seed`."""
        return self._replace(questions=tuple(q.shuffled(seed) for q in self.questions))
