"""Reading a learner's file, once. The bytes read are the bytes graded."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from grader.errors import RefusedError
from grader.records import Submission

MAX_BYTES = 1_000_000


def read_submission(exercise: str, unit: str, path: Path, shown: str) -> Submission:
    """Read the file at `path` as the answer to an exercise.

    Raises
    ------
    FileNotFoundError
        There is no such file.
    RefusedError
        It is not a regular file of UTF-8 text of at most 1 MB.
    """
    source = _read_regular(path, shown)
    try:
        source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise RefusedError(
            f"the file is not UTF-8 text: byte {source[error.start]:#04x} means nothing there",
            where=f"{shown}:{line}",
            next="Save it as UTF-8; every editor has that among its encodings.",
        ) from error
    return Submission(exercise, unit, shown, source)


def _read_regular(path: Path, shown: str) -> bytes:
    # Neither a link nor a pipe is followed, so nothing outside is read and nothing hangs.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _refusal(path, shown, error.strerror or str(error)) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _refusal(path, shown, "it is not a regular file")
    with os.fdopen(descriptor, "rb") as file:
        source = file.read(MAX_BYTES + 1)
    if len(source) > MAX_BYTES:
        raise RefusedError(
            f"the file is larger than {MAX_BYTES:,} bytes",
            where=shown,
            next="An answer is a few lines: take out data and generated text.",
        )
    return source


def _refusal(path: Path, shown: str, reason: str) -> RefusedError:
    if path.is_dir():
        reason = "it is a folder"
    elif path.is_symlink():
        reason = "it is a link"
    return RefusedError(
        f"cannot read the answer: {reason}",
        where=shown,
        next="Put a plain Python file there; `grader reset` writes the stub again.",
    )
