"""What files for somebody are called: what any system takes, nobody else's, and found again."""

from __future__ import annotations

from collections.abc import Sequence

from grader.files import first_bytes

_LONGEST = 160  # bytes of a file's name: others are added to it
_IN_NAMES = "-_.@+"


def stem_of(called: str) -> str:
    """Return what a file for somebody is called, if nobody else's is called so."""
    plain = "".join(c if c.isalnum() or c in _IN_NAMES else "_" for c in called)
    return first_bytes(plain.strip("._"), _LONGEST) or "student"


def stems_of(everybody: Sequence[str]) -> list[str]:
    """Return what the files for each are called: `ada` is hers who is called so, to the letter."""
    plain, stems = [*map(stem_of, everybody)], dict[int, str]()
    taken = set[str]()
    for place in sorted(range(len(plain)), key=lambda n: plain[n] != everybody[n]):
        stem, number = plain[place], 1
        while stem.casefold() in taken:
            number += 1
            stem = f"{plain[place]}-{number}"
        taken.add(stem.casefold())
        stems[place] = stem
    return [stems[place] for place in range(len(plain))]
