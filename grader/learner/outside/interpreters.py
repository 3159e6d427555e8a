"""The tier `process`: every function of a submission gets an interpreter of its own.

It runs on every system. What a learner's code returns is judged as strictly as anywhere; what it
does to the machine is bounded by the limits that the system has, and no further.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import BrokenGraderError
from grader.learner.inside.ending import Ending, bury
from grader.learner.outside.line import Line, SystemLine
from grader.learner.outside.process import Bury, LearnerProcess
from grader.records import Limits

if TYPE_CHECKING:
    from subprocess import Popen

_BOOT = """
import gc, os, sys
gc.disable()
folder, memory, cpu_seconds, *paths = sys.argv[1:]
del sys.argv[1:]
os.chdir(folder)
sys.path += paths
import numpy
from functools import partial
from grader.learner.inside import child, confine
for path in paths: sys.path.remove(path)
child.forget_ourselves()
child.main(partial(confine.confine_plainly, int(memory), int(cpu_seconds)))
"""


class Interpreters:
    """Starts interpreters. Each takes a tenth of a second to be ready, most of it for NumPy."""

    def start(self, limits: Limits) -> LearnerProcess:
        """Return an interpreter that has begun to start."""
        folder = _empty_folder()
        numbers = [str(limits.memory), str(limits.cpu_seconds)]
        command = [*isolated_python(), "-c", _BOOT, folder, *numbers, *import_folders()]
        line, end = (_spawn_windows if sys.platform == "win32" else _spawn)(command, limits)
        return LearnerProcess(line, partial(_end, end, folder), limits)

    def close(self) -> None:
        """Do nothing: every interpreter is ended by whoever asked for it."""


def isolated_python() -> list[str]:
    """Return the command of an interpreter that no environment and no .pth file takes part in."""
    return [sys.executable, "-I", "-S", "-X", "utf8"]


def import_folders() -> list[str]:
    """Return where our package and NumPy are; both leave the path as soon as they are imported."""
    numpy = importlib.util.find_spec("numpy")
    if numpy is None or numpy.origin is None:
        raise BrokenGraderError("NumPy is not installed", next="Run: pip install numpy")
    return [str(Path(__file__).parents[3]), str(Path(numpy.origin).parents[1])]


def clean_environment() -> dict[str, str]:
    """Return an environment with nothing of the user's in it, and one thread for NumPy."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    threads = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    return kept | dict.fromkeys(threads, "1")


def _end(end: Bury, folder: str, patience: float) -> Ending | None:
    ending = end(patience)
    with contextlib.suppress(OSError):  # whatever is not ours to remove
        _remove(folder)
    return ending


def _remove(folder: str) -> None:
    """Remove a folder, be there folders in it deeper than one can name or descend into."""
    number = 0
    while paths := [entry.path for entry in os.scandir(folder)]:
        for path in paths:
            if os.path.islink(path) or not os.path.isdir(path):
                os.unlink(path)
                continue
            os.chmod(path, 0o700)
            for inner in os.listdir(path):  # up to the top, where its turn comes
                number += 1
                os.rename(os.path.join(path, inner), os.path.join(folder, f"{number}.left"))
            os.rmdir(path)
    os.rmdir(folder)


def _empty_folder() -> str:
    """Make a folder to work in; `tempfile` does the same and takes long to import."""
    parent = os.environ.get("TMPDIR" if os.name == "posix" else "TEMP", "/tmp")
    folder = os.path.join(parent, f"grader-{os.getpid()}-{os.urandom(6).hex()}")
    os.mkdir(folder, 0o700)
    return folder


def _spawn(command: list[str], limits: Limits) -> tuple[Line, Bury]:
    """Start a program as the leader of a session of its own, with a line to it."""
    ours, theirs = pipes()
    pid = spawn(command, theirs)
    for pipe in theirs:
        os.close(pipe)
    return SystemLine(*ours, limits.printed), partial(bury, pid)


def spawn(command: list[str], standard: Sequence[int]) -> int:
    """Start a program with the three descriptors as its standard ones, and with no others."""
    actions = [(os.POSIX_SPAWN_DUP2, ours, number) for number, ours in enumerate(standard)]
    environment = clean_environment()
    return os.posix_spawn(command[0], command, environment, file_actions=actions, setsid=True)


def pipes() -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Return our ends and their ends of three pipes: what they read, answer and print."""
    (their_in, our_out), (our_in, their_out), (our_print, their_print) = (
        os.pipe(),
        os.pipe(),
        os.pipe(),
    )
    return (our_out, our_in, our_print), (their_in, their_out, their_print)


def _spawn_windows(command: list[str], limits: Limits) -> tuple[Line, Bury]:
    """Do the same where there are no POSIX processes; nothing is left behind by one that ends."""
    import subprocess

    stream = subprocess.PIPE
    process = subprocess.Popen(
        command, stdin=stream, stdout=stream, stderr=stream, env=clean_environment(), bufsize=0
    )
    assert process.stdin and process.stdout and process.stderr
    ends = (process.stdin.fileno(), process.stdout.fileno(), process.stderr.fileno())
    outgoing, incoming, printing = map(os.dup, ends)
    line = SystemLine(outgoing, incoming, printing, limits.printed)
    for stream_of_ours in (process.stdin, process.stdout, process.stderr):
        stream_of_ours.close()
    return line, partial(_end_popen, process)


def _end_popen(process: Popen[bytes], patience: float) -> Ending:
    import subprocess

    try:
        code = process.wait(patience)
        return Ending(max(-code, 0), max(code, 0), 0.0, False)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return Ending(0, 1, 0.0, True)
