"""What a learner's file gets when it imports another exercise: their own code, or a stand-in.

A stand-in is the reference of an earlier exercise, called across the border. It lets an exercise be
judged on its own merit when one that it imports is broken. In the same way a function is judged
when others that stand beside it in its file are broken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from grader.course.course import Course
from grader.errors import RefusedError
from grader.grading.call_server import (
    MAX_COUNT,
    SECONDS,
    CallServer,
    Reply,
    are_modest,
    parts_of,
    reply_of,
    say_too_long,
    say_too_much,
)
from grader.grading.examiner import load_definition
from grader.grading.expendable import IS_POSSIBLE
from grader.grading.held import held_in_memory
from grader.grading.memory import bytes_of, call_of, with_peak
from grader.grading.trials import Paper, once_a_paper
from grader.learner.outside.submission import read_submission
from grader.records import Inputs, Submission, Value


def earlier_answer(
    course: Course, beside: Mapping[str, Submission] | None, name: str
) -> Submission | None:
    """Return the answer to an earlier exercise by whoever wrote the one that imports it.

    It is among those that were handed in `beside` that or, without any such, in the course.
    """
    if beside is not None:
        return beside.get(name)
    try:
        return read_submission(course, name)
    except (FileNotFoundError, RefusedError):
        return None


@dataclass
class StandIns(CallServer):
    """Serves one run's imports; `standing_in` are the exercises whose references stand in.

    Of the exercise itself, references stand in for the functions in `own`, which are not judged in
    this run. Those that were called are `called`; whether some call had no answer, `has_lacked`.

    Only earlier exercises are served: those in the course with the answer that runs or, of one that
    was handed in, those `beside` it, and references for the others. `imported` are the exercises
    that were asked for, and whether in a call that is not hidden; `sources` the files that were
    sent.
    """

    course: Course
    paper: Paper
    standing_in: frozenset[str] = frozenset()
    own: tuple[str, ...] = ()
    beside: Mapping[str, Submission] | None = None
    imported: dict[str, bool] = field(default_factory=dict)
    sources: dict[str, Submission] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)
    has_lacked: bool = False
    _unanswered: str = ""
    _has_served_hidden: bool = False

    def __post_init__(self) -> None:
        self.modules = self.course.modules
        self._process = self.paper.processes.new(partial(_answer, self.paper, self.course))

    def end(self) -> None:
        """Leave nothing of what was done for a run."""
        self._process.end()
        self._has_served_hidden = False

    def serve_hidden(self, question: Mapping[str, Any], seconds: float = SECONDS) -> Reply | None:
        """Answer a question of a hidden call: what that asks for may be all that it has to tell."""
        before, called = dict(self.imported), set(self.called)
        self._has_served_hidden = True
        reply = super().serve(question, seconds)
        self.imported = {name: before.get(name, False) for name in self.imported}
        self.called = called
        return reply

    def serve(self, question: Mapping[str, Any], seconds: float = SECONDS) -> Reply | None:
        """Answer a question, in a process that no hidden call has left anything in."""
        if self._has_served_hidden:
            self.end()
        return super().serve(question, seconds)

    def on_terms(self, submission: Submission) -> Submission:
        """Return a submission with what its exercise and its course say of how it is run."""
        return submission._replace(
            manners=self.paper.definition.manners,
            without=self.paper.definition.without,
            packages=self.course.installed_packages(),
        )

    def take_unanswered(self) -> str:
        """Return which call had no answer since this was last asked, if any, and why it was made.

        What a learner's call came to after that says nothing about the learner.
        """
        function, self._unanswered = self._unanswered, ""
        if not function:
            return ""
        if function in self.own:
            return f"{function}, which does not work yet, so this cannot be judged before it does"
        if self.standing_in:
            return f"{function}: the reference stands in for it until all that is imported works"
        return f"{function}: the reference stands in for it, as it was not handed in beside this"

    def _module(self, name: str) -> Reply | None:
        if name not in self.course.earlier(self.paper.definition.name):
            return None
        self.imported[name] = True
        if self._may_stand_in(name):
            return {"functions": list(self._functions_of(name))}
        earlier = earlier_answer(self.course, self.beside, name)
        if earlier is None:
            return None  # the import fails over there, and the stand-in is tried next
        self.sources[earlier.path] = earlier
        return {"source": earlier.source, "path": earlier.path}

    def _may_stand_in(self, name: str) -> bool:
        is_absent = self.beside is not None and name not in self.beside
        is_earlier = name in self.course.earlier(self.paper.definition.name)
        return is_earlier and (is_absent or name in self.standing_in)

    def _may_call(self, name: str, function: str) -> bool:
        if name == self.paper.definition.name:
            return function in self.own
        return self._may_stand_in(name) and function in self._functions_of(name)

    def _functions_of(self, name: str) -> tuple[str, ...]:
        """Return what an earlier exercise has; what a hidden call asks for is not loaded here.

        It would take memory from all processes that are forked later, which they could measure.
        """
        if self._has_served_hidden and self._is_computed:
            with suppress(MemoryError, TimeoutError):  # a package of the course's may be large
                names: tuple[str, ...] = self._process.ask((name, "", Inputs((), {})), SECONDS)
                return names
        return _functions_of(self.paper, self.course, name)

    def _may_be_long(self, parts: Sequence[Value]) -> bool:
        """Tell whether values are as long as an exercise about memory has its inputs be.

        What a reference makes of them is then bounded in time, and in memory as the check is.
        """
        most = _most_of_checks(self.paper)
        if not most.memory or (self._is_computed and not IS_POSSIBLE):
            return False
        arrays = [part for part in parts if isinstance(part, np.ndarray)]
        others = [part for part in parts if not most.holds(part)]
        return bytes_of(arrays) <= most.memory and len(parts) <= MAX_COUNT and are_modest(others)

    def _refuse(self, function: str) -> Reply:
        # Where an exercise is about memory, what is long is not the learner's doing.
        if _most_of_checks(self.paper).memory:
            self._unanswered, self.has_lacked = function, True
        return super()._refuse(function)

    def _call(self, name: str, function: str, inputs: Inputs, seconds: float) -> Reply:
        if name == self.paper.definition.name:
            self.called.add(function)
        try:
            reply = self._ask((name, function, inputs), seconds)
        except MemoryError:
            return say_too_much(function)
        except TimeoutError:  # and with it the time of whoever called
            return say_too_long(function)
        if reply is None:
            self._unanswered, self.has_lacked = function, True
            return {"type": "NotImplementedError", "message": f"no answer is known for {function}"}
        return reply

    @property
    def _is_computed(self) -> bool:
        """Whether answers are computed, and not looked up, which takes no time of its own."""
        return bool(self.paper.examiner.references)

    def _ask(self, call: tuple[str, str, Inputs], seconds: float) -> Reply | None:
        if not self._is_computed:
            with held_in_memory():
                return _reply(self.paper, call)
        reply: Reply | None = self._process.ask(call, seconds)
        return reply


class _Most(NamedTuple):
    """What checks of memory let a call take, in bytes, and how long their inputs are; or 0."""

    memory: int
    length: int

    def holds(self, part: Value) -> bool:
        """Tell whether something is an array, or a number that may be a place in the inputs."""
        if isinstance(part, np.ndarray) and part.ndim:
            return True
        number = part.item() if isinstance(part, np.ndarray) else part
        return isinstance(number, (int, float)) and abs(number) <= self.length


@once_a_paper
def _most_of_checks(paper: Paper) -> _Most:
    trials = [trial for trial in paper.trials if trial.case.memory]
    parts = (part for trial in trials for each in trial.inputs for part in parts_of(each))
    lengths = (max(part.shape, default=0) for part in parts if isinstance(part, np.ndarray))
    memory = max((call_of(trial).memory for trial in trials), default=0)
    return _Most(memory, max(lengths, default=0))


def _answer(paper: Paper, course: Course, call: tuple[str, str, Inputs]) -> Any:
    """Answer a call, or without a function, say which there are.

    Where a check bounds memory, a reference that stands in has no more than whoever calls it.
    """
    name, function, inputs = call
    if not function:
        return _functions_of(paper, course, name)
    most = _most_of_checks(paper).memory
    if not most:
        return _reply(paper, call)
    reply, peak = with_peak(lambda: _reply(paper, call), inputs)
    return reply if peak <= most else say_too_much(function)


def _reply(paper: Paper, call: tuple[str, str, Inputs]) -> Reply | None:
    name, function, inputs = call
    answer = paper.examiner.stand_in(paper.seed, name, function, inputs)
    return None if answer is None else reply_of(function, answer)


@once_a_paper
def _functions_of(paper: Paper, course: Course, name: str) -> tuple[str, ...]:
    """Return the names of an earlier exercise's functions; every call of one asks for them."""
    return tuple(load_definition(course, name).references)
