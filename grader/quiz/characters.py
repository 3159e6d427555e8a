"""Characters that editors, phones and copying put in the place of plain ones."""

from __future__ import annotations

import shlex
import unicodedata
from functools import lru_cache

from grader.accents import normalized

_QUOTES = dict.fromkeys("‘’‚‛′‵‹›ʼ´", "'") | dict.fromkeys("“”„‟″‶«»", '"')
_MINUS = dict.fromkeys("\N{MINUS SIGN}\N{HYPHEN BULLET}\N{SMALL HYPHEN-MINUS}", "-")
_PLAIN = {**_QUOTES, **_MINUS, "…": "...", "\N{COMBINING GRAPHEME JOINER}": ""}
_FULL_WIDTH = range(0xFF01, 0xFF5F)  # the printable characters of ASCII, in their order


def plain_characters(text: str) -> str:
    """Return a text with its quotes, dashes, spaces and full-width letters as ASCII has them.

    Marks that take no room are left out, and a letter with its accent is one character. Letters
    that mean something else, such as the small digits of 2², stay.
    """
    if text.isascii():
        return text
    return "".join(map(_plain, normalized("NFC", text)))


@lru_cache(maxsize=512)
def _plain(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    if ord(character) in _FULL_WIDTH:
        return chr(ord(character) - 0xFEE0)
    kind = unicodedata.category(character)
    if kind == "Cf" or "VARIATION SELECTOR" in unicodedata.name(character, ""):
        return ""
    return {"Pd": "-", "Zs": " "}.get(kind, character)


def in_quotes(text: str) -> str:
    """Return a text as it is typed in a command, whatever a shell would make of its signs."""
    return shlex.quote(text) if {*text} & {*'"$`\\!'} else f'"{text}"'
