"""The trusted side of the border: starts the learner's interpreter and waits, but not for ever.

What comes back becomes records, and nothing of it is believed beyond its contents.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from grader.errors import BrokenGraderError
from grader.learner.answers import NONSENSE, kind_of, read_answer
from grader.records import Answer, Call, Outcome, Raised, Run, Stopped, Submission

# How a question from the learner's side (an import, a call of a stand-in) is answered.
Serve = Callable[[dict[str, Any]], Any]

TIER = "process"
START_SECONDS = 60.0
MAX_RESULT = 64 * 2**20
_BOOT = (
    "import gc, sys; gc.disable(); sys.path += sys.argv[2:]\n"
    "from grader.learner.child import main; sys.path.remove(sys.argv[2])\n"
    "memory = int(sys.argv[1]); del sys.argv[1:]; main(memory)"
)


@dataclass(frozen=True)
class Limits:
    """What one exercise may use: seconds for all its calls, bytes of memory, bytes printed."""

    seconds: float = 10.0
    memory: int = 2**30
    printed: int = 4096

    def __post_init__(self) -> None:
        if self.seconds <= 0:
            raise ValueError("the time limit must be longer than 0 seconds")


class LearnerProcess:
    """One interpreter on the learner's side, from its start to its end.

    Start it early: it imports NumPy while the trusted side gets ready. `load` a submission once,
    then `call` it as often as wanted, then `stop`. After `call` returned a `Stopped`, it is over.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process = subprocess.Popen(
            _command(limits),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env=_environment(),
            cwd=Path(__file__).parent.anchor,
            start_new_session=os.name == "posix",
        )
        assert self._process.stdin and self._process.stdout and self._process.stderr
        self._stdin, self._stdout = self._process.stdin, self._process.stdout
        self._stderr = self._process.stderr
        self._printed = bytearray()
        self._frames: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._replies: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._collector = threading.Thread(target=self._collect_printed, daemon=True)
        self._collector.start()
        threading.Thread(target=self._exchange_frames, daemon=True).start()
        self._is_ready = False
        self.alive = True

    def __enter__(self) -> LearnerProcess:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def printed(self) -> str:
        """What the learner's code printed so far, cut at the limit."""
        text = bytes(self._printed[: self._limits.printed]).decode("utf-8", "replace")
        cut = len(self._printed) > self._limits.printed
        return text + (f"\n[cut after {self._limits.printed} bytes]" if cut else "")

    def load(self, submission: Submission, serve: Serve, seconds: float) -> Raised | Stopped | None:
        """Hand over the file and let it run from top to bottom; None when that went well."""
        self.wait_until_ready()
        message = {
            "module": submission.module,
            "path": submission.path,
            "source": submission.source,
        }
        answer = self._converse(message, serve, seconds)
        if kind_of(answer) == "loaded":
            return None
        read = read_answer(answer)
        return read if isinstance(read, (Raised, Stopped)) else NONSENSE

    def call(self, call: Call, serve: Serve, seconds: float) -> Answer:
        """Make one call and return what came of it."""
        message = {
            "function": call.function,
            "args": call.inputs.args,
            "kwargs": call.inputs.kwargs,
        }
        return read_answer(self._converse(message, serve, seconds), call.function)

    def wait_until_ready(self) -> None:
        """Wait for the interpreter to have started: time that is not the learner's."""
        if self._is_ready:
            return
        self._is_ready = kind_of(self._exchange(b"", START_SECONDS)) == "ready"
        if not self._is_ready:
            self.stop()
            raise BrokenGraderError(
                "the process for the learner's code did not start",
                where=sys.executable,
                next=f"It printed: {self.printed.strip() or 'nothing'}",
            )

    def stop(self) -> None:
        """End the process, whatever it is doing, and everything it started."""
        self.alive = False
        self._kill()
        self._process.wait()
        self._frames.put(None)
        self._collector.join(1.0)

    def _kill(self) -> None:
        if os.name != "posix":
            self._process.kill()
            return
        # The group may outlive the process that began it, so it is ended even if that has gone.
        with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody is left in it
            os.killpg(self._process.pid, signal.SIGKILL)

    def _converse(self, message: dict[str, Any], serve: Serve, seconds: float) -> Any:
        """Send a message and return its answer, serving the questions that come before it."""
        from grader.learner import wire  # it needs NumPy, which is imported while the child starts

        deadline = time.monotonic() + seconds
        try:
            answer = self._exchange(wire.pack(message), seconds)
            while kind_of(answer) in ("import", "call"):
                reply = wire.pack(serve(answer))
                answer = self._exchange(reply, deadline - time.monotonic())
        except Exception:
            self.stop()
            raise
        if isinstance(answer, Stopped):
            self.stop()
        return answer

    def _exchange(self, frame: bytes, seconds: float) -> Any:
        """Send a frame and return the next that comes, or the `Stopped` that says why none does."""
        self._frames.put(frame)
        try:
            reply = self._replies.get(timeout=max(seconds, 0.001))
        except queue.Empty:
            return Stopped(Outcome.TIMED_OUT, f"no answer within {seconds:.2g} seconds")
        return self._ended() if reply is EOFError else reply

    def _ended(self) -> Stopped:
        """Say how a process ended that was not asked to."""
        try:
            code = self._process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            return Stopped(Outcome.CRASHED, "the process closed its end of the line")
        if code >= 0:
            return Stopped(Outcome.CRASHED, f"the process left by itself, with exit code {code}")
        known = {member.value: member.name for member in signal.Signals}
        name = known.get(-code, f"signal {-code}")
        said = (signal.strsignal(-code) or name).lower()
        return Stopped(Outcome.CRASHED, f"the process died of a signal: {said} ({name})")

    def _exchange_frames(self) -> None:
        """Write each frame and read one for it; a flood of them waits outside.

        Neither writing nor reading may keep the trusted side from its deadline, so both are done
        here, in a thread of their own.
        """
        with self._stdin, self._stdout:
            while (frame := self._frames.get()) is not None:
                from grader.learner import wire  # not before: two threads importing NumPy are slow

                try:
                    while frame:
                        frame = frame[self._stdin.write(frame) :]
                    self._replies.put(wire.receive(self._stdout, MAX_RESULT))
                except (EOFError, OSError):
                    self._replies.put(EOFError)
                    return
                except Exception:  # a frame that the reader stumbles over is nobody's answer
                    self._replies.put(NONSENSE)

    def _collect_printed(self) -> None:
        with self._stderr as stream:
            while chunk := os.read(stream.fileno(), 65536):
                room = self._limits.printed + 1 - len(self._printed)
                self._printed += chunk[: max(room, 0)]


def run_calls(
    submission: Submission,
    calls: Sequence[Call],
    serve: Serve,
    limits: Limits,
    process: LearnerProcess | None = None,
) -> Run:
    """Load a submission and make `calls`, each with an answer of its own.

    A call that brings the process down costs only its own answer: the rest are made in a new one.
    Each call may use half of the time that is left, so one endless loop leaves time for the others;
    after two of them the rest are not made, because whoever waits has seen enough.
    `process` is one that was started early.
    """
    process = process or LearnerProcess(limits)
    answers: list[Answer] = []
    printed = ""
    try:
        process.wait_until_ready()
        deadline = time.monotonic() + limits.seconds
        failure = process.load(submission, serve, limits.seconds)
        while failure is None and len(answers) < len(calls):
            left = deadline - time.monotonic()
            if left <= 0.05 or sum(map(_is_endless, answers)) == 2:
                break
            if process.alive:
                answers.append(process.call(calls[len(answers)], serve, left / 2))
            else:
                printed += process.printed
                process = LearnerProcess(limits)
                failure = process.load(submission, serve, left)
    finally:
        process.stop()
    reason = "because the file could not be loaded" if failure else "because the time was used up"
    unmade = Stopped(Outcome.SKIPPED, f"not run, {reason}")
    answers += [unmade] * (len(calls) - len(answers))
    return Run(tuple(answers), failure, printed + process.printed)


def _is_endless(answer: Answer) -> bool:
    return isinstance(answer, Stopped) and answer.outcome is Outcome.TIMED_OUT


def _command(limits: Limits) -> list[str]:
    # -I and -S: no environment, no user's site, no .pth file takes part. NumPy's folder stays on
    # the path; ours goes again as soon as child.py is in.
    numpy = importlib.util.find_spec("numpy")
    if numpy is None or numpy.origin is None:
        raise BrokenGraderError("NumPy is not installed", next="Run: pip install numpy")
    folders = [str(Path(__file__).parents[2]), str(Path(numpy.origin).parents[1])]
    return [sys.executable, "-I", "-S", "-X", "utf8", "-c", _BOOT, str(limits.memory), *folders]


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TMPDIR") if name in os.environ}
    threads = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    return kept | dict.fromkeys(threads, "1")
