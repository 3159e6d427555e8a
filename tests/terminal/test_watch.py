"""Watching: every save is graded, every odd state of a file is a report, and keys do their part."""

from __future__ import annotations

import contextlib
import io
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.course.course import Course
from grader.course.progress import Progress
from grader.errors import UsageError
from grader.learner.outside.sandbox import Sandbox
from grader.present.fitting import rows_of
from grader.present.style import Style
from grader.terminal.keys import keys
from grader.terminal.watch import Watch, settled, stamp

RIGHT = """
def double(x, times=2):
    if times < 0:
        raise ValueError("no")
    return x * x.dtype.type(times)
"""

STYLE = Style()
# Wrong with every shape that there is.
LONG = """
def double(x, times=2):
    for n in range(99):
        print(n)
    return x[..., None] - 1
"""


@pytest.fixture
def screens(tiny: Course, sandbox: Sandbox) -> Iterator[Callable[..., list[str]]]:
    """Return a function that watches `double` through a script and gives back every screen.

    A step of the script is a key, or a function that does something to the learner's file.
    """
    with Progress(tiny.root) as progress:

        def play(*script: str | Callable[[Path], object], style: Style = STYLE) -> list[str]:
            shown: list[str] = []
            notes: list[str] = []
            steps = iter(script)

            def read_key(seconds: float) -> str | None:
                step = next(steps, "q")
                if isinstance(step, str):
                    return step
                step(tiny.exercise_path("double"))
                return None

            watch = Watch(tiny, progress, style, shown.append, notes.append, "double", sandbox)
            shown.append(f"exit {watch.run(read_key)}")
            assert set(notes) <= {"Grading double ...", "Grading quadruple ..."}
            assert notes
            return shown

        yield play


def saved(text: str) -> Callable[[Path], object]:
    """Return a step that saves a text."""
    return lambda path: path.write_text(text)


def test_every_save_is_graded(screens: Callable[..., list[str]]) -> None:
    """What was wrong a moment ago is right after the next save, and the last verdict counts."""
    first, wrong, right, ended = screens(saved("def double(x): return x"), saved(RIGHT))
    assert first.startswith("double  NOT ATTEMPTED")
    assert wrong.startswith("double  NOT YET")
    assert right.startswith("double  PASSED")
    assert "then run: grader grade quadruple" in right
    assert ended == "exit 0"


def test_a_tier_that_was_refused_is_told(
    screens: Callable[..., list[str]], sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has weaker walls than their machine seemed to offer reads it on every screen."""
    monkeypatch.setattr(sandbox, "notice", "bubblewrap cannot be used here")
    assert "bubblewrap cannot be used here" in screens()[0]


def test_nothing_happens_while_nothing_is_saved(screens: Callable[..., list[str]]) -> None:
    """Without a change there is no new screen; leaving before passing is `not yet`."""
    assert len(screens("x", "", "y")) == 2
    assert screens()[-1] == "exit 1"


def test_odd_states_of_a_file_are_ordinary(screens: Callable[..., list[str]]) -> None:
    """Half saved, deleted, put in place by renaming: each is a report, and watching goes on."""

    def renamed(path: Path) -> None:
        fresh = path.with_suffix(".tmp")
        fresh.write_text(RIGHT)
        os.replace(fresh, path)

    drawn = screens(saved("def double("), lambda path: path.unlink(), renamed)
    assert "SyntaxError" in drawn[1]
    assert "There is no file" in drawn[2]
    assert drawn[3].startswith("double  PASSED")


def test_keys_show_hint_case_and_list(screens: Callable[..., list[str]]) -> None:
    """Each key has its screen, with the keys at its foot."""
    shown = screens(saved("def double(x, times=2): return x - 1"), "h", "h", "s", "l")
    assert "Hint 1 of 2" in shown[2]
    assert "Hint 2 of 2" in shown[3]
    assert shown[4].startswith("two numbers\n\ndouble(x)\nx = [")
    assert re.search(r"^yours +wanted\n *-?\d\.\d\*? ", shown[4], re.MULTILINE)
    assert "quadruple" in shown[5]
    assert all(screen.endswith("l list   q quit") for screen in shown[:-1])


@pytest.mark.parametrize("width", [40, 80])
def test_every_screen_holds_all_that_is_shown(
    screens: Callable[..., list[str]], width: int
) -> None:
    """What is longer than the screen gives way, or has pages; after the last comes the first."""
    style = Style(width=width, height=24)
    shown = screens(saved(LONG), "s", *"cccccc", style=style)[1:-1]
    assert all(rows_of(screen, width) < 24 for screen in shown)
    report, _, first, *others = shown
    assert report.startswith("double  NOT YET")
    assert "Page 1 of" in first
    assert first in others
    assert "leaves its" in "".join([first, *others])


def test_n_goes_on(screens: Callable[..., list[str]]) -> None:
    """After passing, `n` goes to what comes next; before, to the exercise after this one."""
    assert screens("n")[1].startswith("quadruple  NOT ATTEMPTED")
    assert screens(saved(RIGHT), "n")[2].startswith("quadruple  NOT ATTEMPTED")


@pytest.mark.parametrize("key", ["", "h"])
def test_a_record_that_is_damaged_meanwhile_ends_nothing(
    tiny: Course, sandbox: Sandbox, key: str
) -> None:
    """The report is there to be read, and what became of the record is told below it."""
    shown, notes = list[str](), list[str]()
    keys = iter([key, "q"])
    with Progress(tiny.root) as progress:

        def damage(*_: object) -> None:
            raise UsageError("the progress file is damaged")

        progress.record = damage  # type: ignore[method-assign]
        progress.take_hint = damage  # type: ignore[method-assign, assignment]
        watch = Watch(tiny, progress, STYLE, shown.append, notes.append, "double", sandbox)
        assert watch.run(lambda seconds: next(keys)) == 1
    assert "double" in shown[0]
    assert notes.count("the progress file is damaged") == (2 if key else 1)


def test_a_stamp_changes_with_every_way_of_saving(tmp_path: Path) -> None:
    """Content, replacement and absence are told apart."""
    path = tmp_path / "a.py"
    assert stamp(path) is None
    path.write_text("1")
    first = settled(path)
    assert first == stamp(path)
    (tmp_path / "b.py").write_text("2")
    os.utime(tmp_path / "b.py", ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    os.replace(tmp_path / "b.py", path)
    assert stamp(path) != first


def test_without_a_terminal_there_are_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody can press a key, waiting is all that is done."""
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with keys() as read_key:
        assert read_key(0.001) is None


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_in_a_real_terminal(tiny: Course) -> None:
    """Typed keys arrive at once, saves are seen, and the terminal is left as it was."""
    with _watching() as (process, ours, is_as_before):
        _wait_for(ours, b"NOT ATTEMPTED")
        tiny.exercise_path("double").write_text(RIGHT)
        _wait_for(ours, b"PASSED")
        os.write(ours, b"n")
        _wait_for(ours, b"quadruple")
        os.write(ours, b"q")
        assert process.wait(timeout=20) == 1
        assert is_as_before()


@pytest.mark.skipif(os.name != "posix", reason="stops with SIGTSTP")
def test_a_stop_gives_the_terminal_back(tiny: Course) -> None:
    """Ctrl-Z leaves it as it was; who goes on takes it again and shows what was there."""
    with _watching() as (process, ours, is_as_before):
        for _ in range(2):
            _wait_for(ours, b"q quit")
            assert not is_as_before()
            os.kill(process.pid, signal.SIGTSTP)
            _, status = os.waitpid(process.pid, os.WUNTRACED)
            assert os.WIFSTOPPED(status)
            assert is_as_before()
            os.kill(process.pid, signal.SIGCONT)
        _wait_for(ours, b"q quit")
        os.write(ours, b"q")
        assert process.wait(timeout=20) == 1
        assert is_as_before()


@contextlib.contextmanager
def _watching() -> Iterator[tuple[subprocess.Popen[bytes], int, Callable[[], bool]]]:
    """Watch in a terminal; give the process, our end, and whether the terminal is as it was."""
    import pty
    import termios

    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    command = [sys.executable, "-m", "grader", "watch", "double"]
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, preexec_fn=os.setpgrp
    )
    try:
        yield process, ours, lambda: termios.tcgetattr(theirs) == before
    finally:
        process.kill()
        process.wait()
        os.close(ours)
        os.close(theirs)


def _wait_for(terminal: int, text: bytes) -> None:
    """Read until a text has appeared."""
    seen, deadline = b"", time.monotonic() + 30
    while text not in seen:
        assert time.monotonic() < deadline, seen
        if select.select([terminal], [], [], 0.1)[0]:
            seen += os.read(terminal, 65536)
