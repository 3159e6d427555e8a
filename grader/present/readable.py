"""What all text of unknown origin passes on its way out, whatever it goes to."""

from __future__ import annotations

import re
from typing import Any

from grader.errors import readable

__all__ = ["all_readable", "on_terminal", "readable"]
# The colours that a style puts in, each alone; nothing else that begins so is let through.
_COLOUR = re.compile("(\x1b\\[(?:[012]|3[1-6])m)")


def on_terminal(text: str, has_colour: bool) -> str:
    """Return text as a terminal may get it: readable, but for our own colours where it has some."""
    if not has_colour:
        return readable(text)
    parts = enumerate(_COLOUR.split(text))
    return "".join(part if number % 2 else readable(part) for number, part in parts)


def all_readable(value: Any) -> Any:
    """Return what is to become JSON with every text in it readable."""
    if isinstance(value, dict):
        return {key: all_readable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [all_readable(item) for item in value]
    return readable(value) if isinstance(value, str) else value
