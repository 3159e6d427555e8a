"""How text is laid out: the width, and colour where there is any. Colour is never the only sign."""

from __future__ import annotations

import re
import textwrap
from typing import NamedTuple

import click

# A command with its first argument and its options; a line never ends within one.
_COMMAND = re.compile(r"\bgrader [a-z]+(?: [\w./-]+)?(?: --[\w-]+)*")
_NO_BREAK = "\xa0"
_COLOURS = {"good": "green", "bad": "red", "warn": "yellow", "name": "cyan"}


class Style(NamedTuple):
    """What the place that text goes to can show; `height` is None where there is no end to it."""

    colour: bool = False
    width: int = 80
    height: int | None = None

    def paint(self, text: str, role: str) -> str:
        """Return `text` in the colour of a role: good, bad, warn, name, bold or faint."""
        if not self.colour:
            return text
        if role == "bold":
            return click.style(text, bold=True)
        if role == "faint":
            return click.style(text, dim=True)
        return click.style(text, fg=_COLOURS[role], bold=True)

    def fold(self, line: str) -> list[str]:
        """Return a line in as many as it takes, its spaces kept, each later one further in."""
        inwards = " " * min(len(line) - len(line.lstrip()) + 4, self.width // 2)
        return textwrap.wrap(
            line,
            self.width,
            subsequent_indent=inwards,
            replace_whitespace=False,
            break_on_hyphens=False,
        ) or [""]

    def wrap(self, text: str, indent: str = "") -> list[str]:
        """Return `text` as indented lines.

        Lines that are indented already are left as they are, but for those under a point of a list.
        """
        lines: list[str] = []
        for first, paragraph in _paragraphs(text):
            if not paragraph or paragraph.startswith(" "):
                lines.append((indent + paragraph).rstrip())
                continue
            follow = indent + first + ("  " if paragraph.startswith("- ") else "")
            wrapped = textwrap.wrap(
                _COMMAND.sub(lambda found: found[0].replace(" ", _NO_BREAK), paragraph),
                self.width,
                initial_indent=indent + first,
                subsequent_indent=follow,
                break_long_words=False,
                break_on_hyphens=False,
            )
            lines += [line.replace(_NO_BREAK, " ") for line in wrapped]
        return lines


def _paragraphs(text: str) -> list[tuple[str, str]]:
    """Join lines that belong together, so that docstrings are wrapped anew.

    Each paragraph comes with its indent: what stands under a point of a list belongs to it.
    """
    result: list[tuple[str, str]] = []
    in_list = False
    for line in text.strip("\n").split("\n"):
        in_list = line.startswith("- ") or in_list and (not line or line[0] == " ")
        indent = "  " if in_list and _is_under_a_point(line) else ""
        told = line[len(indent) :].rstrip()
        before, last = result[-1] if result else ("", "")
        begins = not told or told[0] in " -" or not last or last[0] == " "
        if begins or indent != before and not last.startswith("- "):
            result.append((indent, told))
        else:
            result[-1] = before, f"{last} {told.strip()}"
    return result


def _is_under_a_point(line: str) -> bool:
    return line.startswith("  ") and line[2:3] not in ("", " ")


def readable(text: str) -> str:
    """Return text of unknown origin with its control characters made visible."""
    return "".join(c if c.isprintable() or c in "\n\t" else f"\\x{ord(c):02x}" for c in text)


def points(value: float) -> str:
    """Return points without needless decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
