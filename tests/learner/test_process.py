"""The border: what a learner's code can do to itself, and that it does no more."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from grader.exercise import inputs
from grader.learner import wire
from grader.learner.outside.process import spelled_seconds
from grader.learner.outside.run import run_calls
from grader.learner.outside.sandbox import Sandbox, possible_tiers
from grader.records import (
    Call,
    Limits,
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


def nothing(question: dict[str, Any], seconds: float) -> None:
    """Serve no imports."""


class Runner:
    """Runs sources in one tier."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def __call__(
        self, source: str, *calls: Call, seconds: float = 10.0, serve: Any = nothing
    ) -> Run:
        """Run a file with the given calls, by default one call `f(1)`."""
        submission = Submission("f", "unit", "exercises/unit/f.py", source.encode())
        wanted = calls or [Call("f", inputs(1))]
        return run_calls(submission, wanted, serve, Limits(seconds=seconds), self.sandbox)


@pytest.fixture(params=possible_tiers(), scope="module")
def run(request: pytest.FixtureRequest) -> Iterator[Runner]:
    """Return what runs a source, in each of the tiers that this machine has."""
    with Sandbox(request.param, warm=True) as sandbox:
        yield Runner(sandbox)


def test_a_result_comes_back_with_the_inputs_as_they_were_left(run: Runner) -> None:
    """What a call returned and what it did to its arguments both cross."""
    (answer,) = run(
        "def f(x):\n    x += 1\n    return x * 2", Call("f", inputs(np.ones(2)))
    ).answers
    assert isinstance(answer, Returned)
    np.testing.assert_array_equal(answer.value, [4, 4])
    np.testing.assert_array_equal(answer.after.args[0], [2, 2])


def test_an_exception_comes_back_with_the_learners_own_lines(run: Runner) -> None:
    """Type, message and place cross; no frame of ours is among them."""
    (answer,) = run("def f(x):\n    return g(x)\n\ndef g(x):\n    return x / 0").answers
    assert isinstance(answer, Raised)
    assert (answer.type, answer.message) == ("ZeroDivisionError", "division by zero")
    assert [(frame.line, frame.function) for frame in answer.frames] == [(2, "f"), (5, "g")]


def test_a_syntax_error_has_its_line_and_column(run: Runner) -> None:
    """A file that does not compile fails to load, with the place."""
    failure = run("def f(x):\n    return x[\n").load_failure
    assert isinstance(failure, Raised)
    assert failure.type == "SyntaxError"
    assert (failure.frames[0].line, failure.column) == (2, 13)


@pytest.mark.parametrize(
    "error", ["SystemExit('passed')", "KeyboardInterrupt", "GeneratorExit", "BaseException"]
)
def test_no_exception_ends_the_run(run: Runner, error: str) -> None:
    """Exceptions that usually end a program are answers like others."""
    (answer,) = run(f"def f(x):\n    raise {error}").answers
    assert isinstance(answer, Raised)
    assert answer.type == error.partition("(")[0]


def test_an_exception_that_cannot_be_printed_is_still_an_answer(run: Runner) -> None:
    """A learner's `__str__` is a learner's code, too."""
    source = "class E(Exception):\n    def __str__(self):\n        1 / 0\ndef f(x):\n    raise E"
    (answer,) = run(source).answers
    assert isinstance(answer, Raised)
    assert "ZeroDivisionError" in answer.message


def test_a_missing_function_is_told_with_those_that_are_there(run: Runner) -> None:
    """Defined functions are listed, imported ones are not."""
    (answer,) = run("from math import sqrt\ndef g(x):\n    return x").answers
    assert answer == Missing("f", ("g",))


@pytest.mark.parametrize(("value", "kind"), [("iter(())", "tuple_iterator"), ("range(3)", "range")])
def test_a_value_that_cannot_cross_is_described(run: Runner, value: str, kind: str) -> None:
    """An iterator or a range is no value of the course."""
    (answer,) = run(f"def f(x):\n    return {value}").answers
    assert isinstance(answer, Unusable)
    assert kind in answer.description


@pytest.mark.parametrize(
    ("line", "suggestion"),
    [
        ("import math; return math.exps(x)", ". Did you mean: 'exp'?"),
        ("number = x; return numbr", ". Did you mean: 'number'?"),
        ("import math; return math.nothing_like_it", ""),
        ("raise ValueError('x. Did you see')", ". Did you see"),
    ],
)
def test_python_suggests_what_may_be_meant(run: Runner, line: str, suggestion: str) -> None:
    """What Python adds when it prints a traceback is part of the message, here as there."""
    (answer,) = run(f"def f(x):\n    {line}").answers
    assert isinstance(answer, Raised)
    assert "".join(answer.message.partition(". Did")[1:]) == suggestion


@pytest.mark.parametrize("names", ["1 / 0", "while True: pass", "return ['x' * 10**6] * 9"])
def test_names_that_are_asked_for_are_the_learners_code(run: Runner, names: str) -> None:
    """An object may answer with anything where a suggestion is looked for: it costs a message."""
    source = f"""
class Odd:
    def __dir__(self):
        {names}
def f(x):
    Odd().attribute
"""
    (answer,) = run(source, seconds=0.8).answers
    assert isinstance(answer, (Raised, Stopped))
    assert len(getattr(answer, "message", "")) < 400


@posix
@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("while x: pass", 3),
        ("x = x + 1\n    while x:\n        x += 1", 5),
        ("import time\n    time.sleep(60)", 4),
        ("g(x)", 7),
    ],
)
def test_a_call_that_never_ends_is_found_in_its_line(run: Runner, body: str, line: int) -> None:
    """Where the code was when its time was up is told, and what it had printed is not lost."""
    source = f"def f(x):\n    print('begun'); print('without an end', end='')\n    {body}\n"
    source += "" if body != "g(x)" else "\ndef g(x):\n    y = 1\n    while y: pass\n"
    ended = run(source, seconds=0.5)
    (answer,) = ended.answers
    assert isinstance(answer, Stopped)
    assert answer.message == "no answer within 0.5 seconds"
    assert answer.frames[0].function == "f"
    assert answer.frames[-1].path == "exercises/unit/f.py"
    assert abs(answer.frames[-1].line - line) <= 1
    assert ended.printed == "begun\nwithout an end"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.4, "0.4 seconds"), (1.0, "1 second"), (2.5, "2.5 seconds"), (9.99, "10 seconds"),
     (12.5, "12 seconds"), (120.0, "120 seconds"), (86_400.0, "86,400 seconds")],
)  # fmt: skip
def test_seconds_are_told_in_plain_numbers(seconds: float, told: str) -> None:
    """However many they are."""
    assert spelled_seconds(seconds) == told


@posix
def test_a_file_that_never_ends_is_found_in_its_line(run: Runner) -> None:
    """Loading takes time as well, and so does what it imports."""

    def serve(question: dict[str, Any], seconds: float) -> Any:
        return {"source": b"print('there')\nwhile True: pass", "path": "g.py"}

    failure = run("\nimport exercises.unit.g", serve=serve, seconds=0.4).load_failure
    assert isinstance(failure, Stopped)
    assert failure.message == "no answer within 0.4 seconds"
    assert [(frame.path, frame.line) for frame in failure.frames] == [
        ("exercises/unit/f.py", 2),
        ("g.py", 2),
    ]


@posix
@pytest.mark.parametrize(
    "deaf",
    [
        "signal.signal(signal.SIGUSR1, signal.SIG_IGN)",
        "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])",
        "signal.signal(signal.SIGUSR1, lambda *given: None)",
    ],
)
def test_who_does_not_say_where_is_ended_all_the_same(run: Runner, deaf: str) -> None:
    """A process that is deaf to the question ends as one that answers, without a line."""
    source = f"import signal\ndef f(x):\n    print('begun')\n    {deaf}\n    while True: pass"
    ended = run(source, seconds=0.5)
    assert ended.answers[0] == Stopped(Outcome.TIMED_OUT, "no answer within 0.5 seconds")
    assert ended.printed == "begun\n"


def test_the_words_of_a_time_out_do_not_depend_on_the_machine(run: Runner) -> None:
    """However long loading and other calls took, the time that is named is the one allowed."""
    source = "import time\ntime.sleep(0.15)\ndef f(x):\n    time.sleep(x)"
    calls = [Call("f", inputs(0.1)), Call("f", inputs(60)), Call("f", inputs(60))]
    _, *late = run(source, *calls, seconds=1.6).answers
    assert [answer.message for answer in late if isinstance(answer, Stopped)] == [
        "no answer within 0.8 seconds",
        "the 1.6 seconds for all checks together were used up in it",
    ]
    assert [answer.is_late for answer in late if isinstance(answer, Stopped)] == [False, True]


def test_calls_that_are_slow_together_are_not_called_endless(run: Runner) -> None:
    """Each had less than a single one may take: it was the time for all that came to its end."""
    source = "import time\ndef f(x):\n    time.sleep(0.5)"
    *fine, late, rest = run(source, *[Call("f", inputs(1))] * 6, seconds=1.7).answers
    assert all(isinstance(answer, Returned) for answer in fine[:2])
    stopped = [answer.message for answer in (*fine, late, rest) if isinstance(answer, Stopped)]
    used_up = "the 1.7 seconds for all checks together were used up in it"
    assert stopped[0] in (used_up, "not run, because the time was used up")
    assert {*stopped[1:]} == {"not run, because the time was used up"}


def test_a_single_call_has_all_of_the_time(run: Runner) -> None:
    """Half of what is left is for the calls that follow; the last one has none to leave it to."""
    source = "import time\ndef f(x):\n    time.sleep(1.0)\n    return x"
    (answer,) = run(source, seconds=1.8).answers
    assert isinstance(answer, Returned)


def test_an_endless_loop_leaves_time_for_the_others(run: Runner) -> None:
    """One call that never ends is stopped, and the next is made in a new process."""
    calls = [Call("f", inputs(True)), Call("f", inputs(False))]
    stuck, fine = run("def f(x):\n    while x: pass\n    return 1", *calls, seconds=2.0).answers
    assert isinstance(stuck, Stopped)
    assert stuck.outcome is Outcome.TIMED_OUT
    assert isinstance(fine, Returned)


def test_after_two_endless_calls_the_rest_are_not_made(run: Runner) -> None:
    """Whoever waits need not wait for the same loop eight times."""
    calls = [Call("f", inputs(1))] * 8
    answers = run("def f(x):\n    while True: pass", *calls, seconds=0.8).answers
    outcomes = [answer.outcome for answer in answers if isinstance(answer, Stopped)]
    assert outcomes == [Outcome.TIMED_OUT] * 2 + [Outcome.SKIPPED] * 6


@posix
def test_a_dying_process_costs_only_its_own_call(run: Runner) -> None:
    """A crash is named by its signal, and the next call has a process of its own."""
    source = """
import ctypes, os
def f(x):
    if x == 1: ctypes.string_at(0)
    if x == 2: os.abort()
    return 1
"""
    violated, aborted, fine = run(source, *(Call("f", inputs(x)) for x in (1, 2, 3))).answers
    assert isinstance(violated, Stopped)
    assert violated.outcome is Outcome.CRASHED
    assert "segmentation fault (SIGSEGV)" in violated.message
    assert isinstance(aborted, Stopped)
    assert "aborted (SIGABRT)" in aborted.message
    assert isinstance(fine, Returned)


def test_leaving_is_no_answer(run: Runner) -> None:
    """An exit code is not believed, be it ever so good."""
    (answer,) = run("import os\ndef f(x):\n    print('passed')\n    os._exit(0)").answers
    assert isinstance(answer, Stopped)
    assert "exit code 0" in answer.message


@pytest.mark.skipif(sys.platform != "linux", reason="the limit holds on Linux")
def test_too_much_memory_is_refused(run: Runner) -> None:
    """An allocation beyond the limit raises, on the learner's side only."""
    (answer,) = run("import numpy\ndef f(x):\n    return numpy.ones(2**28)").answers
    assert isinstance(answer, Raised)
    assert "MemoryError" in answer.types


def test_a_result_too_large_to_cross_is_told_as_such(run: Runner) -> None:
    """The shape of an array that nobody would take is said in its place."""
    (answer,) = run("import numpy\ndef f(x):\n    return numpy.ones((3, 2**20))").answers
    assert answer == Unusable("an array of shape (3, 1048576), larger than allowed")


def test_calls_are_as_large_together_as_they_like(run: Runner) -> None:
    """Each is sent by itself: a vocabulary in every case is not too much for all of them."""
    words = {f"word{number}": number for number in range(8_000)}
    calls = [Call("f", inputs(words, f"word{number}")) for number in range(8)]
    answers = run("def f(words, word):\n    return words[word]", *calls).answers
    assert [getattr(answer, "value", answer) for answer in answers] == [*range(8)]


def test_printing_is_kept_apart_and_bounded(run: Runner) -> None:
    """Printed text is shown, cut at the limit, and decides nothing."""
    ended = run("import sys\ndef f(x):\n    print('a' * 10_000_000)\n    return 1")
    assert isinstance(ended.answers[0], Returned)
    assert ended.printed == "a" * 4096 + "\n[cut after 4096 bytes]"


def test_a_forged_answer_is_nobodys(run: Runner) -> None:
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
def test_a_forged_message_never_fails_the_grader(run: Runner, frame: Any) -> None:
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


def test_a_process_that_does_not_read_is_stopped(run: Runner) -> None:
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
    run: Runner,
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


def test_imports_of_exercises_are_served(run: Runner) -> None:
    """`exercises.unit.name` comes from bytes handed over, or is not found."""
    asked = []

    def serve(question: dict[str, Any], seconds: float) -> Any:
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


def test_a_stand_in_is_called_across_the_border(run: Runner) -> None:
    """A stand-in's arguments come over and its result or its error goes back."""

    def serve(question: dict[str, Any], seconds: float) -> Any:
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


@posix
@pytest.mark.parametrize(
    ("code", "attempted"),
    [
        ("__import__('subprocess').run(['true'])", "starting another program (true)"),
        ("__import__('os').fork()", "starting another process"),
    ],
)
def test_no_process_can_be_started(run: Runner, code: str, attempted: str) -> None:
    """What was attempted is said; there is nothing that could outlive a run."""
    (answer,) = run(f"def f(x):\n    return {code}").answers
    assert isinstance(answer, Raised)
    assert answer.refused == attempted


@pytest.mark.parametrize(
    ("code", "attempted"),
    [
        ("open('/usr')", "opening a file (/usr)"),
        ("__import__('os').listdir('/')", "listing a folder (/)"),
        ("__import__('socket').socket()", "opening a network connection"),
        ("__import__('os').kill(__import__('os').getppid(), 9)", "sending a signal to a process"),
        ("__import__('mmap').mmap(-1, 4096)", "sharing memory"),
    ],
)
def test_behind_walls_the_system_is_out_of_reach(run: Runner, code: str, attempted: str) -> None:
    """Files, the network, other processes and shared memory are refused where there are walls."""
    if run.sandbox.tier == "process":
        pytest.skip("the tier `process` has no walls")
    (answer,) = run(f"def f(x):\n    return {code}").answers
    assert isinstance(answer, Raised)
    assert answer.refused == attempted


def test_the_standard_library_stays_within_reach(run: Runner) -> None:
    """What an answer may want to import can be imported, threads included."""
    modules = "bz2 colorsys csv ctypes dataclasses decimal fractions hashlib json lzma sqlite3 ssl"
    source = f"""
def f(x):
    import numpy.fft, numpy.linalg, numpy.polynomial, numpy.random
    for name in {modules!r}.split():
        __import__(name)
    return float(numpy.random.default_rng(0).normal())
"""
    (answer,) = run(source).answers
    assert isinstance(answer, Returned), answer


def test_what_stands_beside_numpy_is_not_to_be_had(run: Runner) -> None:
    """Other packages, ours among them, cannot be imported."""
    source = """
def f(x):
    found = []
    for name in ["click", "yaml", "grader.records", "solutions"]:
        try:
            __import__(name)
            found.append(name)
        except ImportError:
            continue
    return found
"""
    (answer,) = run(source).answers
    assert isinstance(answer, Returned)
    assert answer.value == []


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="there is no root")
def test_root_becomes_nobody(run: Runner) -> None:
    """The learner's code does not run as root, whoever started the grader."""
    (answer,) = run("import os\ndef f(x):\n    return os.geteuid(), os.getegid()").answers
    assert isinstance(answer, Returned)
    assert 0 not in answer.value


def test_every_run_has_a_process_of_its_own(run: Runner) -> None:
    """What one leaves behind, another one does not find; the functions of a file share one."""
    source = """
import builtins
def f(x):
    builtins.left = "something"
    return 1
def g(x):
    return hasattr(builtins, "left")
"""
    _, found = run(source, Call("f", inputs(1)), Call("g", inputs(1))).answers
    (again,) = run(source, Call("g", inputs(1))).answers
    assert isinstance(found, Returned)
    assert isinstance(again, Returned)
    assert (found.value, again.value) == (True, False)


def test_random_numbers_differ_between_processes(run: Runner) -> None:
    """Processes of one zygote do not share NumPy's global random state."""
    source = "import numpy as np\ndef f(x):\n    return np.random.random()"
    one, other = (run(source, Call("f", inputs(1))).answers[0] for _ in range(2))
    assert isinstance(one, Returned)
    assert isinstance(other, Returned)
    assert one.value != other.value


def test_hidden_calls_come_last_in_groups_of_their_own_too(
    run: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever group they stand in: their process starts when all that is shown is answered."""
    started: list[list[str]] = []
    original = run.sandbox.process_for

    def noted(submission: Submission, calls: Any, *rest: Any) -> Any:
        started.append([call.group for call in calls])
        return original(submission, calls, *rest)

    monkeypatch.setattr(run.sandbox, "process_for", noted)
    calls = [
        Call("f", inputs(1), hidden=True, group="a"),
        Call("f", inputs(2), group="b"),
        Call("f", inputs(3), hidden=True, group="b"),
        Call("f", inputs(4), group="c"),
    ]
    answers = run("def f(x):\n    return x", *calls).answers
    assert [answer.value for answer in answers if isinstance(answer, Returned)] == [1, 2, 3, 4]
    assert started == [["b"], ["c"], ["a"]]


def test_a_process_that_lets_go_of_its_line_is_ended(run: Runner) -> None:
    """Closing every descriptor and living on is a crash, and ends with the time of the call."""
    source = "import os\ndef f(x):\n    os.closerange(0, 64)\n    while True: pass"
    (answer,) = run(source, seconds=0.8).answers
    assert isinstance(answer, Stopped)
    assert "closed its end" in answer.message


@posix
def test_a_process_that_takes_its_time_to_end_is_waited_for(run: Runner) -> None:
    """How it ended is told by its exit code, however long after hanging up it leaves."""
    source = (
        "import os, time\ndef f(x):\n    os.closerange(0, 64)\n    time.sleep(0.7)\n    os._exit(7)"
    )
    (answer,) = run(source).answers
    assert isinstance(answer, Stopped)
    assert "exit code 7" in answer.message


def test_limits_must_leave_time() -> None:
    """A limit of no seconds is refused at birth."""
    with pytest.raises(ValueError, match="longer than 0"):
        Limits(seconds=0)
