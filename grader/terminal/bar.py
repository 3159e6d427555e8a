"""Keeps one line of a terminal up to date with how far something is."""

from __future__ import annotations

import sys
import time

from grader.present.class_text import progress_line
from grader.terminal.commands.common import status, style_of

_OFTEN = 0.1  # seconds between two looks at the line


class Bar:
    """Shows how many are done of `what`, at most so often."""

    def __init__(self, what: str) -> None:
        self._what, self._began, self._last = what, time.monotonic(), 0.0

    def tell(self, done: int, total: int) -> None:
        """Show how many are done, and how long the others will take; nothing more once all are."""
        if done < total:
            self.show(done, total, time.monotonic() - self._began)
        else:
            status("")

    def show(self, done: int, total: int, seconds: float, not_read: int = 0) -> None:
        """Show how many were done within some seconds."""
        now = time.monotonic()
        if now - self._last >= _OFTEN:
            self._last = now
            status(progress_line(done, total, seconds, not_read, style_of(sys.stderr), self._what))
