"""Trusted functions, references and mistakes alike, become answers as a learner's do."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar
from zlib import crc32

import numpy as np

from grader.errors import BrokenGraderError
from grader.exercise.definition import Case, Definition, place_of
from grader.records import Inputs, Raised, Returned, Value

Rest = ParamSpec("Rest")
Result = TypeVar("Result")
# Held while functions of ours run, since some are put in the place of others for a while, and
# warnings are silenced for the whole process.
TRUSTED = threading.RLock()


def perform(function: Callable[..., Value], inputs: Inputs) -> Returned | Raised:
    """Call a function of ours on a copy of `inputs`."""
    given = inputs.copy()
    try:
        with TRUSTED, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Returned(function(*given.args, **given.kwargs), given)
    except Exception as error:
        kinds = [kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins"]
        return Raised(type(error).__name__, tuple(kinds), str(error))


class Trial(NamedTuple):
    """A case with the inputs drawn for it and what the reference makes of them."""

    case: Case
    inputs: Inputs
    wanted: Returned | Raised


@dataclass(frozen=True, eq=False)
class Paper:
    """An exercise drawn for one seed. All who sit it are judged by the same trials."""

    definition: Definition
    seed: int
    trials: tuple[Trial, ...]
    kept: dict[Any, Any] = field(default_factory=dict, repr=False)

    def trials_of(self, function: str) -> tuple[Trial, ...]:
        """Return the trials of one function."""
        return tuple(trial for trial in self.trials if trial.case.function == function)


def once_a_paper(
    work: Callable[Concatenate[Paper, Rest], Result],
) -> Callable[Concatenate[Paper, Rest], Result]:
    """Do some work once for all who sit a paper; what comes of it goes when the paper does."""

    @wraps(work)
    def kept(paper: Paper, /, *rest: Rest.args, **named: Rest.kwargs) -> Result:
        key = (work, rest, *named.items())
        if key not in paper.kept:
            paper.kept[key] = work(paper, *rest, **named)
        found: Result = paper.kept[key]
        return found

    return kept


def draw_paper(definition: Definition, seed: int) -> Paper:
    """Draw fresh inputs for every case and let the reference answer them.

    Each case has a random stream of its own, so a new case does not change another's inputs. Where
    answers are kept in a key, the seed chooses among those that it has.
    """
    if definition.key:
        sheet = definition.key.sheet(seed)
        kept = zip(definition.cases, sheet.cases, strict=True)
        return Paper(definition, sheet.seed, tuple(Trial(case, *each) for case, each in kept))
    return Paper(
        definition, seed, tuple(draw_trial(definition, case, seed) for case in definition.cases)
    )


def draw_trial(definition: Definition, case: Case, seed: int) -> Trial:
    """Draw the inputs of one case, and let the reference answer them."""
    rng = np.random.default_rng([seed, crc32(case.name.encode())])
    try:
        inputs = case.draw(rng)
    except Exception as error:
        raise _at_fault(f"the case {case.name} cannot draw inputs", error, case.where) from error
    if not isinstance(inputs, Inputs):
        raise _at_fault(f"the case {case.name} must return inputs(...)", None, case.where)
    reference = definition.references[case.function]
    wanted = perform(reference, inputs)
    expected = case.raises
    if isinstance(wanted, Raised) and (expected is None or expected not in wanted.types):
        what = f"the reference fails on the case {case.name}: {wanted.type}: {wanted.message}"
        raise _at_fault(what, None, place_of(reference))
    if isinstance(wanted, Returned) and expected is not None:
        what = f"the reference does not raise {expected} on the case {case.name}"
        raise _at_fault(what, None, place_of(reference))
    return Trial(case, inputs, wanted)


def _at_fault(what: str, error: Exception | None, place: str) -> BrokenGraderError:
    reason = f": {type(error).__name__}: {error}" if error else ""
    advice = "The course is at fault here, not your code. Please report this line."
    return BrokenGraderError(what + reason, where=place, next=advice)
