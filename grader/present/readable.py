"""The one function that text of unknown origin passes on its way out."""

from __future__ import annotations

from grader.errors import spelled


def readable(text: str) -> str:
    """Return text in which whatever has no shape of its own is spelled out.

    That is whatever could drive a terminal, turn the direction of writing, break a line elsewhere
    than at its end, or not be encoded at all. Line ends and tabs stay.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\n\t" else spelled(c) for c in text)
