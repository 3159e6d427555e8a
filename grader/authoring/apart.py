"""Which mistakes of a function fail the same checks, and for which of these a case is missing.

Two that always fail together hide each other from whoever makes both. For some it cannot be helped:
two wrong scales are two forms of one slip. Two are about different things where *less* parts them:
the inputs of a case with some array all zeros (a bias, or a whole part that is so switched off), or
with an option left out. Then a case is missing, and it is known which.
"""

from __future__ import annotations

import inspect
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.authoring.proof import Problem
from grader.exercise.bounded import Bounded
from grader.exercise.definition import Mistake
from grader.grading.compare import is_float_array, leaves
from grader.grading.diagnose.hypotheses import RESULT, Pair, same_result, wrong_aspects
from grader.grading.trials import Paper, Trial, bind, call_trusted
from grader.records import Inputs, Returned, Value

Group = tuple[Mistake, ...]
Path = tuple[str, ...]  # the name of an argument, and then keys of dicts


def failed_checks(function: str, answered: Iterable[Pair]) -> Iterator[str]:
    """Yield the names of cases whose result is wrong, and what else is judged of a function."""
    for trial, answer in answered:
        for aspect in wrong_aspects([(trial, answer)]):
            yield trial.case.name if aspect is RESULT else f"{function}: {aspect.name}"


def fail_alike(failed: Mapping[str, frozenset[str]]) -> tuple[tuple[str, ...], ...]:
    """Return the names of mistakes that fail the same checks, each such group once."""
    alike: dict[frozenset[str], list[str]] = {}
    for name, checks in failed.items():
        alike.setdefault(checks, []).append(name)
    return tuple(tuple(names) for checks, names in alike.items() if checks and len(names) > 1)


def missing_cases(paper: Paper, failed: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
    """Find mistakes that fail the same checks, and that less than those have would part."""
    mistakes = {mistake.name: mistake for mistake in paper.definition.mistakes}
    for names in fail_alike(failed):
        group = tuple(mistakes[name] for name in names)
        # The last has the most to it, so that there is the most to leave out.
        small = [trial for trial in paper.trials if not trial.case.memory]
        fullest = [trial for trial in small if trial.case.name in failed[names[0]]][-1:]
        for words, one, other in (
            parts for trial in fullest for parts in _parting(paper, trial, group)
        ):
            what = (
                f"the mistakes {one.name} and {other.name} fail the same checks: add a case {words}"
            )
            yield Problem(other.where, what)


def _parting(paper: Paper, trial: Trial, group: Group) -> Iterator[tuple[str, Mistake, Mistake]]:
    """Yield what parts some of a group, in words, with two that it parts; what parts most first.

    Those that some other draw of the trial shows, and this one does not, are left out.
    """
    group = tuple(mistake for mistake in group if _shows(mistake, trial))
    if len(group) < 2:
        return
    shown = {
        words: {mistake.name for mistake in group if _shows(mistake, less)}
        for words, less in _with_less(paper, trial)
    }
    together = [group]
    while shown:
        words = max(shown, key=lambda words: len(_parted(together, shown[words])))
        parted = _parted(together, shown.pop(words))
        if len(parted) == len(together):
            return
        whole = next(group for group in together if group not in parted)
        one, other = (half[0] for half in parted if half[0] in whole)
        yield words, one, other
        together = parted


def _parted(together: Sequence[Group], shown: Collection[str]) -> list[Group]:
    """Return each group in two, those that are shown and those that are not, if it has both."""
    halves = [
        tuple(mistake for mistake in group if (mistake.name in shown) is is_shown)
        for group in together
        for is_shown in (True, False)
    ]
    return [half for half in halves if half]


def _shows(mistake: Mistake, trial: Trial) -> bool:
    answer = call_trusted(mistake.implementation, trial.inputs)
    return not same_result(answer, trial.wanted, trial)


def _with_less(paper: Paper, trial: Trial) -> Iterator[tuple[str, Trial]]:
    """Yield a trial with an array all zeros or an option left out, while something can be seen."""
    reference = paper.definition.references[trial.case.function]
    arguments = bind(reference, trial.inputs)
    for words, less in [*_without_options(reference, arguments), *_with_zeros(arguments)]:
        inputs = Inputs((), less)
        wanted = call_trusted(Bounded(reference), inputs)
        if isinstance(wanted, Returned) and _says_something(wanted.value):
            yield words, Trial(trial.case, inputs, wanted)


def _says_something(value: Value) -> bool:
    """Tell whether no result is all zeros, nor has an entry that is no number; texts say a lot."""
    parts = value if isinstance(value, tuple) else (value,)
    of_each = ([np.asarray(leaf) for _, leaf in leaves(part)] for part in parts)
    return all(any(map(np.any, each)) and all(map(_is_finite, each)) for each in of_each)


def _is_finite(entries: np.ndarray[Any, Any]) -> bool:
    return entries.dtype.kind not in "fc" or bool(np.isfinite(entries).all())


def _without_options(
    reference: Any, arguments: Mapping[str, Value]
) -> Iterator[tuple[str, dict[str, Value]]]:
    for name, parameter in inspect.signature(reference).parameters.items():
        if parameter.default is not parameter.empty and name in arguments:
            rest = {other: value for other, value in arguments.items() if other != name}
            yield f"without `{name}`", rest


def _with_zeros(arguments: Mapping[str, Value]) -> Iterator[tuple[str, dict[str, Value]]]:
    for path in dict.fromkeys(_paths(arguments)):
        yield f"where `{'.'.join(path)}` is zero", _zeroed(arguments, path)


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the way to every array of floats, and to dicts of them; lists are walked through."""
    if isinstance(value, Mapping):
        if path and any(is_float_array(leaf) for _, leaf in leaves(value)):
            yield path
        for name, each in value.items():
            yield from _paths(each, (*path, name))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _paths(each, path)
    elif is_float_array(value):
        yield path


def _zeroed(value: Any, path: Path) -> Any:
    """Return a value in which every array of floats on a way and beyond its end is all zeros."""
    if isinstance(value, list | tuple):
        return [_zeroed(each, path) for each in value]
    if isinstance(value, Mapping):
        return {
            name: _zeroed(each, path[1:]) if path[:1] in ((), (name,)) else each
            for name, each in value.items()
        }
    return np.zeros_like(value) if is_float_array(value) else value
