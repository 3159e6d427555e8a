"""Tiers: the strongest that there is, the one asked for or none, and what happens when it goes."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.errors import TierError
from grader.exercise import inputs
from grader.learner.outside import process, spawn
from grader.learner.outside import sandbox as module
from grader.learner.outside.run import run_calls
from grader.learner.outside.sandbox import TIERS, Sandbox, possible_tiers
from grader.learner.outside.threaded_channel import ThreadedChannel
from grader.records import Answer, Call, Limits, Outcome, Raised, Returned, Stopped, Submission

WALLED = [tier for tier in possible_tiers() if tier != "process"]


def answers(sandbox: Sandbox, source: str, *functions: str, seconds: float = 10.0) -> list[object]:
    """Return what each function of a source returns, called without arguments."""
    submission = Submission("f", "unit", "exercises/unit/f.py", source.encode())
    calls = [Call(function, inputs()) for function in functions]
    made: tuple[Answer, ...] = run_calls(
        submission, calls, lambda *_: None, Limits(seconds), sandbox
    ).answers
    return [answer.value if isinstance(answer, Returned) else answer for answer in made]


@pytest.fixture
def bwrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that puts a bubblewrap of another kind first on the path."""

    def install(script: str) -> None:
        program = tmp_path / "bwrap"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    return install


@pytest.mark.skipif(not WALLED, reason="needs a machine with walls")
def test_where_bubblewrap_is_refused_the_next_tier_is_taken(bwrap: Callable[[str], None]) -> None:
    """Where namespaces are refused, grading goes on behind Landlock, and that is said."""
    bwrap("echo 'bwrap: setting up uid map: Permission denied' >&2; exit 1")
    with Sandbox() as sandbox:
        assert answers(sandbox, "def f(): return 1", "f") == [1]
        assert sandbox.tier == "landlock"
        assert "bubblewrap cannot be used here (bwrap: setting up uid map" in sandbox.notice


@pytest.mark.skipif(not WALLED, reason="needs a machine with walls")
def test_a_tier_that_was_asked_for_is_not_replaced(bwrap: Callable[[str], None]) -> None:
    """Whoever asks for walls gets them or an error with the reason, never less."""
    bwrap("echo 'bwrap: no' >&2; exit 1")
    with (
        Sandbox("bubblewrap") as sandbox,
        pytest.raises(TierError, match="not to be had on this machine: bwrap: no"),
    ):
        answers(sandbox, "def f(): return 1", "f")


def test_without_bubblewrap_the_tier_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that is not installed is named."""
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(TierError, match="is not installed"):
        Sandbox("bubblewrap")


@pytest.mark.skipif(os.name != "posix", reason="asks for the machine's name")
def test_on_another_machine_there_are_no_walls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no system call is known by its number, there is the tier `process`, and it says so."""
    monkeypatch.setattr(module, "MACHINES", ())
    assert possible_tiers() == ["process"]
    with Sandbox() as sandbox:
        assert sandbox.notice == (module.ON_LINUX if sys.platform == "linux" else "")
    with Sandbox("process") as chosen:
        assert not chosen.notice


@pytest.mark.skipif("landlock" not in WALLED, reason="needs landlock")
def test_whoever_falls_back_without_walls_is_told_what_that_means(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The reason stands in one line with what the tier that was taken does not keep."""
    monkeypatch.setattr(module, "possible_tiers", lambda: ["landlock", "process"])
    monkeypatch.setattr("grader.learner.outside.forks._BOOT", "raise SystemExit('no Landlock')")
    with Sandbox() as sandbox:
        assert answers(sandbox, "def f(): return 1", "f") == [1]
        assert sandbox.notice.startswith("landlock cannot be used here (no Landlock); in the tier")
        assert sandbox.notice.endswith(module.ON_LINUX)
        assert "\n" not in sandbox.notice


def test_strict_is_about_bubblewrap() -> None:
    """Namespaces of one's own cannot be had in another tier."""
    with pytest.raises(TierError, match="--strict is about bubblewrap"):
        Sandbox("landlock", strict=True)


@pytest.mark.skipif("bubblewrap" not in WALLED, reason="needs bubblewrap")
def test_strict_shares_nothing_between_processes() -> None:
    """Every process is the first child in namespaces of its own; otherwise they are counted on."""
    source = "import os\ndef f(): return os.getpid()"
    with Sandbox("bubblewrap") as shared:
        assert answers(shared, source, "f") != answers(shared, source, "f")
    with Sandbox(strict=True) as strict:
        assert answers(strict, source, "f") == answers(strict, source, "f")


@pytest.mark.parametrize("tier", WALLED)
def test_a_zygote_that_was_killed_is_started_again(tier: str) -> None:
    """What happens to the zygote costs no later submission its result."""
    with Sandbox(tier) as sandbox:
        assert answers(sandbox, "def f(): return 1", "f") == [1]
        os.kill(sandbox._host._pid, signal.SIGKILL)  # type: ignore[attr-defined]
        assert answers(sandbox, "def f(): return 2", "f") == [2]
        assert sandbox.tier == tier


@pytest.mark.parametrize("tier", WALLED)
def test_a_zygote_that_dies_while_a_submission_is_graded_costs_it_nothing(
    tier: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its functions are run once more, in the processes of another."""
    killed: list[int] = []

    def load(self: process.LearnerProcess, *args: object) -> object:
        if not killed:
            killed.append(sandbox._host._pid)  # type: ignore[union-attr]
            os.kill(killed[0], signal.SIGKILL)
            deadline = time.monotonic() + 10
            while self._program.is_there and time.monotonic() < deadline:
                time.sleep(0.01)
        return load_as_ever(self, *args)  # type: ignore[arg-type]

    load_as_ever = process.LearnerProcess.load
    monkeypatch.setattr(process.LearnerProcess, "load", load)
    with Sandbox(tier) as sandbox:
        assert answers(sandbox, "def f(): return 1", "f") == [1]
    assert killed


@pytest.mark.parametrize("tier", possible_tiers())
def test_a_dead_process_that_was_started_ahead_is_passed_over(tier: str) -> None:
    """Whoever killed it, the next submission has a live one."""
    with Sandbox(tier, warm=True) as sandbox:
        assert answers(sandbox, "def f(): return 1", "f") == [1]
        assert sandbox._ahead
        os.kill(_youngest_descendant(), signal.SIGKILL)
        deadline = time.monotonic() + 10
        while sandbox._ahead[1].is_there and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not sandbox._ahead[1].is_there
        assert answers(sandbox, "def f(): return 2", "f") == [2]


@pytest.mark.parametrize("tier", possible_tiers())
def test_closing_leaves_nothing_behind(tier: str) -> None:
    """No process and no descriptor outlives a sandbox, whatever was started ahead."""
    before = set(os.listdir("/proc/self/fd")), _children()
    with Sandbox(tier, warm=True) as sandbox:
        assert answers(sandbox, "def f(): return 1", "f") == [1]
        assert _children() > before[1]
    assert (set(os.listdir("/proc/self/fd")), _children()) == before


def _youngest_descendant() -> int:
    """Return the process that was started last of all that come from this one."""
    stats: dict[int, list[str]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            stats[int(path.parent.name)] = path.read_text().rpartition(")")[2].split()
    family: set[int] = set()
    found = {os.getpid()}
    while found:
        family |= found
        found = {pid for pid, stat in stats.items() if int(stat[1]) in family} - family
    return max(family - {os.getpid()}, key=lambda pid: (int(stats[pid][19]), pid))


def _children() -> set[str]:
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


def test_the_way_of_starting_for_windows_works_here_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without POSIX processes and polling the same calls have the same results."""
    monkeypatch.setattr(spawn.sys, "platform", "win32")
    monkeypatch.setattr(process, "SystemChannel", ThreadedChannel)
    with Sandbox("process") as sandbox:
        made = answers(sandbox, "def f(): return 1\ndef g(): raise SystemExit", "f", "g", "f")
    assert (made[0], made[2]) == (1, 1)
    assert isinstance(made[1], Raised)


def test_a_time_out_ends_what_was_started_for_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """An endless loop is ended there as well, and one that leaves is told by its exit code."""
    monkeypatch.setattr(spawn.sys, "platform", "win32")
    monkeypatch.setattr(process, "SystemChannel", ThreadedChannel)
    source = "import os\ndef f():\n    while True: pass\ndef g(): os._exit(7)"
    with Sandbox("process") as sandbox:
        endless, left = answers(sandbox, source, "f", "g", seconds=1.0)
    assert isinstance(endless, Stopped)
    assert endless.outcome is Outcome.TIMED_OUT
    assert isinstance(left, Stopped)
    assert "exit code 7" in left.message


def test_the_strongest_tier_comes_first() -> None:
    """What is possible here keeps the order from strong to weak, and always has an end."""
    assert possible_tiers() == [tier for tier in TIERS if tier in possible_tiers()]
    assert possible_tiers()[-1] == "process"
