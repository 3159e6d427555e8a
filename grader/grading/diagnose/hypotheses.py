"""What may have been done instead of the right thing, as something that answers trials itself.

An answer shows itself in three aspects: what is returned or raised, the dtypes of that, and which
inputs were changed. A hypothesis is about the aspects in which it differs from the reference on
some trial. It explains a learner's answers when it agrees with them on every trial, in the values
and in every aspect that it is about. One that cannot be told from the reference explains nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from grader.course.sketches import Sketch
from grader.exercise.bounded import Bounded, EndlessError
from grader.grading.compare import dtype_difference
from grader.grading.diagnose.composed import Put
from grader.grading.diagnose.evidence import Certainty, agree, certainty, say_the_same
from grader.grading.diagnose.sketched import once, sketch_of
from grader.grading.memory import is_silent
from grader.grading.modified import modified
from grader.grading.trials import Trial, with_inputs
from grader.records import Answer, Inputs, Raised, Returned
from grader.records.text import Paragraph, Points, Text, parse

Pair = tuple[Trial, Answer]
# Those that need code of ours to answer, in order of trust.
KINDS = ("mistake", "inherited", "relation", "guess")
BOTH = " + "  # between the names of mistakes that are made at once


class Aspect(NamedTuple):
    """One way in which two answers to the same inputs may agree."""

    name: str
    agree: Callable[[Answer, Answer, Trial], bool]


def same_result(one: Answer, other: Answer, trial: Trial) -> bool:
    """Tell whether two answers to a trial return the same values, or raise the same exception."""
    if other is trial.wanted:  # as that of each suspect is which leaves a trial right
        return bool(once(agree, one, other, trial.tolerance))
    return agree(one, other, trial.tolerance)


def _same_dtype(one: Answer, other: Answer, trial: Trial) -> bool:
    if not (trial.case.check_dtype and isinstance(one, Returned) and isinstance(other, Returned)):
        return True
    if isinstance(one.value, Sketch) or isinstance(other.value, Sketch):
        mine, theirs = sketch_of(one.value).dtypes, sketch_of(other.value).dtypes
        return len(mine) != len(theirs) or mine == theirs
    return dtype_difference(one.value, other.value) is None


def _same_changes(one: Answer, other: Answer, trial: Trial) -> bool:
    if trial.case.check_inputs and isinstance(one, Returned) and isinstance(other, Returned):
        return _changes(one, trial.inputs) == _changes(other, trial.inputs)
    return True


def _changes(answer: Returned, inputs: Inputs) -> tuple[object, ...]:
    known = answer.value
    return known.changes if isinstance(known, Sketch) else modified(inputs, answer.after)


def sentence(text: str) -> str:
    """Return text with the stop that it lacks."""
    return text if text.endswith("?") else f"{text}."


def listed(opening: str, messages: Iterable[str | Text]) -> Text:
    """Return messages as a list under an opening."""
    return Text.of(Paragraph((opening,)), Points(tuple(map(parse, messages))))


RESULT = Aspect("result", same_result)
ASPECTS = (RESULT, Aspect("dtype", _same_dtype), Aspect("inputs", _same_changes))


def wrong_aspects(pairs: Sequence[Pair]) -> tuple[Aspect, ...]:
    """Return the aspects in which some answer is not the one that was wanted."""
    return tuple(
        aspect
        for aspect in ASPECTS
        if not all(aspect.agree(answer, t.wanted, t) for t, answer in pairs)
    )


def is_wrong(trial: Trial, answer: Answer) -> bool:
    """Tell whether an answer is not the one that was wanted, in whichever aspect."""
    return not all(aspect.agree(answer, trial.wanted, trial) for aspect in ASPECTS)


@dataclass(eq=False)
class Hypothesis:
    """One way of going wrong: its name, what to say of it, and how it answers a trial.

    `kind` is that of the diagnosis it leads to, and `part` the exercise whose mistake it is, if it
    is another one's. `put` is how it is put in place together with others, if it can be, and
    `bound` gives it up where it does not end, if code of the course is run. Answers are
    remembered: all who sit a paper are compared with the same.
    """

    kind: str
    name: str | None
    message: str | Text
    run: Callable[[Trial], Answer]
    part: str = ""
    put: Put | None = None
    bound: Bounded | None = None
    _answers: dict[int, Answer] = field(default_factory=dict)
    _about: tuple[Aspect, ...] | None = None

    def answer(self, trial: Trial) -> Answer:
        """Return what this hypothesis makes of a trial."""
        if id(trial) not in self._answers:
            answer = self.run(trial)
            is_right = answer is trial.wanted  # and stays that one
            self._answers[id(trial)] = answer if is_right else with_inputs(answer, trial.inputs)
        return self._answers[id(trial)]

    @property
    def is_endless(self) -> bool:
        """Whether it was given up on a trial: it is not tried together with others then."""
        raised = (each for each in self._answers.values() if isinstance(each, Raised))
        return any(each.type == EndlessError.__name__ for each in raised)

    def about(self, trials: Sequence[Trial]) -> tuple[Aspect, ...]:
        """Return the aspects in which this differs from the reference on some of the trials.

        They are remembered: these are always all trials of one function, in whatever order.
        """
        if self._about is None:
            self._about = wrong_aspects([(trial, self.answer(trial)) for trial in trials])
        return self._about

    def is_like(self, other: Hypothesis, trials: Sequence[Trial]) -> bool:
        """Tell whether no trial can tell this from another hypothesis by what is returned."""
        return all(same_result(self.answer(t), other.answer(t), t) for t in trials)

    def raises_the_same(self, pairs: Sequence[Pair]) -> bool:
        """Tell whether a learner's errors are those of this, with all names and numbers in them."""
        return all(say_the_same(theirs, self.answer(t), t, True) for t, theirs in pairs)

    def certainty(self, pairs: Sequence[Pair]) -> Certainty:
        """Return how sure it is that a learner's answers, to every trial, are from this.

        Asked in order, so that trials which rule out much should come first. What returned nothing
        for want of memory says nothing.
        """
        trials = [trial for trial, _ in pairs]
        telling = [pair for pair in pairs if not is_silent(*pair)]
        if not all(same_result(theirs, self.answer(t), t) for t, theirs in telling):
            return Certainty.NONE
        about = self.about(trials)
        is_like_it = all(
            aspect.agree(theirs, self.answer(trial), trial)
            for aspect in about
            for trial, theirs in telling
        )
        if not about or not is_like_it or (RESULT in about and _are_right(telling)):
            return Certainty.NONE
        return certainty([(trial, theirs, self.answer(trial)) for trial, theirs in telling])


def _are_right(pairs: Iterable[Pair]) -> bool:
    return all(same_result(answer, trial.wanted, trial) for trial, answer in pairs)
