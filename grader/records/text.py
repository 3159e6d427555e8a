"""What a person reads, as blocks: paragraphs, lists, and lines that keep their shape.

A string becomes blocks in one place, `parse`, when a record is made of it. Whoever shows a text
takes its blocks; `str` gives the plain sentences again, for JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_BLOCK = re.compile(
    r"(?P<points>- .*(?:\n(?:- .*|(?:[ ]*\n)*[ ]{2,}[^ \n].*))*)"
    r"|(?P<lines>(?<! )[ ]+[^ \n].*(?:\n(?:[ ]*\n)*[ ]+[^ \n].*)*)"
    r"|(?P<paragraph>[^ \n].*(?:\n(?!- )[^ \n].*)*)"
)
_CODE = re.compile(r"`([^`]+)`")
MAX_SAID = 4000  # characters of a message
_DEEPEST = 4  # lists within lists: a learner's own words may have any number of them


@dataclass(frozen=True)
class Code:
    """A piece of code within a sentence."""

    text: str

    def __str__(self) -> str:
        return f"`{self.text}`"


Span = str | Code


@dataclass(frozen=True)
class Paragraph:
    """Words and code; a line break among them is as good as a space."""

    spans: tuple[Span, ...]

    def __str__(self) -> str:
        return "".join(map(str, self.spans))


@dataclass(frozen=True)
class Lines:
    """Lines that keep their shape, indent included: a quoted program, a formula."""

    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True)
class Points:
    """A list, each point of it a text."""

    points: tuple[Text, ...]

    def __str__(self) -> str:
        return "\n".join("- " + str(point).replace("\n", "\n  ") for point in self.points)


Block = Paragraph | Lines | Points


@dataclass(frozen=True)
class Text:
    """Blocks in groups: a blank line stands between two groups, and none within one."""

    groups: tuple[tuple[Block, ...], ...] = ()

    @classmethod
    def of(cls, *blocks: Block) -> Text:
        """Return a text with one group of blocks."""
        return cls((blocks,))

    def __str__(self) -> str:
        return "\n\n".join("\n".join(map(str, group)) for group in self.groups)

    def __bool__(self) -> bool:
        return bool(self.groups)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of all groups."""
        return tuple(block for group in self.groups for block in group)

    def after(self, opening: str) -> Text:
        """Return this text with an opening in front, in one paragraph with its first."""
        spans = spans_of(opening)
        first, *others = self.groups or ((),)
        if first and isinstance(first[0], Paragraph):
            spans, first = spans + first[0].spans, first[1:]
        return Text(((Paragraph(spans), *first), *others))


def parse(source: str | Text) -> Text:
    """Return the text that a string means; a text means itself.

    What stands between backticks is code. Lines that begin with "- " are the points of a list, and
    what is indented below one belongs to it. Other indented lines keep their shape.
    """
    return source if isinstance(source, Text) else _parse(source, _DEEPEST)


def spans_of(words: str) -> tuple[Span, ...]:
    """Return the words and the code of a sentence."""
    pieces = enumerate(_CODE.split(words))
    return tuple(Code(piece) if number % 2 else piece for number, piece in pieces if piece)


def listed(names: Iterable[str]) -> str:
    """Return one or more names as they are read aloud."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _parse(source: str, deepest: int) -> Text:
    groups: list[list[Block]] = []
    end = 0
    for found in _BLOCK.finditer(source):
        if not groups or source.count("\n", end, found.start()) > 1:
            groups.append([])
        groups[-1].append(_block(found, deepest))
        end = found.end()
    return Text(tuple(map(tuple, groups)))


def _block(found: re.Match[str], deepest: int) -> Block:
    if found["lines"]:
        return Lines(tuple(found["lines"].split("\n")))
    if found["paragraph"] or not deepest:
        return Paragraph(spans_of(found[0]))
    points = re.split(r"^- ", found["points"], flags=re.MULTILINE)[1:]
    return Points(tuple(_parse(point.replace("\n  ", "\n"), deepest - 1) for point in points))


def shortened(message: str) -> str:
    """Return a message, cut where it is longer than anybody reads."""
    return message if len(message) <= MAX_SAID else f"{message[:MAX_SAID]}…"


class TextField:
    """A field of a frozen record that is given a string or a text, and holds a text.

    A string that is longer than anybody reads is cut: a learner's own words may be part of it.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f"_{name}"

    def __get__(self, record: Any, owner: type | None = None) -> Text:
        if record is None:  # the record's class asks for the default
            return Text()
        text: Text = record.__dict__[self._name]
        return text

    def __set__(self, record: Any, value: str | Text) -> None:
        record.__dict__[self._name] = parse(shortened(value) if isinstance(value, str) else value)
