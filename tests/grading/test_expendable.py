"""Whatever a request does to its process, whoever asked gets to know, and goes on."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.course.course import Course
from grader.errors import BrokenGraderError
from grader.grading import stand_ins
from grader.grading.examiner import draw_paper
from grader.grading.expendable import Expendable
from grader.grading.stand_ins import StandIns

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")

MANY = 10**15
ROOT = Path(__file__).parents[2]


def be_deaf() -> int:
    """Compute for ever, and hear no signal but one."""
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32))
    return sum(range(MANY))


ENDLESS: dict[str, Callable[[], Any]] = {
    "a loop": lambda: [None for _ in iter(int, 1)],
    "a sum in C": lambda: sum(range(MANY)),
    "a search in C": lambda: -1 in range(MANY) or MANY in iter(int, 1),
    "a power": lambda: 3 ** (10**8),
    "products of matrices": lambda: np.linalg.matrix_power(np.ones((900, 900)), 2**1000 - 1),
    "deaf": lambda: (
        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32)) and None or sum(range(MANY))
    ),
}
LOST: dict[str, Callable[[], Any]] = {
    "one large array": lambda: np.ones(2**31),
    "text that doubles": lambda: [text := "a"] + [text := text + text for _ in range(40)],
    "arrays that double": lambda: [x := np.ones(1)] + [x := np.r_[x, x] for _ in range(40)],
    "too long an answer": lambda: b"a" * (100 * 2**20),
    "an exit": lambda: os._exit(1),
    "an exit that looks well": lambda: os._exit(0),
    "a fault of memory": lambda: ctypes.string_at(1),
    "an abort": lambda: os.abort(),
    "a kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
}


def ask(work: Callable[[], Any]) -> Any:
    """Let some work be done, and then find that the process is as good as new."""
    process = Expendable(lambda request: os.getpid() if request == "who" else work())
    try:
        return process.ask("work", 0.3 if work in ENDLESS.values() else 30.0)
    finally:
        assert process.ask("who", 30.0) != os.getpid()
        process.end()


@pytest.mark.parametrize("what", ENDLESS)
def test_what_does_not_end_is_given_up(what: str) -> None:
    """Be it in a loop of C, which no signal's handler could leave."""
    with pytest.raises(TimeoutError):
        ask(ENDLESS[what])


@pytest.mark.parametrize("what", LOST)
def test_what_takes_too_much_or_ends_its_process_is_told(what: str) -> None:
    """All of these are one thing to whoever asked: there is no answer."""
    with pytest.raises(MemoryError):
        ask(LOST[what])


def test_what_raises_is_ours() -> None:
    """What the work is to answer with, it returns; anything else is a fault of the grader's."""

    def divide() -> float:
        return 1 / 0

    with pytest.raises(BrokenGraderError, match="ZeroDivisionError"):
        ask(divide)


def test_something_is_kept_until_the_process_ends() -> None:
    """And nothing of it here."""
    seen: list[int] = []

    def note(number: int) -> list[int]:
        seen.append(number)
        return seen

    process = Expendable(note)
    assert [process.ask(number, 30.0) for number in (1, 2)] == [[1], [1, 2]]
    process.end()
    assert process.ask(3, 30.0) == [3]
    assert not seen


def test_arrays_come_back_to_the_bit() -> None:
    """With their types and the order that they have in memory."""
    given = {"x": np.asfortranarray(np.random.default_rng(0).normal(size=(3, 4)), np.float32)}
    process = Expendable(lambda request: request)
    found = process.ask(given, 30.0)
    assert found["x"].tobytes("A") == given["x"].tobytes("A")
    assert found["x"].dtype == np.float32 and found["x"].flags.f_contiguous


def test_nobody_asks_it_no_process_is_left() -> None:
    """It goes with whoever could ask it."""
    process = Expendable(lambda _: os.getpid())
    pid = process.ask(None, 30.0)
    del process
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_fork_of_ours_has_one_of_its_own() -> None:
    """Two who wrote to one process would get each other's answers; nor does it end ours."""
    process = Expendable(lambda _: os.getpid())
    pid = process.ask(None, 30.0)
    forked = os.fork()
    if not forked:
        os._exit(process.ask(None, 30.0) == pid)
    assert os.waitpid(forked, 0)[1] == 0
    assert process.ask(None, 30.0) == pid


# Each of them is the first product of its process, and no buffer is to be had.
FIRST = {
    "of matrices": "np.ones((300, 300)) @ np.ones((300, 300))",
    "of single precision": "np.ones((300, 300), np.float32) @ np.ones((300, 300), np.float32)",
    "of complex numbers": "np.ones((300, 300), complex) @ np.ones((300, 300), complex)",
    "of a stack": "np.ones((2, 99, 99)) @ np.ones((2, 99, 99))",
    "in a solution": "np.linalg.solve(np.eye(200) + 1, np.ones((200, 200)))",
    "in a decomposition": "np.linalg.svd(np.eye(200) + 1)",
}


@pytest.mark.parametrize("product", FIRST)
def test_the_first_product_does_not_end_a_process_that_is_short_of_memory(product: str) -> None:
    """OpenBLAS leaves with exit code 1 where it cannot have its buffer: no report would be left."""
    program = (
        "import numpy as np\nfrom grader.grading.held import held_in_memory\n"
        "with held_in_memory(4 * 2**20):\n    try:\n"
        f"        {FIRST[product]}\n    except MemoryError:\n        pass\nprint('still here')\n"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-c", program]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ended.stdout == "still here\n", ended.stderr


def test_what_a_hidden_call_leaves_behind_is_gone(
    tiny: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No call that is shown comes to a process in which references answered a hidden one."""
    monkeypatch.setattr(stand_ins, "_reply", lambda *_: {"value": os.getpid()})
    server = StandIns(tiny, draw_paper(tiny, "quadruple", 1), frozenset({"double"}))
    question = {
        "module": "exercises.numbers.double",
        "function": "double",
        "args": (np.ones(2),),
        "kwargs": {},
    }
    asked = [server.serve, server.serve, server.serve_hidden, server.serve_hidden, server.serve]
    one, two, three, four, five = [(serve(question) or {})["value"] for serve in asked]
    server.end()
    assert one == two == three == four != five
