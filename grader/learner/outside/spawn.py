"""How a program is started for a learner's code: an isolated Python, three pipes, nothing else.

Little is imported here, because the learner's side is started before everything else.
"""

from __future__ import annotations

import importlib.util
import os
import select
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from grader.errors import BrokenGraderError
from grader.learner.inside.ending import Ending, hurry, kill_and_reap

if TYPE_CHECKING:
    from subprocess import Popen

# Ends a process that may take so many seconds to end by itself, and says how it ended. With no
# patience there may be nothing to say.
End = Callable[[float], "Ending | None"]


_PACKAGE = os.path.normpath(f"{__file__}/../../..")


class Unavailable(Exception):
    """What a tier needs is not there, for the reason that is given."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason or "it ended without a word")


class Program:
    """A program that was started: our ends of its pipes (to it, from it, printed), and its end.

    `hurry` asks it to say where it is and to leave, where there are signals to ask with.
    """

    def __init__(
        self, pipes: tuple[int, int, int], end: End, hurry: Callable[[], None] | None = None
    ) -> None:
        self.pipes, self.end, self.hurry = pipes, end, hurry

    @property
    def is_there(self) -> bool:
        """Whether it still holds its end of the pipes, as far as one can tell without reading."""
        if not hasattr(select, "poll"):  # Windows
            return True
        poll = select.poll()
        poll.register(self.pipes[1], 0)  # poll reports hanging up unasked
        return not poll.poll(0)

    def discard(self) -> None:
        """End a program that nobody has spoken to."""
        self.end(0.0)
        close(self.pipes)


def start_program(command: list[str]) -> Program:
    """Start a program as the leader of a session of its own."""
    if sys.platform == "win32":
        return _start_on_windows(command)
    ours, theirs = pipes()
    pid = spawn(command, theirs)
    close(theirs)
    return Program(ours, partial(kill_and_reap, pid), partial(hurry, pid))


def spawn(command: list[str], standard: Sequence[int]) -> int:
    """Start a program with the three descriptors as its standard ones, and with no others."""
    actions = [(os.POSIX_SPAWN_DUP2, ours, number) for number, ours in enumerate(standard)]
    environment = clean_environment()
    return os.posix_spawn(command[0], command, environment, file_actions=actions, setsid=True)


def pipes() -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Return our ends and their ends of three pipes: what they read, answer and print."""
    (their_in, our_out), (our_in, their_out), (our_print, their_print) = (
        os.pipe() for _ in range(3)
    )
    return (our_out, our_in, our_print), (their_in, their_out, their_print)


def close(descriptors: Sequence[int]) -> None:
    """Close descriptors."""
    for descriptor in descriptors:
        os.close(descriptor)


def isolated_python() -> list[str]:
    """Return the command of an interpreter that no environment and no .pth file takes part in."""
    return [sys.executable, "-I", "-S", "-X", "utf8"]


def import_folders() -> list[str]:
    """Return where our package and NumPy are; both leave the path as soon as they are imported."""
    numpy = importlib.util.find_spec("numpy")
    if numpy is None or numpy.origin is None:
        raise BrokenGraderError("NumPy is not installed", next="Run: pip install numpy")
    return [os.path.normpath(f"{path}/..") for path in (_PACKAGE, os.path.dirname(numpy.origin))]


def clean_environment() -> dict[str, str]:
    """Return an environment with nothing of the user's in it, and one thread for NumPy."""
    system = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    threads = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    return system | dict.fromkeys(threads, "1")


def _start_on_windows(command: list[str]) -> Program:
    """Start a program where there are no POSIX processes; it leaves nothing behind when it ends."""
    import subprocess

    stream = subprocess.PIPE
    process = subprocess.Popen(
        command, stdin=stream, stdout=stream, stderr=stream, env=clean_environment(), bufsize=0
    )
    assert process.stdin and process.stdout and process.stderr
    files = (process.stdin, process.stdout, process.stderr)
    to_it, from_it, printed = (os.dup(file.fileno()) for file in files)
    for file in files:
        file.close()
    return Program((to_it, from_it, printed), partial(_end_on_windows, process))


def _end_on_windows(process: Popen[bytes], patience: float) -> Ending:
    import subprocess

    try:
        code = process.wait(patience)
        return Ending(max(-code, 0), max(code, 0), 0.0, False)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return Ending(0, 1, 0.0, True)
