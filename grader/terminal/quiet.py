"""Keeps what compiled code writes by itself out of what a command prints."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def quiet_output() -> Iterator[None]:
    """Drop what is written to standard output, as LAPACK does where it is given no number.

    It writes past Python, so the file itself is another one for a while.
    """
    sys.stdout.flush()
    try:
        before = os.dup(1)
    except OSError:  # there is none to write to
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        with contextlib.suppress(OSError, TypeError, AttributeError):  # C has a buffer of its own
            ctypes.CDLL(None).fflush(None)
        os.dup2(before, 1)
        os.close(before)
        os.close(nowhere)
