"""Questions that offer their answers: choices, of which one or several are right, and truth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import ClassVar, NamedTuple

from grader.quiz.kinds.base import (
    LETTERS,
    Given,
    Kind,
    Partial,
    Remark,
    Unreadable,
    letters_for,
    numbers_of,
    on_one_line,
    one_text,
    pick_all,
    squeezed,
)


class Choice(NamedTuple):
    """One of the answers offered, and why it is right or wrong."""

    text: str
    right: bool
    because: str = ""


@dataclass(frozen=True)
class Choices(Kind):
    """Answers to choose from; where several are right, all of them are wanted.

    Those that are `fixed` are offered in the order of their author.
    """

    name: ClassVar[str] = "choice"
    choices: tuple[Choice, ...]
    partial: Partial = Partial.NET
    fixed: bool = False

    @property
    def several(self) -> bool:
        """Whether more than one choice is right."""
        return sum(choice.right for choice in self.choices) > 1

    @property
    def right(self) -> Given:
        """The right choice, or all of them."""
        texts = [choice.text for choice in self.choices if choice.right]
        return texts if self.several else texts[0]

    @property
    def content(self) -> str:
        """The right choices: the wrong ones may change."""
        return "|".join(sorted(squeezed(c.text) for c in self.choices if c.right))

    @property
    def invitation(self) -> str:
        """The letters, and how to give several."""
        letters = letters_for(self.options())
        return f"{letters}, all that are right, such as a,c" if self.several else letters

    def read(self, reply: Given) -> Given:
        """Return the text of the choice meant, or the texts of several."""
        texts = [choice.text for choice in self.choices]
        picked = sorted(set(pick_all(reply, texts, numbers=numbers_of(texts))))
        if self.several and picked:
            return [texts[index] for index in picked]
        if self.several:
            raise Unreadable("Choose at least one of them.")
        if len(picked) != 1:
            raise Unreadable("Only one of them is right: choose one.")
        return texts[picked[0]]

    def share(self, given: Given) -> float:
        """Return the share of the choices that were made as they should be."""
        chosen = self._chosen(given)
        good, bad = sum(c.right for c in chosen), sum(not c.right for c in chosen)
        right = sum(choice.right for choice in self.choices)
        if self.several and self.partial is Partial.EACH:  # a wrong one left out counts as well
            return self.partial.share(good + len(self.choices) - right - bad, 0, len(self.choices))
        return self.partial.share(good, bad, right)

    def say(self, given: Given) -> str:
        """Return the choices with their letters."""
        letters = {squeezed(text): letter for letter, text in self.options()}
        answers = map(str, given if isinstance(given, list) else [given])
        named = (f"{letters[key]}: {t}" if (key := squeezed(t)) in letters else t for t in answers)
        return on_one_line("; ".join(named))

    def remarks(self, given: Given) -> tuple[Remark, ...]:
        """Return why each choice made is right or wrong, and then which right ones were not."""
        chosen = self._chosen(given)
        missed = [choice for choice in self.choices if choice.right and choice not in chosen]
        right = [Remark(f"Right is {self.say(choice.text)}", choice.because) for choice in missed]
        if not self.several:
            return (*(Remark("", choice.because) for choice in chosen), *right)
        made = [
            Remark(f"{self.say(c.text)} is {'right' if c.right else 'wrong'}", c.because)
            for c in chosen
            if c.because or not c.right
        ]
        return (*made, *right)

    def options(self) -> tuple[tuple[str, str], ...]:
        """Return the choices by letter."""
        return tuple(zip(LETTERS, (choice.text for choice in self.choices), strict=False))

    def shuffled(self, random: Random) -> Choices:
        """Return the choices in another order; in that of their numbers if they differ in these."""
        if self.fixed:
            return self
        choices = list(self.choices)
        random.shuffle(choices)
        if numbers := numbers_of([choice.text for choice in choices]):
            choices = [choice for _, choice in sorted(zip(map(int, numbers), choices, strict=True))]
        return replace(self, choices=tuple(choices))

    def _chosen(self, given: Given) -> list[Choice]:
        texts = {squeezed(str(text)) for text in (given if isinstance(given, list) else [given])}
        return [choice for choice in self.choices if squeezed(choice.text) in texts]


TRUE = frozenset(("t", "true", "y", "yes", "1"))
FALSE = frozenset(("f", "false", "n", "no", "2"))


@dataclass(frozen=True)
class Truth(Kind):
    """A statement that is true or false."""

    name: ClassVar[str] = "truth"
    invitation: ClassVar[str] = "t or f"
    is_true: bool

    @property
    def right(self) -> Given:
        """True or false."""
        return str(self.is_true).lower()

    def read(self, reply: Given) -> Given:
        """Return `true` or `false`."""
        text = one_text(reply).lower()
        if text not in TRUE | FALSE:
            raise Unreadable(f"{text!r} is neither t (true) nor f (false).")
        return str(text in TRUE).lower()

    def say(self, given: Given) -> str:
        """Return True or False."""
        return str(given).capitalize()

    def options(self) -> tuple[tuple[str, str], ...]:
        """Return the two, always in this order."""
        return (("t", "True"), ("f", "False"))
