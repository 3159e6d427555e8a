"""How text is laid out: the width, and colour where there is any. Colour is never the only sign."""

from __future__ import annotations

import textwrap
from typing import NamedTuple

import click

_COLOURS = {"good": "green", "bad": "red", "warn": "yellow", "name": "cyan"}


class Style(NamedTuple):
    """What the place that text goes to can show."""

    colour: bool = False
    width: int = 80

    def paint(self, text: str, role: str) -> str:
        """Return `text` in the colour of a role: good, bad, warn, name, bold or faint."""
        if not self.colour:
            return text
        if role == "bold":
            return click.style(text, bold=True)
        if role == "faint":
            return click.style(text, dim=True)
        return click.style(text, fg=_COLOURS[role], bold=True)

    def wrap(self, text: str, indent: str = "") -> list[str]:
        """Return `text` as indented lines; lines that are indented already are left as they are."""
        lines: list[str] = []
        for paragraph in _paragraphs(text):
            if not paragraph or paragraph.startswith(" "):
                lines.append((indent + paragraph).rstrip())
                continue
            follow = indent + ("  " if paragraph.startswith("- ") else "")
            lines += textwrap.wrap(
                paragraph,
                self.width,
                initial_indent=indent,
                subsequent_indent=follow,
                break_long_words=False,
                break_on_hyphens=False,
            )
        return lines


def _paragraphs(text: str) -> list[str]:
    """Join lines that belong together, so that docstrings are wrapped anew."""
    result: list[str] = []
    for line in text.strip("\n").split("\n"):
        begins = not line or line[0] in " -" or not result or not result[-1]
        if begins or result[-1].startswith(" "):
            result.append(line.rstrip())
        else:
            result[-1] += " " + line.strip()
    return result


def readable(text: str) -> str:
    """Return text of unknown origin with its control characters made visible."""
    return "".join(c if c.isprintable() or c in "\n\t" else f"\\x{ord(c):02x}" for c in text)


def points(value: float) -> str:
    """Return points without needless decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
