"""What compiled code writes by itself is in no command's output."""

from __future__ import annotations

import ctypes
import os
import sys

import pytest

from grader.terminal.quiet import quiet_output


@pytest.mark.skipif(sys.platform == "win32", reason="there C's library has another name")
def test_what_is_written_past_python_is_dropped(capfd: pytest.CaptureFixture[str]) -> None:
    """Also what C has not written yet when it is over; what comes before and after stays."""
    os.write(1, b"before ")
    with quiet_output():
        os.write(1, b"noise ")
        ctypes.CDLL(None).printf(b"more noise ")
    os.write(1, b"after")
    assert capfd.readouterr().out == "before after"
