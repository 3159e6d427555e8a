"""The channel to a learner's process: frames go out, frames come in, and nobody waits for ever.

What arrives is put together here and believed no further than `wire` allows. Whatever the process
prints comes through a pipe of its own, is cut at a limit, and decides nothing.
"""

from __future__ import annotations

import contextlib
import os
import select
import time
from typing import Any

from grader.learner import wire
from grader.learner.outside.answers import NONSENSE

CHUNK = 2**18


class Channel:
    """Frames to and from a process through three pipes, which are closed with the channel."""

    def __init__(self, outgoing: int, incoming: int, printing: int, max_printed: int) -> None:
        self._outgoing, self._incoming, self._printing = outgoing, incoming, printing
        self._max_printed = max_printed
        self._unsent, self._arrived, self._printed = bytearray(), bytearray(), bytearray()
        self._is_over = False
        self._open()

    @property
    def printed(self) -> str:
        """What was printed so far, cut at the limit."""
        text = bytes(self._printed[: self._max_printed]).decode("utf-8", "replace")
        cut = len(self._printed) > self._max_printed
        return text + (f"\n[cut after {self._max_printed} bytes]" if cut else "")

    @property
    def has_unsent(self) -> bool:
        """Whether the other side has not taken all that was sent."""
        return bool(self._unsent)

    def send(self, frame: bytes) -> None:
        """Let a frame go out, as fast as the other side takes it while we `receive`."""
        self._unsent += frame

    def receive(self, seconds: float) -> Any:
        """Return the next message; one that cannot be read is `NONSENSE`.

        Raises
        ------
        TimeoutError
            None came within `seconds`.
        EOFError
            The other side has closed its end.
        """
        deadline = time.monotonic() + seconds
        try:
            while (frame := wire.take_frame(self._arrived, wire.MAX_ANSWER)) is None:
                if self._is_over:
                    raise EOFError
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError
                self._move(left)
            return wire.unpack(*frame)
        except wire.WireError:
            return NONSENSE

    def last_words(self, seconds: float) -> bytes:
        """Return what still comes, which need not be a frame, before the other side hangs up."""
        self._arrived.clear()
        deadline = time.monotonic() + seconds
        while not self._is_over and len(self._arrived) < CHUNK:
            if (left := deadline - time.monotonic()) <= 0:
                break
            self._move(left)
        return bytes(self._arrived)

    def take_printed(self) -> str:
        """Return what was printed before the last message came, cut at the limit."""
        raise NotImplementedError

    def close(self) -> None:
        """Take in what was printed last, and close the pipes."""
        raise NotImplementedError

    def _open(self) -> None:
        raise NotImplementedError

    def _move(self, seconds: float) -> None:
        """Move bytes in any direction; return when some have moved, or the time is up."""
        raise NotImplementedError

    def _take(self, descriptor: int, chunk: bytes) -> None:
        """Take in what came through a pipe; nothing at all is its end."""
        if descriptor == self._incoming:
            self._is_over = not chunk
            self._arrived += chunk
        else:
            self._printed += chunk[: max(self._max_printed + 1 - len(self._printed), 0)]


class PolledChannel(Channel):
    """The channel where one can wait for several pipes at once: Linux and macOS."""

    def take_printed(self) -> str:
        """Return what was printed before the last message came, cut at the limit."""
        while len(self._printed) <= self._max_printed and self._printing in self._ready(0):
            self._read(self._printing)
        return self.printed

    def close(self) -> None:
        """Take in what was printed last, and close the pipes."""
        self.take_printed()
        for descriptor in (self._outgoing, self._incoming, self._printing):
            os.close(descriptor)

    def _open(self) -> None:
        self._waiting = {self._incoming: select.POLLIN, self._printing: select.POLLIN}
        for descriptor in (self._outgoing, *self._waiting):
            os.set_blocking(descriptor, False)

    def _move(self, seconds: float) -> None:
        self._write()
        for descriptor in self._ready(seconds):
            if descriptor != self._outgoing:
                self._read(descriptor)

    def _ready(self, seconds: float) -> list[int]:
        """Return the pipes that something can be done with, once there is one."""
        poll = select.poll()
        for descriptor, event in self._waiting.items():
            poll.register(descriptor, event)
        return [descriptor for descriptor, _ in poll.poll(max(seconds, 0) * 1000)]

    def _write(self) -> None:
        try:
            with contextlib.suppress(BlockingIOError):
                while self._unsent:
                    del self._unsent[: os.write(self._outgoing, self._unsent[:CHUNK])]
        except BrokenPipeError:  # nobody reads any more; what they had to say may still come
            self._unsent.clear()
        if self._unsent:
            self._waiting[self._outgoing] = select.POLLOUT
        else:
            self._waiting.pop(self._outgoing, None)

    def _read(self, descriptor: int) -> None:
        chunk = os.read(descriptor, CHUNK)
        if not chunk:
            del self._waiting[descriptor]
        self._take(descriptor, chunk)
