"""How long after a save `grader watch` shows its verdict, over a bare fork of the same code.

`python benchmarks/watch.py` drives the command in a pseudo-terminal, saves right and wrong answers
in turn, and prints medians. Needs a POSIX system.
"""

from __future__ import annotations

import os
import pty
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from border import bare_zygote
from grade import lay_out

from grader.course.course import read_course
from grader.grading.examiner import draw_paper

ROUNDS = 40
ANSWER = """
import numpy as np

def softmax(scores, axis=-1):
    e = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
"""
WRONG = ANSWER.replace(" - scores.max(axis=axis, keepdims=True)", "")
VERDICTS = {ANSWER: b"PASSED", WRONG: b"NOT YET"}


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        answer = lay_out(root)
        trials = draw_paper(read_course(root), "softmax", seed=1).trials
        plain = [trial.inputs.args[0] for trial in trials if not trial.inputs.kwargs][:8]
        np.savez(root / "inputs.npz", *plain)
        arguments = [str(answer), "softmax", str(root / "inputs.npz")]
        with bare_zygote(arguments, sum(array.nbytes for array in plain)) as run:
            floor = statistics.median(timed(run) for _ in range(ROUNDS))
        saves = measure_saves(root, answer)
    for verdict, seconds in saves.items():
        print(
            f"  save to {verdict:<8}{seconds * 1000:7.1f} ms {seconds / floor:6.1f} x a bare fork"
        )
    print("  (aim: within 60 ms on a quiet machine)")


def timed(action: object) -> float:
    """Return the seconds that an action takes."""
    began = time.perf_counter()
    action()  # type: ignore[operator]
    return time.perf_counter() - began


def measure_saves(root: Path, answer: Path) -> dict[str, float]:
    """Return the median seconds from a save to each verdict."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "grader", "watch", "softmax"]
    taken: dict[str, list[float]] = {verdict.decode(): [] for verdict in VERDICTS.values()}
    with subprocess.Popen(command, cwd=root, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        wait_for(ours, VERDICTS[ANSWER])
        for _ in range(ROUNDS):
            for text, verdict in reversed(VERDICTS.items()):
                time.sleep(0.15)
                drain(ours)
                began = time.perf_counter()
                answer.write_text(text)
                wait_for(ours, verdict)
                taken[verdict.decode()].append(time.perf_counter() - began)
        os.write(ours, b"q")
        process.wait()
    return {verdict: statistics.median(seconds) for verdict, seconds in taken.items()}


def wait_for(terminal: int, text: bytes) -> None:
    """Read until a text has appeared."""
    seen = b""
    while text not in seen:
        seen += os.read(terminal, 65536)


def drain(terminal: int) -> None:
    """Read what is left of the last screen."""
    os.set_blocking(terminal, False)
    try:
        while os.read(terminal, 65536):
            continue
    except BlockingIOError:
        os.set_blocking(terminal, True)


if __name__ == "__main__":
    main()
