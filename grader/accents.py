"""Accents that are piled on a letter: to put them in order takes their number squared.

Whatever normalizes a text does that, and so does Python with each name of a program. No language
needs more than a handful on a letter.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

_MOST = 32
_PILE = re.compile(rf"[^\0-\u02ff]{{{_MOST + 1}}}")  # no accent that is piled has a lower number


def normalized(form: Literal["NFC", "NFD", "NFKC"], text: str) -> str:
    """Return a text in a normal form of Unicode, of each letter the first accents alone."""
    return unicodedata.normalize(form, _without_piles(text) if _PILE.search(text) else text)


def require_few_accents(text: str) -> None:
    """Raise `ValueError` where a letter has so many that Python would take long to read a name."""
    if _PILE.search(text) and _without_piles(text) != text:
        raise ValueError(f"a letter in it has more than {_MOST} accents")


def _without_piles(text: str) -> str:
    kept, piled = [], 0
    for character in text:
        first = unicodedata.normalize("NFKD", character)[0]
        piled = piled + 1 if unicodedata.combining(first) else 0
        if piled <= _MOST:
            kept.append(character)
    return "".join(kept)
