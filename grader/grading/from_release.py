"""The examiner of an exercise whose code stayed with its author: answers come from its key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from grader.course.answer_key import FrozenHypothesis, RecordedCall, undamaged
from grader.course.course import Course
from grader.course.key_form import is_identifier
from grader.course.released import AnswerKey
from grader.course.suspects import Suspect
from grader.exercise.definition import Definition
from grader.exercise.manners import manner_of
from grader.exercise.pictures import Picture
from grader.grading.call_server import parts_of
from grader.grading.compare import difference, dtype_difference
from grader.grading.tolerance import Tolerance
from grader.grading.trials import Paper, Trial, all_arguments, bind, once_a_paper
from grader.learner.inside.behaviour import FUNCTIONS
from grader.learner.inside.chained import RESULT_OF
from grader.learner.outside.answers import excess_of
from grader.records import Answer, Inputs, Raised, ResultOf, Returned, Value

if TYPE_CHECKING:
    from grader.grading.diagnose.effects import Effects
    from grader.grading.diagnose.hypotheses import Hypothesis


_MOST_HELD = 20_000  # parts that are held against others for one call, at tens of microseconds each


class FromRelease:
    """Looks up what was computed when the course was released."""

    def __init__(self, course: Course, name: str) -> None:
        self._course, self._name = course, name
        self._key = AnswerKey(course.key_path(name))
        self._calls: dict[int, Mapping[tuple[str, str], Sequence[RecordedCall]]] = {}

    @cached_property
    def definition(self) -> Definition:
        """The exercise, without a line of its solution."""
        return self._key.definition(self._name, self._course.unit_of(self._name))

    @property
    def stub(self) -> str:
        """The stub as it was handed out."""
        return self._key.stub

    @property
    def functions(self) -> tuple[str, ...]:
        """The names of the functions that the exercise asks for."""
        return self._key.functions

    @property
    def references(self) -> Mapping[str, Callable[..., Value]]:
        """None."""
        return {}

    def draw(self, seed: int) -> Paper:
        """Return one of the papers that the key has."""
        drawn, definition = self._key.draw(seed), self.definition
        with undamaged(drawn.path):
            pairs = zip(definition.cases, drawn.cases, strict=True)
            trials = tuple(Trial(case, *each) for case, each in pairs)
            for trial in trials:
                _require_fitting(definition, trial)
                if much := excess_of(trial.inputs, trial.wanted):
                    raise ValueError(f"{trial.case.name}, with its answer, has more than {much}")
        return Paper(self, drawn.seed, trials)

    def hypotheses(self, paper: Paper, function: str, kind: str) -> Iterable[Hypothesis]:
        """Return what the key knows of a kind."""
        return _hypotheses(paper, self._key).get((function, kind), ())

    def probes(self, paper: Paper, function: str) -> Sequence[Trial]:
        """Return the probes whose answers the key has."""
        return _probes(paper, self._key, function)

    def effects(self, paper: Paper, function: str) -> Effects:
        """Return who knows what hypotheses change: as their answers say."""
        from grader.grading.diagnose.effects import Sketched

        return Sketched()

    def stand_in(
        self, seed: int, exercise: str, function: str, inputs: Inputs
    ) -> Returned | Raised | None:
        """Return what a reference gave where it was called with the same.

        A key has the calls that references made of each other. Whoever calls an earlier exercise
        with what the reference called it with, which is the usual thing, finds it there. A call of
        very many parts is not held against so many that it would take long.
        """
        reference = FromRelease(self._course, exercise).definition.references[function]
        try:
            given = all_arguments(reference, inputs)
        except TypeError as error:
            return Raised("TypeError", ("TypeError", "Exception"), str(error))
        most = max(1, _MOST_HELD // (1 + sum(1 for _ in parts_of(given))))
        for call in self._calls_of(seed).get((exercise, function), ())[:most]:
            if _is_same(call.arguments, given):
                return call.answer
        return None

    def _calls_of(self, seed: int) -> Mapping[tuple[str, str], Sequence[RecordedCall]]:
        """Return the calls that the key has, by what was called."""
        if seed not in self._calls:
            calls: dict[tuple[str, str], list[RecordedCall]] = {}
            for call in self._key.draw(seed).calls:
                calls.setdefault((call.exercise, call.function), []).append(call)
            self._calls[seed] = calls
        return self._calls[seed]

    def results(self, picture: Picture) -> Sequence[Value]:
        """Return what the key has of a picture."""
        return self._key.results(picture.name)


def _require_fitting(definition: Definition, trial: Trial) -> None:
    """Raise where inputs or a wanted answer are none of how the function is called.

    Whoever explains a check names its arguments and its calls, also in Python to be pasted.
    """
    reference, (args, kwargs, _) = definition.references[trial.case.function], trial.inputs
    bound, manner = bind(reference, trial.inputs), manner_of(reference)
    given = [bound[name] for name, _ in manner.get("functions", ()) if name in bound]
    first = [each for each in (*args, *kwargs.values()) if isinstance(each, ResultOf)]
    if not (
        all(isinstance(each, str) and each in FUNCTIONS for each in given)
        and all(each[RESULT_OF] in definition.references for each in first)
        and (not manner.get("script") or _is_followed(args, trial.wanted))
    ):
        raise ValueError(f"{trial.case.name} does not fit how {trial.case.function} is called")


def _is_followed(steps: Sequence[Value], wanted: Returned | Raised) -> bool:
    """Tell whether these are calls in a row, and there is an answer to each, or an exception."""
    if not all(isinstance(step, tuple) and step and is_identifier(step[0]) for step in steps):
        return False
    if isinstance(wanted, Raised):
        return True
    return isinstance(wanted.value, list) and len(wanted.value) == len(steps)


def _is_same(known: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """Tell whether two calls are given the same, but for rounding."""
    tolerance = Tolerance.of(Inputs((), dict(known)))
    is_near = difference(dict(given), dict(known), tolerance) is None
    return is_near and dtype_difference(given, known) is None


@once_a_paper
def _probes(paper: Paper, key: AnswerKey, function: str) -> tuple[Trial, ...]:
    from grader.grading.diagnose.probes import checksum, probes_of  # passes do not wait for it

    known = _known_probes(paper, key)

    def answer(inputs: Inputs) -> Returned | None:
        found = checksum(function, inputs)
        return Returned(known[found], inputs) if found in known else None

    with undamaged(key.draw(paper.seed).path):
        return probes_of(paper, function, answer)


@once_a_paper
def _known_probes(paper: Paper, key: AnswerKey) -> dict[int, Value]:
    """Return what a key has of the probes of all functions."""
    return key.draw(paper.seed).probes


@once_a_paper
def _hypotheses(paper: Paper, key: AnswerKey) -> dict[tuple[str, str], list[Hypothesis]]:
    """Return what a key knows, by the function and the kind."""
    from grader.grading.diagnose.hypotheses import BOTH, Hypothesis  # passes do not wait for it

    draw = key.draw(paper.seed)
    found: dict[tuple[str, str], list[Hypothesis]] = {}
    with undamaged(draw.path):
        suspects = draw.suspects
        for old in draw.hypotheses if suspects is None else ():  # of before there were sketches
            known = Hypothesis(old.kind, old.name, old.message, _whole(paper, old), old.part)
            if BOTH not in (old.name or ""):  # two at once are sought, and no longer kept
                found.setdefault((old.function, old.kind), []).append(known)
        for each in suspects or ():
            kind = "relation" if each.kind == "guess" else each.kind
            known = Hypothesis(kind, each.name, each.message, _recall(paper, key, each), each.part)
            found.setdefault((each.function, each.kind), []).append(known)
    return found


def _recall(paper: Paper, key: AnswerKey, suspect: Suspect) -> Callable[[Trial], Answer]:
    """Return what looks the answers of a suspect up."""
    trials = (*paper.trials_of(suspect.function), *_probes(paper, key, suspect.function))
    answers = {
        id(trial): trial.wanted
        if answer is None
        else answer
        if isinstance(answer, Raised)
        else Returned(answer, trial.inputs)
        for trial, answer in zip(trials, suspect.answers, strict=True)
    }
    return lambda trial: answers[id(trial)]


def _whole(paper: Paper, frozen: FrozenHypothesis) -> Callable[[Trial], Answer]:
    trials = paper.trials_of(frozen.function)
    answers = {id(trial): answer for trial, answer in zip(trials, frozen.answers, strict=True)}
    return lambda trial: answers.get(id(trial), trial.wanted)
