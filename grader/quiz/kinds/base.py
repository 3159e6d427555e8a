"""What every way of asking can do, and how letters and numbers stand for what is offered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from random import Random
from typing import ClassVar, NamedTuple

from grader.quiz.characters import plain_characters

# An answer as it is saved: a text, several, or one for each of several. JSON can hold all of them.
Given = str | list[str] | dict[str, str]

LETTERS = "abcdefghi"
MOST = len(LETTERS)
_NUMBERED = re.compile(r"(\D*)(\d{1,18}(?:,\d{3}){0,5})(\D*)")


class Unreadable(Exception):
    """A reply that means nothing here; the message says what would."""


class Remark(NamedTuple):
    """One thing to say about an answer, and the reason for it; either may be empty."""

    what: str
    because: str


class Partial(Enum):
    """How much an answer in parts is worth when some of them are right."""

    ALL = "all-or-nothing"
    NET = "net"  # wrong parts take right ones away, so that guessing gains nothing
    EACH = "per choice"

    def share(self, good: int, bad: int, total: int) -> float:
        """Return the share, from 0 to 1, that `good` and `bad` parts of `total` are worth."""
        if self is Partial.ALL:
            return float(good == total and not bad)
        return max(0, good - bad if self is Partial.NET else good) / total


@dataclass(frozen=True)
class Kind:
    """A way of asking, with its answer. The defaults are those of a single typed answer."""

    name: ClassVar[str]

    @property
    def right(self) -> Given:
        """The right answer."""
        raise NotImplementedError

    @property
    def content(self) -> str:
        """What makes this answer another one: when it changes, what was remembered is void."""
        return str(self.right)

    @property
    def invitation(self) -> str:
        """What may be typed, as a prompt says it."""
        raise NotImplementedError

    def read(self, reply: Given) -> Given:
        """Return the answer that a reply means, typed or from a file; `Unreadable` if none."""
        return one_text(reply)

    def share(self, given: Given) -> float:
        """Return how much of an answer is right, from 0 to 1, whatever the answer is."""
        return float(given == self.right)

    def say(self, given: Given) -> str:
        """Return an answer as it is read out: in a line of ours."""
        return on_one_line(str(given))

    def remarks(self, given: Given) -> tuple[Remark, ...]:
        """Return what there is to say about an answer."""
        if self.share(given) == 1:
            return ()
        return (Remark(f"Right is {self.say(self.right)}", ""),)

    def options(self) -> tuple[tuple[str, str], ...]:
        """Return what is offered, as labels and texts; an empty pair is a gap."""
        return ()

    def shuffled(self, random: Random) -> Kind:
        """Return the same question with what is offered in another order."""
        return self

    def in_words(self) -> Kind:
        """Return the same question, taking no letters where those of the file are the answer."""
        return self

    def filled(self, values: Mapping[str, str]) -> Kind:
        """Return the same question with `{name}` replaced by its value."""
        return self


def one_text(reply: Given) -> str:
    """Return a reply that has to be a single text."""
    if isinstance(reply, str) and reply.strip():
        return reply.strip()
    raise Unreadable("That is no answer." if isinstance(reply, str) else "Give one answer.")


def on_one_line(text: str) -> str:
    """Return a text with all its white space as single spaces."""
    return " ".join(text.split())


@lru_cache(maxsize=256)
def squeezed(text: str) -> str:
    """Return a text as it is compared: on one line, and without regard to case."""
    return on_one_line(text.casefold())


@lru_cache(maxsize=256)  # each part of a reply is held against every text
def _compared(text: str) -> str:
    return squeezed(plain_characters(text))


def letters_for(options: Sequence[object]) -> str:
    """Return which letters stand for what is offered, such as `a-d` for four options."""
    return f"a-{LETTERS[len(options) - 1]}"


def pick(
    reply: str, texts: Sequence[str], letters: bool = True, numbers: Sequence[str] = ()
) -> int | None:
    """Return which of `texts` a letter, a whole text or a number means, in this order.

    A number is a place, or, where the texts have `numbers` of their own, one of these.
    """
    text = _compared(str(reply))
    if letters and len(text) == 1 and text in LETTERS[: len(texts)]:
        return LETTERS.index(text)
    if reply in texts:  # which others may be but for capitals
        return texts.index(reply)
    for known, wanted in ((squeezed, squeezed(str(reply))), (_compared, text)):  # as it is, first
        alike = [known(each) for each in texts]
        if wanted in alike:
            return alike.index(wanted)
    if numbers:
        return numbers.index(text) if text in numbers else None
    if text.isascii() and text.isdigit() and 0 < int(text) <= len(texts):
        return int(text) - 1
    return None


def numbers_of(texts: Sequence[str]) -> list[str]:
    """Return the numbers of texts that differ in nothing else, such as `Line 3`; else none."""
    found = [match for text in texts if (match := _NUMBERED.fullmatch(text))]
    alike = len(found) == len(texts) and len({(match[1], match[3]) for match in found}) == 1
    return [match[2].replace(",", "") for match in found] if alike else []


def pick_all(
    reply: Given, texts: Sequence[str], digits: bool = False, numbers: Sequence[str] = ()
) -> list[int]:
    """Return which of `texts` a reply means: `a,c`, `a c`, `ac` or whole texts with commas.

    With `digits`, numbers need no commas either; without, `1 3` stays free for a confidence.
    """
    parts = reply if isinstance(reply, list) else _parts(one_text(reply), texts, digits)
    picked = pick_each(list(map(str, parts)), texts, numbers)
    for part, index in zip(parts, picked, strict=True):
        if index is None:
            raise Unreadable(f"{str(part)!r} is none of {letters_for(texts)}.")
    return [index for index in picked if index is not None]


def pick_each(
    parts: Sequence[str], texts: Sequence[str], numbers: Sequence[str] = ()
) -> list[int | None]:
    """Return which of `texts` each part means: letters where all are, else texts before letters.

    Axes that are called B, H, T and D may so be given by their names.
    """
    by_letter = [pick(part, texts, numbers=numbers) for part in parts]
    if all(_compared(part) in LETTERS[: len(texts)] for part in parts):
        return by_letter
    by_text = [pick(part, texts, letters=False, numbers=numbers) for part in parts]
    return [
        letter if text is None else text for text, letter in zip(by_text, by_letter, strict=True)
    ]


def pick_words(reply: str | Sequence[str], texts: Sequence[str]) -> list[int]:
    """Return which of `texts` a reply gives by these themselves, and by no letter or place."""
    known = [*map(_compared, texts)]
    parts = [
        _compared(str(part)) for part in (reply.split(",") if isinstance(reply, str) else reply)
    ]
    if not all(part in known for part in parts):
        raise Unreadable("Write the texts themselves: the file's own order is the right one.")
    return [known.index(part) for part in parts]


def _parts(reply: str, texts: Sequence[str], digits: bool) -> list[str]:
    if pick(reply, texts) is not None:
        return [reply]
    if "," in reply:
        return [part.strip() for part in reply.split(",") if part.strip()]
    letters = "".join(reply.lower().split())
    if re.fullmatch(f"[{LETTERS}]+" + ("|[1-9]+" if digits else ""), letters):
        return list(letters)
    return [reply]
