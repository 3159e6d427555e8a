"""The tier `process`: every run of a submission gets an interpreter of its own.

It runs on every system. What a learner's code returns is judged as strictly as anywhere; what it
does to the machine is bounded by what the system has: on Linux it may read what its user may, and
no more; elsewhere it may do what its user may.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from grader.errors import UsageError
from grader.learner.inside.closed_memory import close_memory
from grader.learner.inside.ending import Ending
from grader.learner.outside.spawn import (
    End,
    Program,
    import_folders,
    isolated_python,
    start_program,
)

if TYPE_CHECKING:
    from grader.records import Limits

_BOOT = """
import gc, os, sys
gc.disable()
folder, memory, cpu_seconds, above_rest, imported, packages, *paths = sys.argv[1:]
del sys.argv[1:]
os.chdir(folder)
sys.path += paths
import numpy
from functools import partial
from grader.learner.inside import child, confine, packaged
packaged.offer(packages.split("\\n"))
for path in paths: sys.path.remove(path)
child.unload_our_modules()
bounds = int(memory), int(cpu_seconds), int(above_rest), imported.split()
child.main(partial(confine.confine_plainly, *bounds))
"""


class Interpreters:
    """Starts interpreters. Each takes a tenth of a second to be ready, most of it for NumPy.

    Where root does not start them, they are of the same user as this process, whose memory and
    open files they may not see.
    """

    def __init__(self, packages: Sequence[str]) -> None:
        close_memory()
        self._packages = "\n".join(packages)

    def start(self, limits: Limits) -> Program:
        """Start an interpreter in an empty folder."""
        folder = _empty_folder()
        numbers = map(str, (limits.memory, limits.cpu_seconds, limits.above_rest))
        given = [folder, *numbers, " ".join(limits.imported), self._packages, *import_folders()]
        command = [*isolated_python(), "-c", _BOOT, *given]
        program = start_program(command)
        return Program(program.pipes, partial(_end, program.end, folder), program.hurry)

    def last_words(self) -> str:
        """Return nothing: an interpreter that does not start prints why."""
        return ""

    def close(self) -> None:
        """Do nothing: every interpreter is ended by whoever asked for it."""


def _end(end: End, folder: str, patience: float) -> Ending | None:
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
    try:
        os.mkdir(folder, 0o700)
    except OSError as error:
        raise UsageError(
            f"there is no room for temporary files: {error.strerror}",
            where=parent,
            next="Let the variable TMPDIR (TEMP on Windows) name a folder that can be written to.",
        ) from error
    return folder
