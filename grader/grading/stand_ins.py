"""What a learner's file gets when it imports another exercise: their own code, or a stand-in.

A stand-in is the reference of an earlier exercise, called across the border: its arguments come
to this side and its result goes back, its source never does. It lets an exercise be judged on its
own merit when one that it leans on is broken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from math import prod
from typing import Any

import numpy as np

from grader.course.course import Course
from grader.errors import RefusedError
from grader.grading.compare import leaves
from grader.grading.examiner import load_definition
from grader.grading.trials import Paper
from grader.learner import wire
from grader.learner.outside.submission import read_submission
from grader.records import Inputs, Raised, Returned, Submission

# What a stand-in may be given: axes and numbers so long, arrays of so many entries.
MAX_LENGTH = 1024
MAX_SIZE = 2**16
# And what they may come to together, were each axis as long as the longest that it can meet.
MAX_TOGETHER = 2**22


@dataclass
class StandIns:
    """Serves one run's imports; `standing_in` are the exercises whose references stand in.

    What was handed in `beside` the answer that runs is taken before what is in the course.
    `imported` are the exercises that were asked for, `sources` the files that were sent.
    """

    course: Course
    paper: Paper
    standing_in: frozenset[str] = frozenset()
    beside: Mapping[str, Submission] = field(default_factory=dict)
    imported: list[str] = field(default_factory=list)
    sources: dict[str, Submission] = field(default_factory=dict)
    _unanswered: str = ""

    def serve(self, question: Mapping[str, Any]) -> dict[str, Any] | None:
        """Answer a question from the learner's side; None where there is no such thing."""
        module = question.get("module")
        name = self._exercise_of(module) if isinstance(module, str) else None
        if name is None:
            return None
        if question.get("kind") == "import":
            return self._module(name)
        return self._result(name, question)

    def take_unanswered(self) -> str:
        """Return the function that was called and had no answer since this was last asked, if any.

        What a learner's call came to after that says nothing about the learner.
        """
        function, self._unanswered = self._unanswered, ""
        return function

    def _exercise_of(self, module: str) -> str | None:
        for name in self.course.exercises:
            if module == f"exercises.{self.course.unit_of(name)}.{name}":
                return name
        return None

    def _module(self, name: str) -> dict[str, Any] | None:
        self.imported.append(name)
        if self._may_stand_in(name):
            return {"functions": list(load_definition(self.course, name).references)}
        try:
            earlier = self.beside.get(name) or read_submission(self.course, name)
        except (FileNotFoundError, RefusedError):
            return None  # the import fails over there, and the stand-in is tried next
        self.sources[earlier.path] = earlier
        return {"source": earlier.source, "path": earlier.path}

    def _may_stand_in(self, name: str) -> bool:
        return name in self.standing_in and name in self.course.earlier(self.paper.definition.name)

    def _result(self, name: str, question: Mapping[str, Any]) -> dict[str, Any] | None:
        function, args, kwargs = (question.get(key) for key in ("function", "args", "kwargs"))
        if not isinstance(function, str) or not isinstance(args, tuple):
            return None
        references = load_definition(self.course, name).references
        if not self._may_stand_in(name) or function not in references:
            return None
        if not isinstance(kwargs, dict) or not all(isinstance(key, str) for key in kwargs):
            return None
        if not are_modest([leaf for _, leaf in leaves((args, kwargs))]):
            return {"type": "ValueError", "message": f"{function} was given something too large"}
        inputs = Inputs(args, kwargs)
        answer = self.paper.examiner.stand_in(self.paper.seed, name, function, inputs)
        if answer is None:
            self._unanswered = function
            return {"type": "NotImplementedError", "message": f"no answer is known for {function}"}
        return reply_of(function, answer)


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
