"""What compiled code writes by itself is in no command's output."""

from __future__ import annotations

import ctypes
import json
import os
import re
import subprocess
import sys

import pytest

from grader.course.course import Course
from grader.course.progress import Progress
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


@pytest.mark.skipif(os.name != "posix", reason="there a terminal is no file like others")
def test_a_report_is_all_that_a_grade_prints(tiny: Course) -> None:
    """Whatever a definition says while it is loaded or called, and whichever way it takes."""
    path = tiny.solution_path("double")
    noisy = "import os\nprint('loading')\nos.write(1, b'past Python')\n"
    source = path.read_text().replace("import numpy as np\n", f"import numpy as np\n{noisy}", 1)
    path.write_text(re.sub(r"(\n    return )", r"\n    os.write(1, b'called')\1", source))
    command = [sys.executable, "-m", "grader", "grade", "double", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["reports"][0]["outcome"] == "not_attempted", done.stderr


@pytest.mark.skipif(os.name != "posix", reason="there is no /dev/full")
@pytest.mark.parametrize("stream", ["1>&-", "1>&- 2>&- 0<&-", "1>/dev/full", "1>/dev/full 2>&1"])
def test_output_that_leads_nowhere_costs_nothing(tiny: Course, stream: str) -> None:
    """Closed or full, it is no fault of ours, and what was graded is in the record."""
    tiny.exercise_path("double").write_text("def double(x, times=2):\n    return x")
    command = f'"{sys.executable}" -m grader grade double {stream}'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == (2 if "full" in stream else 1)
    assert "Traceback" not in done.stderr
    with Progress(tiny.root) as progress:
        assert "double" in progress.standings()


@pytest.mark.skipif(os.name != "posix", reason="there is no /dev/full")
@pytest.mark.parametrize("stream", ["2>&-", "2>/dev/full", "2</dev/null"])
def test_a_remark_that_leads_nowhere_costs_no_answer(tiny: Course, stream: str) -> None:
    """Which exercise is the next is said on the side; the hint is what was asked for."""
    command = f'"{sys.executable}" -m grader hint {stream}'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "Hint 1 of" in done.stdout
