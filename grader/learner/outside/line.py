"""The line to a learner's process: frames go out, frames come in, and nobody waits for ever.

What arrives is assembled here and believed no further than `wire` allows. Whatever the process
prints comes on a pipe of its own, is kept up to a limit, and decides nothing.
"""

from __future__ import annotations

import contextlib
import os
import queue
import select
import sys
import threading
import time
from typing import Any

from grader.learner.outside.answers import NONSENSE

_CHUNK = 2**18


class Line:
    """Frames to and from a process over three pipes, which end with the line."""

    def __init__(self, outgoing: int, incoming: int, printing: int, keep: int) -> None:
        self._outgoing, self._incoming, self._printing = outgoing, incoming, printing
        self._keep = keep
        self._unsent, self._arrived, self._printed = bytearray(), bytearray(), bytearray()
        self._over = False
        self._open()

    @property
    def printed(self) -> str:
        """What was printed so far, cut at the limit."""
        text = bytes(self._printed[: self._keep]).decode("utf-8", "replace")
        cut = len(self._printed) > self._keep
        return text + (f"\n[cut after {self._keep} bytes]" if cut else "")

    @property
    def owes(self) -> bool:
        """Whether something that was sent has not been taken yet."""
        return bool(self._unsent)

    @property
    def is_open(self) -> bool:
        """Whether the other side still holds its end, as far as one can tell without reading."""
        return not self._over

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
        from grader.learner import wire  # it needs NumPy, which takes long to import

        deadline = time.monotonic() + seconds
        try:
            while (frame := wire.take_frame(self._arrived, wire.MAX_ANSWER)) is None:
                if self._over:
                    raise EOFError
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError
                self._move(left)
            return wire.unpack(*frame)
        except wire.WireError:
            return NONSENSE

    def close(self) -> None:
        """Take in what was printed last, and let go of the pipes."""
        raise NotImplementedError

    def _open(self) -> None:
        raise NotImplementedError

    def _move(self, seconds: float) -> None:
        """Move bytes in any direction; return when some have moved, or the time is up."""
        raise NotImplementedError

    def _take(self, chunk: bytes) -> None:
        """Take in a part of an answer; nothing at all is the end of them."""
        self._over = not chunk
        self._arrived += chunk

    def _take_printed(self, chunk: bytes) -> None:
        self._printed += chunk[: max(self._keep + 1 - len(self._printed), 0)]


class PolledLine(Line):
    """The line where one can wait for several pipes at once: Linux and macOS."""

    def _open(self) -> None:
        self._waiting = {self._incoming: select.POLLIN, self._printing: select.POLLIN}
        for descriptor in (self._outgoing, *self._waiting):
            os.set_blocking(descriptor, False)

    @property
    def is_open(self) -> bool:
        """Whether the other side still holds its end."""
        poll = select.poll()
        poll.register(self._incoming, select.POLLIN)
        return not any(event & select.POLLHUP for _, event in poll.poll(0))

    def close(self) -> None:
        """Take in what was printed last, and let go of the pipes."""
        while len(self._printed) <= self._keep and self._printing in self._ready(0):
            self._read(self._printing)
        for descriptor in (self._outgoing, self._incoming, self._printing):
            os.close(descriptor)

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
                    del self._unsent[: os.write(self._outgoing, self._unsent[:_CHUNK])]
        except BrokenPipeError:  # nobody reads any more; what they had to say may still come
            self._unsent.clear()
        if self._unsent:
            self._waiting[self._outgoing] = select.POLLOUT
        else:
            self._waiting.pop(self._outgoing, None)

    def _read(self, descriptor: int) -> None:
        chunk = os.read(descriptor, _CHUNK)
        if not chunk:
            del self._waiting[descriptor]
        if descriptor == self._incoming:
            self._take(chunk)
        else:
            self._take_printed(chunk)


class ThreadedLine(Line):
    """The line where pipes can only be waited for one at a time, each by a thread: Windows."""

    def _open(self) -> None:
        self._chunks: queue.Queue[tuple[int, bytes]] = queue.Queue(maxsize=8)
        self._frames: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._closed = False
        workers = [
            threading.Thread(target=self._pump, args=[self._incoming], daemon=True),
            threading.Thread(target=self._pump, args=[self._printing], daemon=True),
            threading.Thread(target=self._write, daemon=True),
        ]
        for worker in workers:
            worker.start()

    def close(self) -> None:
        """Take in what was printed last, and let go of the pipes."""
        self._frames.put(None)
        with contextlib.suppress(queue.Empty):
            while len(self._printed) <= self._keep:
                self._sort(*self._chunks.get(timeout=0.1))
        self._closed = True

    @property
    def owes(self) -> bool:
        """Whether something that was sent has not been taken yet."""
        return bool(self._unsent) or not self._frames.empty()

    def _move(self, seconds: float) -> None:
        if self._unsent:
            self._frames.put(bytes(self._unsent))
            self._unsent.clear()
        with contextlib.suppress(queue.Empty):
            self._sort(*self._chunks.get(timeout=seconds))

    def _sort(self, descriptor: int, chunk: bytes) -> None:
        if descriptor == self._incoming:
            self._take(chunk)
        else:
            self._take_printed(chunk)

    def _pump(self, descriptor: int) -> None:
        with os.fdopen(descriptor, "rb", buffering=0) as pipe:
            chunk = b"something"
            while chunk and not self._closed:
                chunk = pipe.read(_CHUNK)
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


SystemLine = ThreadedLine if sys.platform == "win32" else PolledLine
