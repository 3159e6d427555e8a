"""Memory as a check: what a call may allocate, and what is said of one that takes more."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from grader.exercise.definition import Memory
from grader.grading.trials import Trial, call_trusted
from grader.learner.outside.answers import size_of
from grader.records import Answer, Call, Inputs, Outcome, Raised, Returned, Stopped, Value

Result = TypeVar("Result")

# Inputs and results cross the border as frames: each is held some times more than the call does.
TRANSPORT = 4
# An answer of the right shape is at most so many times as large, whatever type its numbers have.
WIDEST, LEAST_ROOM = 8, 2**20
MOST_LEAST = 2**28  # that answers of a run have room for together: all are held until it is judged
SLACK = 10 * 2**20  # for modules that a file imports, and for Python itself


def call_of(trial: Trial, group: str = "", count: int = 1) -> Call:
    """Return the call that a trial asks for, in a group, with what it and its answer may take.

    It is one of `count` in a run: of very many, an answer that should be small has less room.
    """
    wanted = trial.wanted.value if isinstance(trial.wanted, Returned) else None
    crossing = bytes_of((*trial.inputs, wanted))
    least = min(LEAST_ROOM, MOST_LEAST // count)
    case, room = trial.case, least + WIDEST * size_of((*trial.inputs, wanted))
    above_rest = case.memory.limit + TRANSPORT * crossing + SLACK if case.memory else 0
    return Call(case.function, trial.inputs, case.hidden, above_rest, room, group)


def peak_of(reference: Callable[..., Value], trial: Trial) -> int:
    """Return the bytes that a reference has allocated at one time, its result included."""
    return with_peak(lambda: call_trusted(reference, trial.inputs), trial.inputs)[1]


def with_peak(work: Callable[[], Result], inputs: Inputs) -> tuple[Result, int]:
    """Return what some work with inputs comes to, and the bytes that it has allocated at a time."""
    tracemalloc.start()
    try:
        result = work()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return result, peak - bytes_of(tuple(inputs))  # a copy is made of them before each call


def with_reason(answer: Answer, memory: Memory | None) -> Answer:
    """Return the answer; one that ran out of the memory of its check says what may be taken."""
    if memory is None:
        return answer
    reason = f"This check allows {_allowed(memory)}"
    if isinstance(answer, Raised) and "MemoryError" in answer.types:
        return answer._replace(advice=reason)
    if isinstance(answer, Stopped) and answer.outcome is Outcome.OUT_OF_MEMORY:
        return answer._replace(message=f"{answer.message}. {reason}")
    return answer


def ran_out(trial: Trial, answer: Answer) -> bool:
    """Tell whether a call was ended for want of the memory of its check."""
    if isinstance(answer, Stopped):
        return bool(trial.case.memory) and answer.outcome is Outcome.OUT_OF_MEMORY
    return bool(trial.case.memory) and isinstance(answer, Raised) and "MemoryError" in answer.types


def ran_out_early(answer: Answer) -> bool:
    """Tell whether the file took that memory while it was loaded, so that nothing was called."""
    frames = answer.frames if isinstance(answer, Raised) else ()
    return bool(frames) and frames[0].function == "<module>"


def is_silent(trial: Trial, answer: Answer) -> bool:
    """Tell whether a check about memory returned nothing: it ran out, or nothing could stand in."""
    is_skipped = isinstance(answer, Stopped) and answer.outcome is Outcome.SKIPPED
    return ran_out(trial, answer) or (bool(trial.case.memory) and is_skipped)


def besides(memory: Memory) -> str:
    """Return what is said of the memory that a call takes which something else is wrong with."""
    return f"It also takes more memory than it may. A check allows {_allowed(memory)}."


def _allowed(memory: Memory) -> str:
    return f"{_spoken(memory.limit)}: {memory.words}"


def _spoken(size: int) -> str:
    if size < 2**20:
        return f"{size:,} bytes"
    return f"{size / 2**20:{'.3g' if size < 100 * 2**20 else ',.0f'}} MiB"


def bytes_of(value: Value) -> int:
    """Return the bytes of all arrays in a nest."""
    if isinstance(value, dict):
        return sum(map(bytes_of, value.values()))
    if isinstance(value, (list, tuple)):
        return sum(map(bytes_of, value))
    return value.nbytes if isinstance(value, np.ndarray) else 0
