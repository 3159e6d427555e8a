"""Learner's functions and references in one model, each on its own side of the border.

On the learner's side runs the driver with everything that is the learner's own. What is not is
called over here; and where a reference leans on something of the learner's, that is called back
over there. So every function is theirs that can be, whichever ones they have written so far.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.course.course import Course
from grader.errors import UsageError
from grader.grading.compare import leaves
from grader.grading.examiner import load_definition
from grader.grading.stand_ins import are_modest, reply_of
from grader.grading.trials import call_trusted, replaced
from grader.learner.outside.process import LearnerProcess
from grader.records import Answer, Call, Inputs, Returned, Submission

Reference = Callable[..., Any]

MODEL = "transformer"


def candidates(course: Course) -> tuple[str, ...]:
    """Return the exercises that the model may lean on, in order."""
    return (*course.earlier(MODEL), MODEL)


class ForeignError(Exception):
    """What a reference called over there did not return; `Company.failure` has what it was."""


@dataclass
class Company:
    """Serves one process of the driver's: `own` are the learner's files, by their exercise.

    `through` are exercises that references call over there even where they are not the learner's,
    because the driver puts something in their place. `weights` may be given to a stand-in although
    they are large.
    """

    course: Course
    own: Mapping[str, Submission]
    through: frozenset[str]
    weights: frozenset[bytes]
    process: LearnerProcess
    seconds: float
    used: set[str] = field(default_factory=set)
    failure: Answer | None = None

    def serve(self, question: Mapping[str, Any]) -> dict[str, Any] | None:
        """Answer a question from the learner's side; None where there is no such thing."""
        name = self._exercise_of(question.get("module"))
        if name is None:
            return None
        if question.get("kind") == "import":
            return self._module(name)
        return self._result(name, question)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Let references call what is the learner's over there, and note which others are used."""
        there = () if self.course.release else candidates(self.course)
        loaded = {name: references_of(self.course, name) for name in there}  # all, then replaced
        with ExitStack() as until_the_end:
            for name, references in loaded.items():
                for function, reference in references.items():
                    stands_in = self._in_place_of(name, function, reference)
                    until_the_end.enter_context(replaced(reference, stands_in))
            yield

    def _exercise_of(self, module: object) -> str | None:
        return next(
            (name for name in candidates(self.course) if module == self._module_of(name)), None
        )

    def _module_of(self, name: str) -> str:
        return f"exercises.{self.course.unit_of(name)}.{name}"

    def _module(self, name: str) -> dict[str, Any]:
        if name not in self.own:
            return {"functions": list(references_of(self.course, name))}
        self.used.add(name)
        return {"source": self.own[name].source, "path": self.own[name].path}

    def _result(self, name: str, question: Mapping[str, Any]) -> dict[str, Any] | None:
        """Let a reference answer, if it may be given what it was given."""
        function, args, kwargs = (question.get(key) for key in ("function", "args", "kwargs"))
        if name in self.own or not isinstance(args, tuple) or not isinstance(kwargs, dict):
            return None
        reference = references_of(self.course, name).get(str(function))
        if reference is None or not all(isinstance(key, str) for key in kwargs):
            return None
        values = [leaf for _, leaf in leaves((args, kwargs))]
        if not are_modest([value for value in values if not self._is_weight(value)]):
            return {"type": "ValueError", "message": f"{function} was given something too large"}
        self.used.add(name)
        return reply_of(str(function), call_trusted(reference, Inputs(args, kwargs)))

    def _is_weight(self, value: Any) -> bool:
        return isinstance(value, np.ndarray) and value.tobytes() in self.weights

    def _in_place_of(self, name: str, function: str, reference: Reference) -> Reference:
        """Return what is called where a reference calls another one."""

        def noted(*args: Any, **kwargs: Any) -> Any:
            self.used.add(name)
            return reference(*args, **kwargs)

        def called_back(*args: Any, **kwargs: Any) -> Any:
            self.used.add(name)
            call = Call(function, Inputs(args, kwargs))
            answer = self.process.call_back(self._module_of(name), call, self.serve, self.seconds)
            if isinstance(answer, Returned):
                return answer.value
            self.failure = self.failure or answer
            raise ForeignError(f"{function} did not return")

        return called_back if name in self.own or name in self.through else noted


def references_of(course: Course, name: str) -> Mapping[str, Reference]:
    """Return what may stand in for a learner's functions: the one place that asks for it.

    Raises
    ------
    UsageError
        This course was released without its solutions, so the learner's own have to be there.
    """
    if course.release:
        raise UsageError(
            f"the translator needs {name}, and nothing stands in for it in this course",
            next=f"Write {course.shown(course.exercise_path(name))} first: grader grade {name}",
        )
    return load_definition(course, name).references
