"""Text as Markdown that shows what stands in it, whatever its words mean to Markdown."""

from __future__ import annotations

import re
from textwrap import dedent, indent

from grader.present.readable import readable
from grader.records.text import Block, Code, Lines, Paragraph, Span, Text, parse, spans_of

# What Markdown or MathJax would take for a sign of theirs, anywhere and where a line begins.
_SIGNS = re.compile(r"[\\*$<\[\]|~`]|(?<![^\W_])_|_(?![^\W_])|&(?=[#\w])")
_APART = "\n\n"
_FIRST_SIGN = re.compile(r"^\d*([-+#>.)])")


def prose_markdown(text: Text | str) -> str:
    """Return a text as Markdown, a paragraph in one line."""
    return "\n\n".join(map(_block, parse(text).blocks))


def words_markdown(text: str) -> str:
    """Return words as they stand within a line, a heading's or a list's, however they begin."""
    return _paragraph(Paragraph(spans_of(text)))


def labelled_markdown(label: str, text: Text | str) -> str:
    """Return a text after a label: in its line, or below it where lines have to begin there."""
    parsed = parse(text)
    is_in_line = bool(parsed.blocks) and isinstance(parsed.blocks[0], Paragraph)
    return f"{label}{' ' if is_in_line else _APART}{prose_markdown(parsed)}"


def _block(block: Block) -> str:
    if isinstance(block, Lines):
        return fenced(readable(dedent(str(block)).strip("\n")))
    if isinstance(block, Paragraph):
        return _paragraph(block)
    return "\n".join(f"- {indent(prose_markdown(point), '  ')[2:]}" for point in block.points)


def _paragraph(block: Paragraph) -> str:
    words = "".join(map(_span, block.spans)).strip()
    return _FIRST_SIGN.sub(lambda found: f"{found[0][:-1]}\\{found[1]}", words)


def _span(span: Span) -> str:
    words = re.sub(r"\s+", " ", readable(span.text if isinstance(span, Code) else span))
    if not isinstance(span, Code):
        return _SIGNS.sub(r"\\\g<0>", words)
    fence = "`" * (_most_backticks(words) + 1)
    space = " " if len(fence) > 1 else ""
    return f"{fence}{space}{words}{space}{fence}"


def fenced(code: str) -> str:
    """Return lines that keep their shape, whatever stands in them."""
    fence = "`" * max(3, _most_backticks(code) + 1)
    return f"{fence}text\n{code}\n{fence}"


def _most_backticks(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)
