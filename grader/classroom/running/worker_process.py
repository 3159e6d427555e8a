"""One worker process, from this side of its pipes: started when needed, and again when it died."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from threading import Timer
from typing import Any

from grader.classroom.running.chunks import Result, Setup, setup_bytes
from grader.classroom.running.versions import grader_version
from grader.errors import BrokenGraderError, UsageError

_BOOT = (
    "import os, sys; sys.path[:] = sys.argv.pop(1).split(os.pathsep);"
    " from grader.classroom.running.worker import main; main()"
)
_SLACK = 600.0  # seconds that a grade may take besides the learner's: far more than any does
MAX_STARTS = 3
_PATIENCE = 2.0  # seconds
_MAX_SAID = 2000


def patience(setup: Setup, tasks: int = 1) -> float:
    """Return the seconds after which whoever grades so many answers will not come to an end."""
    return _SLACK + 10 * setup.seconds * tasks


class Died(Exception):
    """A worker ended before its work; the message is the last that it said."""


class WorkerProcess:
    """A process that grades chunks; `notice` is what it says of the tier that it works in.

    Use it with `with`, in one thread. One that is `tied` to that thread ends with it, were it
    killed.
    """

    def __init__(self, setup: Setup, *, tied: bool = False) -> None:
        self._setup, self.notice = setup, ""
        self._whose = [str(os.getpid())] if tied else []
        self._process: subprocess.Popen[bytes] | None = None
        self._is_over = False

    def __enter__(self) -> WorkerProcess:
        self._said = tempfile.TemporaryFile()
        return self

    def __exit__(self, *error: object) -> None:
        if self._process:
            self._end(_PATIENCE)
        self._said.close()

    @property
    def pid(self) -> int:
        """The id of the process, or 0 while there is none."""
        return self._process.pid if self._process else 0

    def grade(self, chunk: bytes) -> Iterator[Result]:
        """Yield the results of a chunk, as they come.

        Raises
        ------
        Died
            The process did, or takes far too long.
        GraderError
            It cannot be started.
        """
        if self._process is None:
            self._start_anew()
        self._write(chunk)
        while isinstance(said := self._read(), list):
            yield Result(*said)
        if "fault" in said:
            self._end()
            raise UsageError(said["fault"]) if said["is_usage"] else Died(said["fault"])
        self.notice = said["notice"]

    def stop(self) -> None:
        """End the process at once, from another thread; nothing is started any more."""
        self._is_over = True
        if process := self._process:
            process.kill()

    def _start_anew(self) -> None:
        """Start a process, in as many attempts as it takes, within reason."""
        for _ in range(MAX_STARTS):
            if self._is_over:
                raise BrokenGraderError("what was to be graded was not: it was stopped before")
            with contextlib.suppress(Died):
                self._start()
                return
        raise BrokenGraderError(
            f"a process that grades does not start: {self._last_words()}",
            next="No points were lost. Please report this line.",
        )

    def _start(self) -> None:
        threads = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
        self._process = subprocess.Popen(
            [sys.executable, "-c", _BOOT, os.pathsep.join(sys.path), *self._whose],
            env=os.environ | dict.fromkeys(threads, "1"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
        )
        if self._is_over:
            self._process.kill()
        self._write(setup_bytes(self._setup))
        said = self._read()
        if "fault" in said:
            kind = UsageError if said["is_usage"] else BrokenGraderError
            what, *more = said["fault"].split("\n")
            raise kind(what, lines=more)
        if said["grader"] != grader_version():
            raise BrokenGraderError(
                "the grader was changed while it ran", next="Run the same command again."
            )

    def _write(self, line: bytes) -> None:
        assert self._process and self._process.stdin
        with contextlib.suppress(BrokenPipeError):  # reading finds out why
            self._process.stdin.write(line + b"\n")
            self._process.stdin.flush()

    def _read(self) -> Any:
        """Return what the process says next."""
        process = self._process
        assert process and process.stdout
        timer = Timer(patience(self._setup), process.kill)
        timer.daemon = True
        timer.start()
        try:
            line = process.stdout.readline()
        finally:
            timer.cancel()
        if not line.endswith(b"\n"):
            raise Died(self._end())
        return json.loads(line)

    def _end(self, patience: float = 0.0) -> str:
        """End the process, and return the last line that it printed, or how it ended."""
        process, self._process = self._process, None
        assert process and process.stdin and process.stdout
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        try:
            code = process.wait(patience)  # it ends by itself, and takes its sandbox along
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        process.stdout.close()
        return self._last_words() or f"it ended with code {code}"

    def _last_words(self) -> str:
        """Return the last line that the processes printed."""
        self._said.seek(0, os.SEEK_END)
        self._said.seek(max(0, self._said.tell() - _MAX_SAID))
        lines = self._said.read().decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")
