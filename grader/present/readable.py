"""What all text of unknown origin passes on its way out, whatever it goes to."""

from __future__ import annotations

import os
import re
from typing import Any
from unicodedata import east_asian_width

from grader.errors import readable

__all__ = ["all_readable", "is_wide", "on_terminal", "painted", "readable"]
# The colours that a style puts in bear a number that nobody else can know; nothing else that begins
# as they do is let through.
_OURS = int.from_bytes(os.urandom(6), "little")
_COLOUR = re.compile(f"\x1b\\[{_OURS};([0-9;]+)m")


def is_wide(char: str) -> bool:
    """Tell whether a character takes two columns of a terminal."""
    return char > "\u10ff" and east_asian_width(char) in "WF"


def painted(text: str, codes: str) -> str:
    """Return text in the colours that codes stand for, as `on_terminal` knows them."""
    return f"\x1b[{_OURS};{codes}m{readable(text)}\x1b[{_OURS};0m"


def on_terminal(text: str, has_colour: bool) -> str:
    """Return text as a terminal may get it: readable, but for our own colours where it has some."""
    parts = enumerate(_COLOUR.split(text))
    coded = ((number % 2, part) for number, part in parts)
    return "".join(
        (f"\x1b[{part}m" if has_colour else "") if is_code else readable(part)
        for is_code, part in coded
    )


def all_readable(value: Any) -> Any:
    """Return what is to become JSON with every text in it readable."""
    if isinstance(value, dict):
        return {key: all_readable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [all_readable(item) for item in value]
    return readable(value) if isinstance(value, str) else value
