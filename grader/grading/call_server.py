"""Answers what the learner's side asks for: imports of exercises, and calls of our references.

Of a reference only its results cross; its source never does.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from math import prod
from typing import Any

import numpy as np

from grader.learner import wire
from grader.records import Inputs, Limits, Raised, Returned, Value

Reply = dict[str, Any]
SECONDS = Limits().seconds  # where whoever asks names no time
# What a stand-in may be given: axes and numbers so long, arrays of so many entries.
MAX_LENGTH = 1024
MAX_SIZE = 2**16
# How many they may be, for each takes time: a stack of blocks has some dozens.
MAX_COUNT = 512
# How many characters of text they may have together: some references go through it very often.
MAX_TEXT = 4096
# And what they may come to together, were each axis as long as the longest that it can meet.
MAX_TOGETHER = 2**22


class CallServer(ABC):
    """Serves one process; `modules` are the names that exercises are imported by."""

    modules: Mapping[str, str]

    def serve(self, question: Mapping[str, Any], seconds: float = SECONDS) -> Reply | None:
        """Answer a question from the learner's side; None where there is no such thing.

        Whoever asked has so many seconds left.
        """
        asked = question.get("module")
        known = self.modules.items() if isinstance(asked, str) else ()
        name = next((name for name, module in known if module == asked), None)
        if name is None:
            return None
        if question.get("kind") == "import":
            return self._module(name)
        return self._result(name, question, seconds)

    @abstractmethod
    def _module(self, name: str) -> Reply | None:
        """Return an exercise's source, or the functions whose calls are answered over here."""

    @abstractmethod
    def _may_call(self, name: str, function: str) -> bool:
        """Tell whether a function is one of those."""

    @abstractmethod
    def _call(self, name: str, function: str, inputs: Inputs, seconds: float) -> Reply:
        """Let a reference answer, which is not to take all of this process's memory, or time."""

    def _refuse(self, function: str) -> Reply:
        """Answer a call whose arguments are too large."""
        return {"type": "ValueError", "message": f"{function} was given something too large"}

    def _is_known(self, value: Value) -> bool:
        """Tell whether a value comes from us, and may be large."""
        return False

    def _may_be_long(self, parts: Sequence[Value]) -> bool:
        """Tell whether a reference may be given values all the same that are more than modest."""
        return False

    def _is_modest(self, values: Sequence[Value]) -> bool:
        """Tell whether a reference may go on with these values, apart from those that we know."""
        given = [each for each in values if not self._is_known(each)]
        parts = [part for each in given for part in parts_of(each)]
        is_little = sum(map(_text_in_keys, given)) <= MAX_TEXT
        parts = [part for part in parts if not self._is_known(part)]
        return is_little and (are_modest(parts) or self._may_be_long(parts))

    def _result(self, name: str, question: Mapping[str, Any], seconds: float) -> Reply | None:
        """Answer a call, if it is one, and its arguments are not too large."""
        function, args, kwargs = (question.get(key) for key in ("function", "args", "kwargs"))
        if not isinstance(function, str) or not isinstance(args, tuple):
            return None
        if not isinstance(kwargs, dict) or not all(isinstance(key, str) for key in kwargs):
            return None
        if not self._may_call(name, function):
            return None
        if not self._is_modest([*args, *kwargs.values()]):
            return self._refuse(function)
        return self._call(name, function, Inputs(args, kwargs), seconds)


def reply_of(function: str, answer: Raised | Returned) -> dict[str, Any]:
    """Return what is replied to whoever called a stand-in, if it can cross."""
    if isinstance(answer, Raised):
        return {"type": answer.types[0], "message": answer.message[:MAX_TEXT]}
    try:
        wire.pack(answer.value)
    except wire.WireError as error:
        return {"type": "ValueError", "message": f"{function} made {error} of that"}
    except MemoryError:
        return say_too_much(function)
    return {"value": answer.value}


def say_too_much(function: str) -> Reply:
    """Return what is replied where a reference took more memory than it may."""
    return {"type": "MemoryError", "message": f"{function} made too much of that"}


def say_too_long(function: str) -> Reply:
    """Return what is replied where a reference took more time than whoever called has."""
    return {"type": "TimeoutError", "message": f"{function} takes too long for that"}


def parts_of(value: Value) -> Iterator[Value]:
    """Yield what a value is made of, but for the keys of dicts."""
    if isinstance(value, dict):
        for item in value.values():
            yield from parts_of(item)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for each in value:
            yield from parts_of(each)
    else:
        yield value


def _text_in_keys(value: Value) -> int:
    """Return how many characters the keys of dicts have."""
    if isinstance(value, dict):
        keys = (part for key in value for part in parts_of(key))
        return sum(len(each) for each in keys if isinstance(each, (str, bytes))) + sum(
            map(_text_in_keys, value.values())
        )
    return sum(map(_text_in_keys, value)) if isinstance(value, (list, tuple)) else 0


def are_modest(values: Sequence[Any]) -> bool:
    """Tell whether a reference may be given these values together.

    Small arrays make a large one where their axes meet: broadcast or multiplied as matrices, the
    result has at most the longest axis in each place, and one more of them.
    """
    shapes = [value.shape[::-1] for value in values if isinstance(value, np.ndarray)]
    longest = [max(lengths) for lengths in zip_longest(*shapes, fillvalue=1)]
    together = prod(longest) * max(longest, default=1)
    text = sum(len(value) for value in values if isinstance(value, (str, bytes)))
    is_little = len(values) <= MAX_COUNT and together <= MAX_TOGETHER and text <= MAX_TEXT
    return is_little and all(map(_is_modest, values))


def _is_modest(value: Any) -> bool:
    """Tell whether a reference may be given this value.

    A stand-in runs on the trusted side, where nobody counts its steps: a mask for a million
    positions, asked for by mistake or on purpose, must not be made there.
    """
    if isinstance(value, np.ndarray) and value.ndim:
        return value.size <= MAX_SIZE and max(value.shape, default=0) <= MAX_LENGTH
    number = value.item() if isinstance(value, np.ndarray) else value
    if isinstance(number, complex):  # whose length may be beyond any float
        return max(abs(number.real), abs(number.imag)) <= MAX_LENGTH
    return not isinstance(number, (int, float)) or abs(number) <= MAX_LENGTH
