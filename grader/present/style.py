"""How text is laid out: the width, and colour where there is any. Colour is never the only sign."""

from __future__ import annotations

from typing import NamedTuple

from grader.present.prose_text import folded, wrapped
from grader.present.readable import painted, readable
from grader.records.text import Text

# What stands for bold letters, faint ones, and those in green, red, yellow and cyan.
_CODES = {"bold": "1", "faint": "2", "good": "1;32", "bad": "1;31", "warn": "1;33", "name": "1;36"}


class Style(NamedTuple):
    """What the place that text goes to can show; `height` is None where there is no end to it."""

    colour: bool = False
    width: int = 80
    height: int | None = None

    def paint(self, text: str, role: str) -> str:
        """Return `text` in the colour of a role: good, bad, warn, name, bold or faint."""
        return painted(text, _CODES[role]) if self.colour else readable(text)

    def fold(self, line: str) -> list[str]:
        """Return a line in as many as it takes, its spaces kept, each later one further in."""
        return folded(line, self.width)

    def wrap(self, text: Text | str, indent: str = "") -> list[str]:
        """Return a text as indented lines, its paragraphs filled anew."""
        return wrapped(text, self.width, indent)


def points(value: float) -> str:
    """Return points without needless decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
