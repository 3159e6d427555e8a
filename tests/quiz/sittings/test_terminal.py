"""A quiz in a real terminal: typed, skipped, left, come back to, and read in 40 columns."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import struct
import sys
import time
from collections.abc import Iterator

import pytest

from grader.course.course import Course

if os.name != "posix":
    pytest.skip("there are no pseudo-terminals here", allow_module_level=True)

import fcntl
import pty
import termios

PATIENCE = 60.0
PAUSE = "Enter goes on (! doubtful, q save and leave): "
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


class Terminal:
    """`grader` running in a terminal of its own."""

    def __init__(
        self, *arguments: str, columns: int = 80, environment: dict[str, str] | None = None
    ) -> None:
        self.pid, self._end = pty.fork()
        if self.pid == 0:
            os.environ.update({"TERM": "xterm"} | (environment or {}))
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
            os.execv(sys.executable, [sys.executable, "-m", "grader", *arguments])
        self.screen = ""

    def expect(self, text: str) -> str:
        """Wait until `text` is shown; return all that was shown since the last time, up to it."""
        until = time.monotonic() + PATIENCE
        while text not in self.screen:
            assert time.monotonic() < until, f"no {text!r} in {self.screen!r}"
            self._read()
        before, _, self.screen = self.screen.partition(text)
        return before + text

    def type(self, line: str) -> None:
        """Type a line."""
        os.write(self._end, f"{line}\n".encode())

    def end(self) -> int:
        """Wait for the command to end, and return its exit code; negative for a signal."""
        with contextlib.suppress(OSError):  # as a terminal says that nobody is left
            while self._read():
                pass
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self._end)
        return code

    def hang_up(self) -> None:
        """Close the terminal, as when its window is closed."""
        os.close(self._end)
        os.waitpid(self.pid, 0)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._end], [], [], 1.0)
        chunk = os.read(self._end, 65536) if ready else b"\0"
        self.screen += chunk.decode("utf-8", "replace").replace("\r\n", "\n").strip("\0")
        return bool(chunk)


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take away what the surroundings say of colour and size."""
    for name in ("NO_COLOR", "COLUMNS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    yield


def test_typed_skipped_left_and_come_back_to(tiny: Course, plain: None) -> None:
    """What was answered is not asked again, and going on is offered."""
    first = Terminal("quiz", "sums", "--seed", "1")
    screen = first.expect("q save and leave): ")
    assert "question 1 of 2" in screen
    first.type("?")
    first.expect("There is no hint for this one.")
    first.type("s")
    first.expect("Skipped.")
    first.expect("question 2 of 2")
    first.type("q")
    first.expect("Saved. Go on with: grader quiz sums")
    assert first.end() == 1

    second = Terminal("quiz")
    second.expect("You left sums: 0 of 2 are answered, 1 skipped. Go on? [Y/n] ")
    second.type("")
    second.expect("question 1 of 2")
    second.type("s")
    second.expect("It comes back at the end of this round.")
    second.expect("question 2 of 2")
    second.type("four")
    assert "CORRECT" in second.expect("Count your legs and arms.")
    second.expect(PAUSE)
    second.type("")
    second.expect("question 1 of 2")
    second.type("three")
    assert PAUSE not in second.expect("Sums: 1 of 2, 50 %")
    assert second.end() == 1


def test_between_questions_there_is_time_to_read(tiny: Course, plain: None) -> None:
    """Enter goes on; a doubt that a verdict raises can be marked, and one can leave."""
    terminal = Terminal("quiz", "sums")
    terminal.expect("leave): ")
    terminal.type("two")
    assert "question 2" not in terminal.expect(PAUSE)
    terminal.type("!")
    terminal.expect("Marked as doubtful.")
    terminal.expect(PAUSE)
    terminal.type("q")
    terminal.expect("Saved. Go on with: grader quiz sums")
    assert terminal.end() == 1


def test_a_long_quiz_is_taken_in_rounds(tiny: Course, plain: None) -> None:
    """As many as one likes, and what is skipped comes back before the next ones."""
    one = "- {{id: q{0}, ask: Is {0} it?, answer: true}}\n"
    questions = "".join(one.format(number) for number in range(1, 21))
    path = tiny.root / "quizzes/sums.yaml"
    path.write_text(f"quiz: sums\ntitle: Sums\nquestions:\n{questions}")
    terminal = Terminal("quiz", "sums")
    terminal.expect("10 now, or all 20? [10/all, q leaves] ")
    terminal.type("2")
    terminal.expect("Is 1 it?")
    terminal.type("s")
    terminal.expect("Is 2 it?")
    terminal.type("f")
    terminal.expect(PAUSE)
    terminal.type("")
    terminal.expect("Is 1 it?")
    terminal.type("t")
    terminal.expect("This round: 1 of 2. 18 are left.")
    terminal.expect("10 now, or all 18?")
    terminal.type("q")
    terminal.expect("Saved. Go on with: grader quiz sums")
    assert terminal.end() == 1
    terminal = Terminal("quiz", "sums")
    terminal.expect("2 of 20 are answered. Go on? [Y/n] ")
    terminal.type("")
    terminal.expect("10 now, or all 18?")
    terminal.type("all")
    terminal.expect("Is 3 it?")
    terminal.hang_up()


def test_going_on_can_be_declined(tiny: Course, plain: None) -> None:
    """Then the quiz begins anew."""
    first = Terminal("quiz", "sums")
    first.expect("question 1 of 2")
    first.type("two")
    first.expect(PAUSE)
    first.type("")
    first.expect("question 2 of 2")
    first.type("q")
    assert first.end() == 1
    second = Terminal("quiz", "sums")
    second.expect("Go on? [Y/n] ")
    second.type("d")  # neither: it is asked again
    second.expect("Go on? [Y/n] ")
    second.type("n")
    second.expect("question 1 of 2")
    second.type("\x04")
    second.expect("Saved.")
    assert second.end() == 1


@pytest.mark.parametrize("how", ["hang up", "kill", "interrupt"])
def test_a_terminal_that_is_closed_loses_nothing(tiny: Course, plain: None, how: str) -> None:
    """Closed, killed or interrupted with Ctrl-C: the answer given is there afterwards."""
    first = Terminal("quiz", "sums")
    first.expect("q save and leave): ")
    first.type("two")
    first.expect(PAUSE)
    first.type("")
    first.expect("question 2 of 2")
    if how == "hang up":
        first.hang_up()
    elif how == "kill":
        os.kill(first.pid, signal.SIGKILL)
        assert first.end() == -signal.SIGKILL
    else:
        first.expect("q save and leave): ")
        first.type("\x03")
        first.expect("Stopped. What was finished before is kept.")
        assert first.end() == 130
    second = Terminal("quiz", "sums")
    second.expect("1 of 2 are answered")
    second.type("y")
    second.expect("question 2 of 2")
    second.type("q")
    second.end()


def test_forty_columns_are_enough(tiny: Course, plain: None) -> None:
    """No line is wider than the terminal, prompts and verdicts included."""
    terminal = Terminal("quiz", "sums", columns=40)
    screen = terminal.expect("leave): ")
    terminal.type("three")
    screen += terminal.expect("leave): ")
    terminal.type("")
    screen += terminal.expect("leave): ")
    terminal.type("five")
    screen += terminal.expect("--missed")
    assert terminal.end() == 1
    lines = ESCAPE.sub("", screen).splitlines()
    assert max(map(len, lines)) <= 40, max(lines, key=len)


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {}])
def test_colour_is_an_extra(tiny: Course, plain: None, environment: dict[str, str]) -> None:
    """Where there is any, the words are the same, and nothing is ever drawn over."""
    terminal = Terminal("quiz", "sums", environment=environment)
    screen = terminal.expect("leave): ")
    terminal.type("three")
    screen += terminal.expect("leave): ")
    terminal.type("q")
    terminal.end()
    assert ("\x1b" in screen) is (not environment)
    assert "\x1b" not in ESCAPE.sub("", screen)
    assert "WRONG  " in ESCAPE.sub("", screen)
    assert "\r" not in screen.replace("\r\n", "")
