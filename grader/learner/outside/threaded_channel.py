"""The channel to a learner's process on Windows, where a thread has to wait for each pipe."""

from __future__ import annotations

import contextlib
import os
import queue
import threading
import time

from grader.learner.outside.channel import CHUNK, Channel

# How long to wait, once a process has ended, for the last that it printed: a process of its own
# that it left behind may hold the pipe open for ever.
LAST_SECONDS = 5.0


class ThreadedChannel(Channel):
    """The channel where only one pipe can be waited for at a time, each by a thread."""

    def take_printed(self) -> str:
        """Return what was printed before the last message came, as far as it has arrived."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._take(*self._chunks.get_nowait())
        return self.printed

    def close(self) -> None:
        """Take in what was printed last, and close the pipes."""
        self._frames.put(None)
        deadline = time.monotonic() + LAST_SECONDS
        with contextlib.suppress(queue.Empty):
            while not self._has_printed_all and len(self._printed) <= self._max_printed:
                self._take(*self._chunks.get(timeout=max(deadline - time.monotonic(), 0)))
        self._closed = True

    @property
    def has_unsent(self) -> bool:
        """Whether the other side has not taken all that was sent."""
        return bool(self._unsent) or not self._frames.empty()

    def _open(self) -> None:
        self._chunks: queue.Queue[tuple[int, bytes]] = queue.Queue(maxsize=8)
        self._frames: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._closed = self._has_printed_all = False
        for work, *pipe in (
            (self._read, self._incoming),
            (self._read, self._printing),
            (self._write,),
        ):
            threading.Thread(target=work, args=pipe, daemon=True).start()

    def _move(self, seconds: float) -> None:
        if self._unsent:
            self._frames.put(bytes(self._unsent))
            self._unsent.clear()
        with contextlib.suppress(queue.Empty):
            self._take(*self._chunks.get(timeout=seconds))

    def _take(self, descriptor: int, chunk: bytes) -> None:
        if descriptor == self._printing and not chunk:
            self._has_printed_all = True
        super()._take(descriptor, chunk)

    def _read(self, descriptor: int) -> None:
        with os.fdopen(descriptor, "rb", buffering=0) as pipe:
            chunk = b"something"
            while chunk and not self._closed:
                chunk = pipe.read(CHUNK)
                self._hand_over(descriptor, chunk)

    def _hand_over(self, descriptor: int, chunk: bytes) -> None:
        while not self._closed:
            with contextlib.suppress(queue.Full):
                self._chunks.put((descriptor, chunk), timeout=0.1)
                return

    def _write(self) -> None:
        with contextlib.suppress(OSError), os.fdopen(self._outgoing, "wb", buffering=0) as pipe:
            while (frame := self._frames.get()) is not None:
                while frame:
                    frame = frame[pipe.write(frame) :]
