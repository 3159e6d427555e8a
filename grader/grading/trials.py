"""An exercise drawn for a seed, and our own functions run on it."""

from __future__ import annotations

import inspect
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import cached_property, lru_cache, partial, wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, Protocol, TypeVar
from zlib import crc32

import numpy as np

from grader.errors import BrokenGraderError
from grader.exercise.bounded import Bounded
from grader.exercise.definition import Case, Definition, place_of
from grader.exercise.manners import manner_of
from grader.exercise.pictures import Picture
from grader.exercise.silent import printed_to, silent
from grader.grading.custom_checks import allowed
from grader.grading.expendable import Processes
from grader.grading.held import held_in_memory
from grader.grading.modified import modified
from grader.grading.tolerance import Tolerance
from grader.grading.trusted import TRUSTED
from grader.learner.inside.behaviour import perform
from grader.learner.inside.chained import counted, resolved
from grader.learner.outside.answers import excess_of
from grader.records import Answer, Inputs, Limits, Raised, ResultOf, Returned, Value

Function = Callable[..., Value]
Rest = ParamSpec("Rest")
Result = TypeVar("Result")
# What a function of ours may take that is bounded because nobody has seen it end: as in a proof.
MOST_MEMORY = Limits().memory


class _Drawn(NamedTuple):
    case: Case
    inputs: Inputs
    wanted: Returned | Raised


class Trial(_Drawn):
    """A case with the inputs drawn for it and what the reference makes of them."""

    @cached_property  # everything that is compared asks for it
    def tolerance(self) -> Tolerance:
        """How far a right answer may be from the wanted one."""
        tolerance = Tolerance.of(self.inputs, self.case.rtol, self.case.atol)
        if self.case.check is None or isinstance(self.wanted, Raised):
            return tolerance
        return tolerance._replace(
            allows=partial(allowed, self.case, self.inputs, self.wanted.value),
            right=self.wanted.value,
        )


class Examiner(Protocol):
    """Who sets the papers of one exercise: all that grading asks of it.

    An examiner draws inputs and knows the right answers to them, knows what may have been done
    wrong, and answers for earlier exercises that do not work yet.
    """

    @property
    def definition(self) -> Definition:
        """The exercise: its lesson, signatures, cases, hints and pictures."""

    @property
    def stub(self) -> str:
        """The text of the file that a learner begins with."""

    @property
    def functions(self) -> tuple[str, ...]:
        """The names of the functions that the exercise asks for."""

    @property
    def references(self) -> Mapping[str, Callable[..., Value]]:
        """The references that can be called: none where they stayed with their author."""

    def draw(self, seed: int) -> Paper:
        """Return the paper for a seed: fresh inputs for every case, with the right answers.

        Where answers were computed before, the seed chooses among those that there are.
        """

    def hypotheses(self, paper: Paper, function: str, kind: str) -> Iterable[Any]:
        """Return hypotheses: what may have been done wrong in a function, the likeliest first.

        `kind` is "mistake" (its own), "inherited" (a mistake of a part of it), "relation" (the
        right function of other inputs), "guess" (another constant or size, or an option unused) or
        "slip" (one small change of the source, where nobody wrote mistakes).
        """

    def probes(self, paper: Paper, function: str) -> Sequence[Trial]:
        """Return calls that are no checks, with the right answers, the plainest first."""

    def effects(self, paper: Paper, function: str) -> Any:
        """Return who knows what hypotheses change (`grader.grading.diagnose.effects.Effects`)."""

    def stand_in(
        self, seed: int, exercise: str, function: str, inputs: Inputs
    ) -> Returned | Raised | None:
        """Return what an earlier exercise's reference makes of inputs; None if nobody knows."""

    def results(self, picture: Picture) -> Sequence[Value]:
        """Return what the reference makes of each view of a picture."""


class Paper:
    """An exercise drawn for one seed. All who sit it are judged by the same trials.

    `examiner` is who set it. `memory` holds what was worked out once for all who sit it, and
    `processes` what works for it elsewhere.
    """

    def __init__(self, examiner: Examiner, seed: int, trials: tuple[Trial, ...]) -> None:
        self.examiner, self.seed, self.trials = examiner, seed, trials
        self.memory: dict[Any, Any] = {}
        self.processes = Processes()

    @property
    def definition(self) -> Definition:
        """The exercise."""
        return self.examiner.definition

    def trials_of(self, function: str) -> tuple[Trial, ...]:
        """Return the trials of one function."""
        return tuple(trial for trial in self.trials if trial.case.function == function)


def once_a_paper(
    work: Callable[Concatenate[Paper, Rest], Result],
) -> Callable[Concatenate[Paper, Rest], Result]:
    """Do some work once for all who sit a paper; the result goes when the paper does."""

    @wraps(work)
    def remembered(paper: Paper, /, *rest: Rest.args, **named: Rest.kwargs) -> Result:
        key = (work, rest, *named.items())
        if key not in paper.memory:
            paper.memory[key] = work(paper, *rest, **named)
        found: Result = paper.memory[key]
        return found

    return remembered


def call_trusted(function: Function, inputs: Inputs) -> Returned | Raised:
    """Call a function of ours on a copy of `inputs`, and record what it returns or raises.

    One that is `Bounded` is so as a whole: in every method of a class, in all that it yields, and
    in memory.
    """
    given = inputs.copy()
    limit = held_in_memory(MOST_MEMORY) if isinstance(function, Bounded) else nullcontext()
    try:
        with TRUSTED, silent(), warnings.catch_warnings(), limit:
            warnings.simplefilter("ignore")
            manner = manner_of(function)
            args = list(map(_worked_out, given.args))
            kwargs = {name: _worked_out(each) for name, each in given.kwargs.items()}
            work = partial(perform, function, args, kwargs, manner, printed_to)
            value = function.ended(work) if isinstance(function, Bounded) else work()
            return Returned(counted(value, given.own), given)
    except Exception as error:
        kinds = [kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins"]
        return Raised(type(error).__name__, tuple(kinds), str(error))


def _worked_out(value: Value) -> Value:
    """Return an argument; a call that is to be made first is one that a case has drawn."""
    return resolved(value, _of_solutions) if isinstance(value, ResultOf) else value


def _of_solutions(module: str, name: str) -> Function:
    if not module.startswith("solutions."):
        raise BrokenGraderError(f"{module} is no definition, so nothing of it is called")
    function: Function = getattr(sys.modules[module], name)
    return function


def draw_trial(definition: Definition, case: Case, seed: int) -> Trial:
    """Draw the inputs of one case, and let the reference answer them.

    Each case has a random stream of its own, so a new case does not change another's inputs.

    Raises
    ------
    BrokenGraderError
        The case draws no inputs, or the reference fails on them, or does not raise what it should.
    """
    rng = np.random.default_rng([seed, crc32(case.name.encode())])
    try:
        with silent():
            inputs = case.draw(rng)
    except Exception as error:
        raise _at_fault(f"the case {case.name} cannot draw inputs", error, case.where) from error
    if not isinstance(inputs, Inputs):
        raise _at_fault(f"the case {case.name} must return inputs(...)", None, case.where)
    reference = definition.references[case.function]
    if manner_of(reference).get("script") and not all(map(_is_step, inputs.args)):
        what = f'the case {case.name} must return calls(("new", ...), ...), being of a script'
        raise _at_fault(what, None, case.where)
    wanted = call_trusted(reference, inputs)
    expected = case.raises
    if isinstance(wanted, Raised) and (expected is None or expected not in wanted.types):
        what = f"the reference fails on the case {case.name}: {wanted.type}: {wanted.message}"
        raise _at_fault(what, None, place_of(reference))
    if isinstance(wanted, Returned) and expected is not None:
        what = f"the reference does not raise {expected} on the case {case.name}"
        raise _at_fault(what, None, place_of(reference))
    if much := excess_of(inputs, wanted):
        what = f"the case {case.name}, with its right answer, has more than {much}"
        raise _at_fault(what, None, case.where)
    return Trial(case, inputs, with_inputs(wanted, inputs))


def with_inputs(answer: Answer, inputs: Inputs) -> Any:
    """Return an answer that has the inputs themselves where the call left them as they were."""
    if isinstance(answer, Returned) and not modified(inputs, answer.after):
        return Returned(answer.value, inputs)
    return answer


def _is_step(step: Value) -> bool:
    return isinstance(step, tuple) and bool(step) and isinstance(step[0], str)


def _at_fault(what: str, error: Exception | None, place: str) -> BrokenGraderError:
    reason = f": {type(error).__name__}: {error}" if error else ""
    advice = "The course is at fault here, not your code. Please report this line."
    return BrokenGraderError(what + reason, where=place, next=advice)


def bind(function: Function, inputs: Inputs) -> dict[str, Value]:
    """Return the arguments of a call by the names of the function's parameters."""
    return dict(_signature(function).bind(*inputs.args, **inputs.kwargs).arguments)


def all_arguments(function: Function, inputs: Inputs) -> dict[str, Value]:
    """Return the arguments of a call by name, those that it leaves out included.

    Raises
    ------
    TypeError
        The function does not take such arguments.
    """
    bound = _signature(function).bind(*inputs.args, **inputs.kwargs)
    bound.apply_defaults()
    return dict(bound.arguments)


@lru_cache(maxsize=1024)
def _signature(function: Function) -> inspect.Signature:
    return inspect.signature(function)


@contextmanager
def replaced(reference: Function, stand_in: Function) -> Iterator[None]:
    """Put `stand_in` wherever a solution calls `reference`, but not where it does so itself.

    Solutions import the functions they build on, so one of them can be exchanged while a later
    reference runs.
    """
    places = _places(reference, len(sys.modules))

    def put(function: Function) -> None:
        for names, name in places:
            names[name] = function

    def stands_in(*args: Any, **kwargs: Any) -> Value:
        put(reference)  # a mistake may call the reference that it is a mistake of
        try:
            return stand_in(*args, **kwargs)
        finally:
            put(stands_in)

    with TRUSTED:
        put(stands_in)
        try:
            yield
        finally:
            put(reference)


@lru_cache(maxsize=1024)
def _places(reference: Function, modules: int) -> list[tuple[dict[str, Any], str]]:
    """Return the names that stand for a reference in the solutions, with so many modules loaded."""
    solutions = [module for name, module in sys.modules.items() if name.startswith("solutions.")]
    return [
        (vars(module), name)
        for module in solutions
        for name, value in list(vars(module).items())
        if value is reference
    ]
