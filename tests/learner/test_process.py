"""The border: what a learner's code can do to itself, and that it does no more."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.exercise import inputs
from grader.learner import wire
from grader.learner.process import LearnerProcess, Limits, run_calls
from grader.records import (
    Call,
    Missing,
    Outcome,
    Raised,
    Returned,
    Run,
    Stopped,
    Submission,
    Unusable,
)

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")


def nothing(question: dict[str, Any]) -> None:
    """Serve no imports."""


def run(source: str, *calls: Call, seconds: float = 10.0, serve: Any = nothing) -> Run:
    """Run a file with the given calls, by default one call `f(1)`."""
    submission = Submission("f", "unit", "exercises/unit/f.py", source.encode())
    return run_calls(submission, calls or [Call("f", inputs(1))], serve, Limits(seconds=seconds))


def test_a_result_comes_back_with_the_inputs_as_they_were_left() -> None:
    """What a call returned and what it did to its arguments both cross."""
    (answer,) = run(
        "def f(x):\n    x += 1\n    return x * 2", Call("f", inputs(np.ones(2)))
    ).answers
    assert isinstance(answer, Returned)
    np.testing.assert_array_equal(answer.value, [4, 4])
    np.testing.assert_array_equal(answer.after.args[0], [2, 2])


def test_an_exception_comes_back_with_the_learners_own_lines() -> None:
    """Type, message and place cross; no frame of ours is among them."""
    (answer,) = run("def f(x):\n    return g(x)\n\ndef g(x):\n    return x / 0").answers
    assert isinstance(answer, Raised)
    assert (answer.type, answer.message) == ("ZeroDivisionError", "division by zero")
    assert [(frame.line, frame.function) for frame in answer.frames] == [(2, "f"), (5, "g")]


def test_a_syntax_error_has_its_line_and_column() -> None:
    """A file that does not compile fails to load, with the place."""
    failure = run("def f(x):\n    return x[\n").load_failure
    assert isinstance(failure, Raised)
    assert failure.type == "SyntaxError"
    assert (failure.frames[0].line, failure.column) == (2, 13)


@pytest.mark.parametrize(
    "error", ["SystemExit('passed')", "KeyboardInterrupt", "GeneratorExit", "BaseException"]
)
def test_no_exception_ends_the_run(error: str) -> None:
    """Exceptions that usually end a program are answers like others."""
    (answer,) = run(f"def f(x):\n    raise {error}").answers
    assert isinstance(answer, Raised)
    assert answer.type == error.partition("(")[0]


def test_an_exception_that_cannot_be_printed_is_still_an_answer() -> None:
    """A learner's `__str__` is a learner's code, too."""
    source = "class E(Exception):\n    def __str__(self):\n        1 / 0\ndef f(x):\n    raise E"
    (answer,) = run(source).answers
    assert isinstance(answer, Raised)
    assert "ZeroDivisionError" in answer.message


def test_a_missing_function_is_told_with_those_that_are_there() -> None:
    """Defined functions are listed, imported ones are not."""
    (answer,) = run("from math import sqrt\ndef g(x):\n    return x").answers
    assert answer == Missing("f", ("g",))


@pytest.mark.parametrize(("value", "told"), [("iter(())", "tuple_iterator"), ("{1}", "set")])
def test_a_value_that_cannot_cross_is_described(value: str, told: str) -> None:
    """An iterator or a set is no value of the course."""
    (answer,) = run(f"def f(x):\n    return {value}").answers
    assert isinstance(answer, Unusable)
    assert told in answer.description


def test_an_endless_loop_leaves_time_for_the_others() -> None:
    """One call that never ends is stopped, and the next is made in a new process."""
    calls = [Call("f", inputs(True)), Call("f", inputs(False))]
    stuck, fine = run("def f(x):\n    while x: pass\n    return 1", *calls, seconds=2.0).answers
    assert isinstance(stuck, Stopped)
    assert stuck.outcome is Outcome.TIMED_OUT
    assert isinstance(fine, Returned)


def test_after_two_endless_calls_the_rest_are_not_made() -> None:
    """Whoever waits need not wait for the same loop eight times."""
    calls = [Call("f", inputs(1))] * 8
    answers = run("def f(x):\n    while True: pass", *calls, seconds=0.8).answers
    outcomes = [answer.outcome for answer in answers if isinstance(answer, Stopped)]
    assert outcomes == [Outcome.TIMED_OUT] * 2 + [Outcome.SKIPPED] * 6


@posix
def test_a_dying_process_costs_only_its_own_call() -> None:
    """A crash is named by its signal, and the next call has a process of its own."""
    source = (
        "import os, signal\ndef f(x):\n    if x: os.kill(os.getpid(), signal.SIGSEGV)\n    return 1"
    )
    died, fine = run(source, Call("f", inputs(1)), Call("f", inputs(0))).answers
    assert isinstance(died, Stopped)
    assert died.outcome is Outcome.CRASHED
    assert "segmentation fault (SIGSEGV)" in died.message
    assert isinstance(fine, Returned)


def test_leaving_is_no_answer() -> None:
    """An exit code is not believed, be it ever so good."""
    (answer,) = run("import os\ndef f(x):\n    print('passed')\n    os._exit(0)").answers
    assert isinstance(answer, Stopped)
    assert "exit code 0" in answer.message


@pytest.mark.skipif(sys.platform != "linux", reason="the limit holds on Linux")
def test_too_much_memory_is_refused() -> None:
    """An allocation beyond the limit raises, on the learner's side only."""
    (answer,) = run("import numpy\ndef f(x):\n    return numpy.ones(2**28)").answers
    assert isinstance(answer, Raised)
    assert "MemoryError" in answer.types


def test_printing_is_kept_apart_and_bounded() -> None:
    """Printed text is shown, cut at the limit, and decides nothing."""
    ended = run("import sys\ndef f(x):\n    print('a' * 10_000_000)\n    return 1")
    assert isinstance(ended.answers[0], Returned)
    assert ended.printed == "a" * 4096 + "\n[cut after 4096 bytes]"


def test_a_forged_answer_is_nobodys() -> None:
    """Writing to the pipe by oneself brings no points: it is only an answer of no known kind."""
    source = """
import os
def f(x):
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, b"\\x02\\0\\0\\0" + b"\\0" * 8 + b"[]")
        except OSError:
            continue
    return 1
"""
    (answer,) = run(source).answers
    assert isinstance(answer, Stopped)
    assert answer.message == "what came back was not an answer"


@pytest.mark.parametrize(
    "frame",
    [
        {"kind": np.arange(3)},
        {"kind": "import", "module": np.arange(3)},
        {"kind": "raised", "type": 1},
        np.arange(3),
        [],
        None,
    ],
)
def test_a_forged_message_never_fails_the_grader(frame: Any) -> None:
    """Whatever a well-formed frame holds in place of an answer, it is the learner's crash."""
    source = f"""
import os
def f(x):
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, {wire.pack(frame)!r})
        except OSError:
            continue
    return 1
"""
    (answer,) = run(source).answers
    assert isinstance(answer, (Stopped, Returned))


def test_a_process_that_does_not_read_is_stopped() -> None:
    """Inputs larger than the pipe do not hang the trusted side when nobody takes them."""
    source = """
import os
def f(x):
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, FRAME)
        except OSError:
            continue
    while True:
        pass
"""
    frame = wire.pack({"kind": "returned", "value": 1, "args": (), "kwargs": {}})
    calls = [Call("f", inputs(1)), Call("f", inputs(np.zeros(10**6)))]
    first, second = run(source.replace("FRAME", repr(frame)), *calls, seconds=2.0).answers
    assert isinstance(first, Returned)
    assert isinstance(second, Stopped)
    assert second.outcome is Outcome.TIMED_OUT


def test_the_learners_side_sees_no_environment_and_no_arguments(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Secrets in the environment, the input and our own modules' folder stay outside."""
    monkeypatch.setenv("SECRET", "token")
    source = """
import os, sys
def f(x):
    return [os.environ.get("SECRET"), sys.argv, sys.stdin.read(), "solutions" in sys.modules]
"""
    (answer,) = run(source).answers
    assert isinstance(answer, Returned)
    assert answer.value == [None, ["-c"], "", False]


def test_imports_of_exercises_are_served() -> None:
    """`exercises.unit.name` comes from bytes handed over, or is not found."""
    asked = []

    def serve(question: dict[str, Any]) -> Any:
        asked.append(question["module"])
        found = question["module"] == "exercises.unit.g"
        return {"source": b"def g(x):\n    return x + 1", "path": "g.py"} if found else None

    source = (
        "from exercises.unit.g import g\ndef f(x):\n    import exercises.unit.h\n    return g(x)"
    )
    (answer,) = run(source, serve=serve).answers
    assert isinstance(answer, Raised)
    assert answer.type == "ModuleNotFoundError"
    assert asked == ["exercises.unit.g", "exercises.unit.h"]


def test_a_stand_in_is_called_across_the_border() -> None:
    """A stand-in's arguments come over and its result or its error goes back."""

    def serve(question: dict[str, Any]) -> Any:
        if question["kind"] == "import":
            return {"functions": ["g"]}
        if question["args"][0] < 0:
            return {"type": "ValueError", "message": "negative"}
        return {"value": question["args"][0] * 10}

    source = "from exercises.unit.g import g\ndef f(x):\n    return g(x)"
    ten, error = run(source, Call("f", inputs(1)), Call("f", inputs(-1)), serve=serve).answers
    assert isinstance(ten, Returned)
    assert ten.value == 10
    assert isinstance(error, Raised)
    assert (error.type, error.message) == ("ValueError", "negative")


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("leave", [False, True])
def test_stopping_ends_everything_that_was_started(leave: bool, tmp_path: Path) -> None:
    """A process that the learner's code started ends with it, even if its parent left before."""
    source = f"""
import os, subprocess, sys
def f(x):
    started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    with open({str(tmp_path / "pid")!r}, "w") as file:
        file.write(str(started.pid))
    if {leave}:
        os._exit(0)
"""
    run(source)
    pid = int((tmp_path / "pid").read_text())
    deadline = time.monotonic() + 10
    while _is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not _is_running(pid)


def _is_running(pid: int) -> bool:
    """Tell whether a process is there and more than a corpse that nobody has buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_process_that_is_not_used_can_be_stopped() -> None:
    """Starting early costs nothing when nothing comes of it."""
    with LearnerProcess(Limits()) as process:
        assert process.alive
    assert not process.alive


def test_limits_must_leave_time() -> None:
    """A limit of no seconds is refused at birth."""
    with pytest.raises(ValueError, match="longer than 0"):
        Limits(seconds=0)


@posix
def test_signals_of_the_terminal_do_not_reach_the_learners_side() -> None:
    """Ctrl-C stops the grader, which stops the process; the process itself is not asked."""
    with LearnerProcess(Limits()) as process:
        process.wait_until_ready()
        assert os.getpgid(process._process.pid) != os.getpgid(0)
        assert signal.getsignal(signal.SIGINT) is not None
