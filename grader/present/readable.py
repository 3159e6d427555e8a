"""The one function that text of unknown origin passes on its way out."""

from __future__ import annotations


def readable(text: str) -> str:
    """Return text in which whatever has no shape of its own is spelled out.

    That is whatever could drive a terminal, turn the direction of writing, break a line elsewhere
    than at its end, or not be encoded at all. Line ends and tabs stay.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\n\t" else _spelled(ord(c)) for c in text)


def _spelled(code: int) -> str:
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
