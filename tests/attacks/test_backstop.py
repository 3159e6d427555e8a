"""The last bound: work that nobody thought of ends, and is somebody's file that was refused."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest

from grader import backstop
from grader.backstop import within_bounds
from grader.classroom import bounds
from grader.classroom.answers import AnswerReader
from grader.classroom.bounds import MOST_OF_ONE, ParsedOfOne, Work
from grader.course.course import Course
from grader.errors import RefusedError
from tests.classroom.test_bounds import entry
from tests.classroom.test_quizzes import SUMS
from tests.conftest import Ended

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="the system has no such timer"
)
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="Linux tells how much memory it is")
NOTEBOOK = json.dumps({"cells": [{"cell_type": "code", "source": "def double(x): return x"}]})
Command = Callable[..., Ended]


def never_ends(*_: object, **__: object) -> Any:
    """Compute for ever, and go on after whatever an ordinary reader would go on after."""
    while True:
        try:
            sum(range(1000))
        except Exception:
            continue


def takes_all_memory(*_: object, **__: object) -> Any:
    """Take more memory than there may be."""
    return bytearray(2 * backstop.MEMORY)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backstop, "SECONDS", 0.1)
    monkeypatch.setattr(bounds, "MAX_SECONDS", 0.1)


def test_what_does_not_end_is_refused_and_leaves_no_timer() -> None:
    """An `except Exception` on the way does not go on; what comes later has time of its own."""
    handler = signal.getsignal(signal.SIGPROF)
    with pytest.raises(RefusedError, match="too much time"), within_bounds("x.ipynb"):
        never_ends()
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGPROF) is handler


@linux_only
def test_what_takes_all_memory_is_refused_and_leaves_no_limit() -> None:
    """Afterwards there is as much as before."""
    with pytest.raises(RefusedError, match=r"^it takes too much memory"), within_bounds():
        takes_all_memory()
    assert takes_all_memory()


def test_within_another_the_outer_one_counts() -> None:
    """What is within may not take its time anew, piece by piece."""
    with pytest.raises(RefusedError), within_bounds():
        while True:
            with within_bounds(seconds=1000.0):
                sum(range(1000))


def test_another_thread_is_left_alone() -> None:
    """A signal reaches the main thread alone, which may have nothing to do with it."""
    done: list[int] = []

    def work() -> None:
        with within_bounds(seconds=0.0):
            done.append(sum(range(10**6)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done


TAKEN_APART = {
    "grader.terminal.notebook_jobs.collect": ("grade", "--file", "it.ipynb"),
    "grader.terminal.notebook_jobs.read_notebook": ("grade", "double", "--file", "it.ipynb"),
    "grader.quiz.reading.load.QuestionReader": ("quiz", "sums", "--answers", "it.json"),
    "grader.quiz.sittings.answers_file.mark": ("quiz", "sums", "--answers", "it.json"),
    "grader.terminal.commands.prove.key_problems": ("prove", "sums"),
    "grader.terminal.commands.prove.warnings_of": ("prove", "sums"),
}


@pytest.mark.parametrize("what", TAKEN_APART)
@pytest.mark.parametrize("work", [never_ends, pytest.param(takes_all_memory, marks=linux_only)])
def test_a_file_that_takes_too_much_is_one_sentence(
    what: str,
    work: Callable[..., Any],
    tiny: Course,
    grader: Command,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever a command goes through may take so much, and is then refused by its name."""
    (tiny.root / "quizzes/sums.yaml").write_text(SUMS)
    (tiny.root / "it.ipynb").write_text(NOTEBOOK)
    (tiny.root / "it.json").write_text("{}")
    monkeypatch.setattr(what, work)
    if "prove" in TAKEN_APART[what] and work is takes_all_memory:
        pytest.skip("its code runs meanwhile, in another process that would have the limit, too")
    ended = grader(*TAKEN_APART[what])
    assert ended.code in (1, 2)
    assert "to go through" in ended.out + ended.err
    assert "Traceback" not in ended.out + ended.err


def test_a_hand_in_has_so_many_seconds_and_the_next_its_own(
    tiny: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of one hand-in what comes after is not gone through; of another's everything is."""
    right = b"def double(x, times=2):\n    return x * times\n"
    reader = AnswerReader(tiny)
    slow = entry("a/it.ipynb", NOTEBOOK.encode())
    with monkeypatch.context() as patch:
        patch.setattr("grader.classroom.answers.collect", never_ends)
        answers = reader.read([slow, entry("b/double.py", right)], Work())
    assert [note.why for note in answers.notes] == ["it takes too much time to go through"] * 2
    assert reader.read([entry("b/double.py", right)], Work()).found


def test_all_hand_ins_of_one_person_have_so_many_seconds() -> None:
    """Ten hand-ins that do not end take the time of four."""
    theirs, refused = ParsedOfOne(), 0
    for _ in range(10):
        with pytest.raises(RefusedError), Work(theirs).computing():
            refused += theirs.seconds > 0
            never_ends()
    assert MOST_OF_ONE <= refused <= MOST_OF_ONE + 1


def test_an_explanation_that_does_not_end_costs_no_verdict(
    graded: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The verdict stands, and says so."""
    monkeypatch.setattr("grader.grading.grade._MOST_EXPLAINING", 0.1)
    monkeypatch.setattr("grader.grading.diagnose.explain.diagnose", never_ends)
    report = graded("def double(x, times=2):\n    return x\n")
    assert report.outcome.value == "failed"
    assert any("The verdict stands" in str(each.message) for each in report.diagnosis)
