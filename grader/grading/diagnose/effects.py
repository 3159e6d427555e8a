"""What a mistake changes in the answer to a trial, found without answering the whole trial.

While the reference answers, the calls of its parts are recorded. A mistake of a part that gives the
same as the part for all of them changes nothing; two that give the same do the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from itertools import starmap
from typing import Any, NamedTuple, Protocol

from grader.course.course import Course
from grader.course.sketches import Sketch
from grader.grading.diagnose.composed import Put, compose
from grader.grading.diagnose.evidence import fingerprint
from grader.grading.diagnose.hypotheses import Hypothesis, Pair, is_wrong
from grader.grading.diagnose.parts import known_references
from grader.grading.trials import Paper, Trial, call_trusted, once_a_paper, replaced
from grader.records import Inputs, Returned, Value

Function = Callable[..., Value]


class CallMade(NamedTuple):
    """A call of a reference while a trial was answered, and what came of it."""

    inputs: Inputs
    wanted: Returned


class Effects(Protocol):
    """Knows what hypotheses change in the answers to trials."""

    def effect(self, hypothesis: Hypothesis, trial: Trial) -> object:
        """Return what is the same for all that do the same to a trial; None if it does nothing."""

    def work(self, trial: Trial) -> int:
        """Return how many references are called, one by another, while a trial is answered."""


class Sketched:
    """Knows effects where answers are looked up."""

    def effect(self, hypothesis: Hypothesis, trial: Trial) -> object:
        """Return the answer itself; None if it is the one that is wanted."""
        answer = hypothesis.answer(trial)
        if isinstance(answer, Returned) and isinstance(answer.value, Sketch):
            return id(answer.value)  # in a key, those that are equal are one object
        return fingerprint(answer) if is_wrong(trial, answer) else None

    def work(self, trial: Trial) -> int:
        """Return one: nothing is called."""
        return 1


class Computed:
    """Knows what hypotheses about one function change, on a paper; asked by all who sit it."""

    def __init__(self, paper: Paper, function: str, course: Course) -> None:
        self._reference = paper.definition.references[function]
        self._known = known_references(paper.definition, course)
        self._calls: dict[int, Mapping[Function, list[CallMade]]] = {}
        self._effects: dict[tuple[Hypothesis, int], object] = {}

    def effect(self, hypothesis: Hypothesis, trial: Trial) -> object:
        """Return what is the same for all that do the same to a trial; None if it does nothing."""
        key = hypothesis, id(trial)
        if key not in self._effects:
            self._effects[key] = self._compute(hypothesis, trial)
        return self._effects[key]

    def work(self, trial: Trial) -> int:
        """Return how many references are called, one by another, while a trial is answered."""
        return 1 + sum(map(len, self._calls_of(trial).values()))

    def has_effect(self, hypothesis: Hypothesis, trial: Trial) -> bool:
        """Tell whether it does anything, which is known as soon as it does."""
        return any(starmap(is_wrong, self._made(hypothesis, trial)))

    def _compute(self, hypothesis: Hypothesis, trial: Trial) -> object:
        pairs = [*self._made(hypothesis, trial)]
        if not any(starmap(is_wrong, pairs)):
            return None
        put = self._put_in_part(hypothesis)
        return put and put.reference, tuple(fingerprint(answer) for _, answer in pairs)

    def _put_in_part(self, hypothesis: Hypothesis) -> Put | None:
        put = hypothesis.put
        return put if put and put.reference is not self._reference else None

    def _made(self, hypothesis: Hypothesis, trial: Trial) -> Iterator[Pair]:
        """Yield what a hypothesis makes of a trial, or of the calls of the part that it is in."""
        put = self._put_in_part(hypothesis)
        if put is None:
            yield trial, hypothesis.answer(trial)
            return
        runs = compose(put.reference, [put])
        assert runs is not None
        for made in self._calls_of(trial).get(put.reference, []):
            call = trial._replace(inputs=made.inputs, wanted=made.wanted)
            yield call, runs(call)

    def _calls_of(self, trial: Trial) -> Mapping[Function, list[CallMade]]:
        if id(trial) not in self._calls:
            found: dict[Function, list[CallMade]] = {}
            with ExitStack() as until_the_end:
                for reference in self._known:
                    recording = _recording(reference, found.setdefault(reference, []))
                    until_the_end.enter_context(replaced(reference, recording))
                call_trusted(self._reference, trial.inputs)
            self._calls[id(trial)] = found
        return self._calls[id(trial)]


@once_a_paper
def effects_of(paper: Paper, function: str, course: Course) -> Computed:
    """Return what is known of the effects of mistakes in one function."""
    return Computed(paper, function, course)


def _recording(reference: Function, found: list[CallMade]) -> Function:
    def recording(*args: Any, **kwargs: Any) -> Value:
        given = Inputs(args, kwargs).copy()
        value = reference(*args, **kwargs)
        found.append(CallMade(given, Returned(value, given)))
        return value

    return recording
