"""Text in a terminal: paragraphs filled anew, lists with hanging indents, long lines folded."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from grader.present.readable import is_wide, readable
from grader.records.text import Block, Lines, Paragraph, Text, parse

# A command with its first argument and its options; a line never ends within one.
_COMMAND = re.compile(r"\bgrader [a-z]+(?: [\w./-]+)?(?: --[\w-]+)*")
_NO_BREAK = "\xa0"
# Stands behind what is two columns wide while columns are counted: readable text never has it.
_SECOND = "\ue000"
# Each line that is cut off a word costs as much as the rest of it is long.
_LONG_WORD = re.compile(r"\S{1000}")


def wrapped(text: Text | str, width: int, indent: str = "") -> list[str]:
    """Return a text as indented lines of at most `width` characters."""
    lines: list[str] = []
    for group in parse(text).groups:
        lines += [""] if lines else []
        for block in group:
            lines += _block(block, width, indent)
    return lines


def folded(line: str, width: int) -> list[str]:
    """Return a line in as many as it takes, its spaces kept, each later one further in."""
    line = readable(line)
    inwards = " " * min(len(line) - len(line.lstrip()) + 4, width // 2)
    lines = textwrap.wrap(
        _in_columns(line),
        width,
        subsequent_indent=inwards,
        replace_whitespace=False,
        break_on_hyphens=False,
    )
    return [line.replace(_SECOND, "") for line in lines] or [""]


def cut(line: str, width: int) -> str:
    """Return how a line begins, with an ellipsis where that is not all of it."""
    columns = _in_columns(readable(line).expandtabs())
    if len(columns) <= width:
        return columns.replace(_SECOND, "")
    begin = columns[: width - 4]
    whole = begin[:-1] if columns[width - 4] == _SECOND else begin  # no half of a wide letter
    return f"{whole.replace(_SECOND, '')} ..."


def within(lines: Sequence[str], width: int) -> list[str]:
    """Return lines of which a terminal breaks none because of tabs or wide letters.

    What it broke would begin in the first column, as our own lines do.
    """
    return [part for line in lines for part in (folded(line, width) if _is_odd(line) else [line])]


def _is_odd(line: str) -> bool:
    return "\x1b" not in line and ("\t" in line or (not line.isascii() and any(map(is_wide, line))))


def packed(parts: Sequence[str], width: int, between: str = "   ") -> list[str]:
    """Return parts side by side, in as many lines as it takes; none is broken that fits one."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(between) + len(part) <= width:
            lines[-1] += f"{between}{part}"
        else:
            lines += folded(part, width)
    return lines


def unwrapped(text: Text) -> str:
    """Return a text with the lines that its author gave it."""
    return readable(str(text))


def _block(block: Block, width: int, indent: str) -> list[str]:
    if isinstance(block, Lines):
        lines = ((indent + line).rstrip() for line in block.lines)
        return [part for line in lines for part in folded(line, width)]
    if isinstance(block, Paragraph):
        return _filled(block, width, indent)
    return [line for point in block.points for line in _point(point, width, indent)]


def _point(point: Text, width: int, indent: str) -> list[str]:
    first, *rest = wrapped(point, width, f"{indent}  ") or [""]
    return [f"{indent}- {first[len(indent) + 2 :]}".rstrip(), *rest]


def _filled(paragraph: Paragraph, width: int, indent: str) -> list[str]:
    words = " ".join(filter(None, map(str.strip, readable(str(paragraph)).split("\n"))))
    lines = textwrap.wrap(
        _COMMAND.sub(lambda found: found[0].replace(" ", _NO_BREAK), _in_columns(words)),
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
    return [line.replace(_NO_BREAK, " ").replace(_SECOND, "") for line in lines]


def _in_columns(line: str) -> str:
    """Return a line with as many characters as it takes columns, and no word without end."""
    if not line.isascii():
        line = "".join(c + _SECOND if is_wide(c) else c for c in line)
    return _LONG_WORD.sub(r"\g<0> ", line)
