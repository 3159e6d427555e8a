"""A process that grades chunks: it reads lines of JSON, and writes a line for each result.

First comes the set-up, and it says what it grades with. Then comes a chunk a line; after the
results of one it says in which tier it ran. It ends when there is nothing to read.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
from collections.abc import Callable

from grader.classroom.running.versions import grader_version
from grader.errors import GraderError, say_fault
from grader.learner.inside.ending import end_with_parent
from grader.learner.outside.sandbox import Sandbox

_PATIENCE = 2  # seconds


def main() -> None:
    """Work until there is nothing to read."""
    gc.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this one decides when it ends
    if sys.platform == "linux" and sys.argv[1:]:
        _end_with(int(sys.argv[1]))
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a definition prints is no result

    def write(line: bytes) -> None:
        out.write(line + b"\n")
        out.flush()

    try:
        _work(write)
    except BrokenPipeError:  # whoever asked has gone
        os._exit(1)
    except Exception as error:
        is_known = isinstance(error, GraderError)
        fault = {"fault": str(error) if is_known else say_fault(error), "is_usage": is_known}
        write(json.dumps(fault).encode())


def _end_with(parent: int) -> None:
    """End when the thread of a parent does that started this, which could end nothing any more.

    The sandbox is closed on the way; should that take long, the kernel ends this one all the same.
    Elsewhere than on Linux, this ends where there is nobody to write to.
    """

    def end(*_: object) -> None:
        signal.alarm(_PATIENCE)
        raise SystemExit(1)

    signal.signal(signal.SIGTERM, end)
    end_with_parent(parent, signal.SIGTERM)


def _work(write: Callable[[bytes], None]) -> None:
    lines = sys.stdin.buffer
    with Sandbox(json.loads(first := lines.readline())["tier"], warm=True) as sandbox:
        from grader.classroom.running.chunks import ChunkGrader, setup_of  # NumPy, meanwhile

        grading = ChunkGrader(setup_of(first), sandbox)
        write(json.dumps({"grader": grader_version()}).encode())
        for chunk in lines:
            for result in grading.grade(chunk):
                write(result)
            write(json.dumps({"tier": sandbox.tier, "notice": sandbox.notice}).encode())
