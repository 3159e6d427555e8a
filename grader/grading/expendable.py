"""A process for what may not end, may take too much, or may be ended by C code.

No thread can end a loop of C, and a library that cannot have its memory may end the process that it
is in. So a reference that is given a stranger's values, or has a slip in it, is called in a process
that was forked from this one: with all that is loaded here, and nothing to lose.
"""

from __future__ import annotations

import faulthandler
import math
import os
import pickle
import select
import signal
import struct
import sys
import time
import warnings
import weakref
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

from grader.errors import BrokenGraderError, say_fault
from grader.exercise.silent import silent
from grader.grading.held import held_in_memory, hold_for_good, take_buffers_once
from grader.grading.trusted import TRUSTED
from grader.learner.inside.ending import end_with_parent, hear_of_children

Work = Callable[[Any], Any]
MAX_ANSWER = 64 * 2**20  # bytes; more than a learner's answer may have
_LENGTH = struct.Struct("<Q")
_PIECE = 2**18
IS_POSSIBLE = sys.platform == "linux"  # elsewhere it is not safe to fork, or no limit holds


class Expendable:
    """Has `work` done on one request after the other, in a process that may be lost at each.

    It is forked at the first request, and again at the first one after it was lost or ended, so
    what the work keeps between requests is kept until then. It may take so many bytes more than
    there were: `held.MAX_GROWTH`. Where the system cannot do that, the work is done here, with what
    limit there is.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self._child: _Child | None = None

    def ask(self, request: Any, seconds: float) -> Any:
        """Return what the work makes of a request.

        Raises
        ------
        TimeoutError
            It takes longer than so many seconds.
        MemoryError
            It takes, or makes, more than there may be, or ended its process otherwise.
        BrokenGraderError
            It raised something else.
        """
        if not IS_POSSIBLE:
            with held_in_memory():
                return self._work(request)
        if not (self._child and self._child.parent == os.getpid()):
            self._child = _Child(self._work)  # this one may have been forked itself
        try:
            kind, answer = self._child.ask(request, seconds)
        except BaseException:  # it is in the midst of something
            self.end()
            raise
        if kind == "fault":
            raise BrokenGraderError(answer)
        if kind == "memory":
            raise MemoryError
        return answer

    def end(self) -> None:
        """End the process, if there is one."""
        if self._child:
            self._child.end()
        self._child = None


class Processes:
    """Expendable processes that are ended together."""

    def __init__(self) -> None:
        self._all: list[Expendable] = []

    def new(self, work: Work) -> Expendable:
        """Return another one."""
        self._all.append(Expendable(work))
        return self._all[-1]

    def end(self) -> None:
        """End all of them; whoever asks one again gets a fresh one, that remembers nothing."""
        for process in self._all:
            process.end()


class _Child:
    """The process, as the one sees it that forked it."""

    def __init__(self, work: Work) -> None:
        take_buffers_once()  # for all who are forked
        hear_of_children()
        self.parent = os.getpid()
        (requests, self._requests), (self._answers, answers) = os.pipe(), os.pipe()
        # Held, so that no other thread of ours holds them over there, where it does not go on.
        with TRUSTED, silent(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Python 3.12: others may hold other locks
            pid = os.fork()
            if not pid:
                _serve(work, requests, answers, self.parent)
        os.close(requests)
        os.close(answers)
        self.end = weakref.finalize(self, _end, self.parent, pid, self._requests, self._answers)

    def ask(self, request: Any, seconds: float) -> Any:
        end = time.monotonic() + seconds
        poll = select.poll()
        poll.register(self._answers, select.POLLIN)

        def read() -> bytes:
            left = end - time.monotonic()
            if left <= 0 or not poll.poll(1000 * left):
                raise TimeoutError
            return os.read(self._answers, _PIECE)

        try:
            _write(self._requests, request)
            return _read(read, MAX_ANSWER)
        except (BrokenPipeError, EOFError):
            raise MemoryError from None


def _end(parent: int, pid: int, *pipes: int) -> None:
    if os.getpid() != parent:  # a fork of the parent has the child in its books, and not as its own
        return
    for each in pipes:
        os.close(each)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def _serve(work: Work, requests: int, answers: int, parent: int) -> NoReturn:
    """Do the work in the forked process, until nobody asks any more."""
    try:
        _prepare(parent)
        while True:
            _write(answers, _done(work, _read(lambda: os.read(requests, _PIECE))))
    except (EOFError, MemoryError):
        pass
    except Exception as error:
        _write(answers, ("fault", say_fault(error)))
    finally:
        os._exit(0)


def _prepare(parent: int) -> None:
    import resource  # which Windows lacks

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever waits ends this one
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent(parent, signal.SIGKILL)
    faulthandler.disable()  # pytest's: what becomes of this process is nothing to print
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for standard in (1, 2):  # C code speaks past Python, not least when it ends the process
        os.dup2(nowhere, standard)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    hold_for_good()


def _done(work: Work, request: Any) -> tuple[str, Any]:
    try:
        return "answer", work(request)
    except MemoryError:
        return "memory", None
    except Exception as error:
        return "fault", say_fault(error)


def _read(read: Callable[[], bytes], most: float = math.inf) -> Any:
    """Return the next message; nobody sends another one before it is answered."""
    arrived, length = bytearray(), _LENGTH.size
    while len(arrived) < length:
        piece = read()
        if not piece:
            raise EOFError
        arrived += piece
        if len(arrived) >= _LENGTH.size:
            length = _LENGTH.size + _LENGTH.unpack_from(arrived)[0]
            if length > most:
                raise MemoryError
    return pickle.loads(memoryview(arrived)[_LENGTH.size :])


def _write(file: int, message: Any) -> None:
    body = pickle.dumps(message)
    left = memoryview(_LENGTH.pack(len(body)) + body)
    while left:
        left = left[os.write(file, left) :]
