"""Text that comes in pieces, filled into lines as it comes."""

from __future__ import annotations

import re

from grader.present.readable import readable

_PART = re.compile(r"\n|[^\S\n]+|\S+")  # a line's end, a gap, a word


class FlowingText:
    """Breaks a text into lines of at most `width` characters while it is still being made.

    A word is held back until something else has come, for only then it is known whether the line
    has room for it; so is a gap, which the end of a line needs not.
    """

    def __init__(self, width: int) -> None:
        self._width, self._column = width, 0
        self._gap = ""
        self._held: list[str] = []  # in pieces, for a word may come in very many

    def feed(self, piece: str) -> str:
        """Return what of the text can be printed now that one more piece has come."""
        laid = []
        for part in _PART.findall(piece):
            if self._held and not _goes_on(self._held[-1], part):
                laid.append(self._released())
            self._held.append(part)
        return "".join(laid)

    def end(self) -> str:
        """Return what was held back, with the end of the line."""
        return self._released().rstrip("\n") + "\n"

    def _released(self) -> str:
        """Return what was held back."""
        held, self._held = "".join(self._held), []
        return self._laid(held)

    def _laid(self, part: str) -> str:
        """Return a part with what stands between it and the one before."""
        if part == "\n":
            self._column, self._gap = 0, ""
            return part
        if not part.strip():
            self._gap = " " if self._column else ""
            return ""
        lines = self._word(readable(part))
        self._gap = ""
        return lines

    def _word(self, word: str) -> str:
        """Return a word on this line, or on the next; in pieces where it is longer than a line."""
        before = self._gap
        if self._column + len(before) + len(word) > self._width and self._column:
            before, self._column = "\n", 0
        lines = [word[at : at + self._width] for at in range(0, len(word), self._width)]
        self._column += len(before.strip("\n")) + len(lines[-1])
        return before + "\n".join(lines)


def _goes_on(held: str, part: str) -> bool:
    """Tell whether a part belongs to the word, or the gap, that is held back."""
    return "\n" not in (held, part) and held.isspace() == part.isspace()
