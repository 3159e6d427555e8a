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
        self._gap, self._held = "", ""

    def feed(self, piece: str) -> str:
        """Return what of the text can be printed now that one more piece has come."""
        *whole, self._held = _PART.findall(self._held + piece) or [""]
        return "".join(map(self._laid, whole))

    def end(self) -> str:
        """Return what was held back, with the end of the line."""
        held, self._held = self._held, ""
        return self._laid(held).rstrip("\n") + "\n"

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
        laid = self._gap
        if self._column + len(laid) + len(word) > self._width and self._column:
            laid, self._column = "\n", 0
        self._column += len(laid.strip("\n"))
        while self._column + len(word) > self._width:
            laid, word = laid + word[: self._width] + "\n", word[self._width :]
        self._column += len(word)
        return laid + word
