"""What a learner's file gets when it imports another exercise: their own code, or a stand-in.

A stand-in is the reference of an earlier exercise, called across the border: its arguments come
to this side and its result goes back, its source never does. It lets an exercise be judged on its
own merit when one that it leans on is broken.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from math import prod
from typing import Any

import numpy as np

from grader.course.course import Course, load_definition
from grader.course.key_file import KeptCall, Sheet
from grader.errors import RefusedError
from grader.grading.compare import Tolerance, difference, dtype_difference, leaves
from grader.grading.trials import perform
from grader.learner import wire
from grader.learner.outside.submission import read_submission
from grader.records import Inputs, Raised, Returned, Submission

# What a stand-in may be given: axes and numbers so long, arrays of so many entries.
MAX_LENGTH = 1024
MAX_SIZE = 2**16
# And what they may come to together, were each axis as long as the longest that it can meet.
MAX_TOGETHER = 2**22
# What is told where an answer would be needed that a released course does not have.
NOT_KEPT = "no answer is kept for this call of"


@dataclass
class Siblings:
    """Serves one run's imports. `standing_in` are the exercises whose references stand in.

    What was handed in `beside` the answer that runs is taken before what is in the course.
    """

    course: Course
    exercise: str
    standing_in: frozenset[str] = frozenset()
    sheet: Sheet | None = None
    beside: Mapping[str, Submission] = field(default_factory=dict)
    imported: list[str] = field(default_factory=list)
    sources: dict[str, Submission] = field(default_factory=dict)
    _calls: list[KeptCall] | None = None

    def serve(self, question: Mapping[str, Any]) -> dict[str, Any] | None:
        """Answer a question from the learner's side; None where there is no such thing."""
        module = question.get("module")
        name = self._exercise_of(module) if isinstance(module, str) else None
        if name is None:
            return None
        if question.get("kind") == "import":
            return self._module(name)
        return self._result(name, question)

    def _exercise_of(self, module: str) -> str | None:
        for name in self.course.exercises:
            if module == f"exercises.{self.course.unit_of(name)}.{name}":
                return name
        return None

    def _module(self, name: str) -> dict[str, Any] | None:
        self.imported.append(name)
        if self._may_stand_in(name):
            definition = load_definition(self.course, name)
            return {"functions": list(definition.references)}
        try:
            sibling = self.beside.get(name) or read_submission(self.course, name)
        except (FileNotFoundError, RefusedError):
            return None  # the import fails over there, and the stand-in is tried next
        self.sources[sibling.path] = sibling
        return {"source": sibling.source, "path": sibling.path}

    def _may_stand_in(self, name: str) -> bool:
        return name in self.standing_in and name in self.course.earlier(self.exercise)

    def _result(self, name: str, question: Mapping[str, Any]) -> dict[str, Any] | None:
        function, args, kwargs = (question.get(key) for key in ("function", "args", "kwargs"))
        references = load_definition(self.course, name).references
        if not isinstance(function, str) or not isinstance(args, tuple):
            return None
        if not self._may_stand_in(name) or function not in references:
            return None
        if not isinstance(kwargs, dict) or not all(isinstance(key, str) for key in kwargs):
            return None
        if not are_modest([leaf for _, leaf in leaves((args, kwargs))]):
            return {"type": "ValueError", "message": f"{function} was given something too large"}
        answer = self._answer(name, references[function], Inputs(args, kwargs))
        if answer is None:
            return {"type": "NotImplementedError", "message": f"{NOT_KEPT} {function}"}
        return reply_of(function, answer)

    def _answer(
        self, name: str, reference: Callable[..., Any], inputs: Inputs
    ) -> Raised | Returned | None:
        """Return what a reference makes of inputs; None where it is not here and nobody noted it.

        A released course has only what its references gave to each other. Whoever calls an earlier
        exercise with what the reference called it with, which is the usual thing, finds it there.
        """
        if not self.course.release:
            return perform(reference, inputs)
        if self._calls is None:
            self._calls = self.sheet.calls if self.sheet else []
        try:
            given = all_arguments(reference, inputs)
        except TypeError as error:
            return Raised("TypeError", ("TypeError", "Exception"), str(error))
        known = (c for c in self._calls if (c.exercise, c.function) == (name, reference.__name__))
        return next((c.answer for c in known if _is_same(c.arguments, given)), None)


def _is_same(kept: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """Tell whether two calls are given the same, but for rounding."""
    tolerance = Tolerance.of(Inputs((), dict(kept)))
    is_near = difference(dict(given), dict(kept), tolerance) is None
    return is_near and dtype_difference(given, kept) is None


def all_arguments(function: Callable[..., Any], inputs: Inputs) -> dict[str, Any]:
    """Return the arguments of a call by name, those that it leaves out included.

    Raises
    ------
    TypeError
        The function does not take such arguments.
    """
    bound = inspect.signature(function).bind(*inputs.args, **inputs.kwargs)
    bound.apply_defaults()
    return dict(bound.arguments)


def reply_of(function: str, answer: Raised | Returned) -> dict[str, Any]:
    """Return what is replied to whoever called a stand-in, if it can cross."""
    if isinstance(answer, Raised):
        return {"type": answer.types[0], "message": answer.message}
    try:
        wire.pack(answer.value)
    except wire.WireError as error:
        return {"type": "ValueError", "message": f"{function} made {error} of that"}
    return {"value": answer.value}


def are_modest(values: Sequence[Any]) -> bool:
    """Tell whether a reference may be given these values together.

    Small arrays make a large one where their axes meet: broadcast or multiplied as matrices, the
    result has at most the longest axis in each place, and one more of them.
    """
    shapes = [value.shape[::-1] for value in values if isinstance(value, np.ndarray)]
    longest = [max(lengths) for lengths in zip_longest(*shapes, fillvalue=1)]
    together = prod(longest) * max(longest, default=1)
    return together <= MAX_TOGETHER and all(map(_is_modest, values))


def _is_modest(value: Any) -> bool:
    """Tell whether a reference may be given this value.

    A stand-in runs on the trusted side, where no limit of memory holds: a mask for a million
    positions, asked for by mistake or on purpose, must not be made there.
    """
    if isinstance(value, np.ndarray):
        return value.size <= MAX_SIZE and max(value.shape, default=0) <= MAX_LENGTH
    return not isinstance(value, (int, float)) or abs(value) <= MAX_LENGTH
