"""Text as HTML, readable on light and on dark: it has the colours of the page around it."""

from __future__ import annotations

from html import escape
from textwrap import dedent

from grader.present.readable import readable
from grader.records.text import Block, Code, Lines, Paragraph, Text, parse

EDGE = "rgba(128,128,128,.35)"  # of frames and tables


def prose_html(text: Text | str, is_headed: bool = False) -> str:
    """Return a text as HTML; where it `is_headed`, its first paragraph is bold."""
    blocks = parse(text).blocks
    return "\n".join(_block(b, is_headed and b is blocks[0]) for b in blocks)


def safe(text: str) -> str:
    """Return text of unknown origin as HTML that shows it."""
    return escape(readable(text))


def paragraph(html: str) -> str:
    """Return HTML as a paragraph."""
    return f'<p style="margin:.4em 0">{html}</p>'


def pre(text: str) -> str:
    """Return lines that keep their shape, in a frame."""
    style = f"margin:.3em 0;padding:.4em .6em;border:1px solid {EDGE};overflow-x:auto"
    return f'<pre style="{style}">{safe(text)}</pre>'


def _block(block: Block, is_head: bool) -> str:
    if isinstance(block, Lines):
        return pre(dedent(str(block)))
    if isinstance(block, Paragraph):
        html = "".join(map(_span, block.spans))
        return paragraph(f"<strong>{html}</strong>" if is_head else html)
    points = "".join(f"<li>{prose_html(point)}</li>" for point in block.points)
    return f'<ul style="margin:.4em 0">{points}</ul>'


def _span(span: str | Code) -> str:
    return f"<code>{safe(span.text)}</code>" if isinstance(span, Code) else safe(span)
