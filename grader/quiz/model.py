"""What a quiz is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """One of the answers offered, and why it is right or wrong."""

    text: str
    right: bool
    because: str


@dataclass(frozen=True)
class Document:
    """Something that questions rest on."""

    title: str
    sections: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """The document, by its title, and the section that a question rests on."""

    document: str
    section: str

    def __str__(self) -> str:
        return f'"{self.document}", section "{self.section}"'


@dataclass(frozen=True)
class Question:
    """A question with one right choice; `practise` is an exercise that trains what it asks."""

    id: str
    ask: str
    choices: tuple[Choice, ...]
    source: Source | None = None
    practise: str | None = None

    @property
    def right(self) -> Choice:
        """The right choice."""
        return next(choice for choice in self.choices if choice.right)

    def choice(self, text: str | None) -> Choice | None:
        """Return the choice of that text, or None where there is no such one."""
        return next((choice for choice in self.choices if choice.text == text), None)


@dataclass(frozen=True)
class Quiz:
    """A file of questions."""

    name: str
    title: str
    questions: tuple[Question, ...]
