"""What is judged apart from the values: the dtype of results, and inputs left as they came."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from grader.exercise.definition import Case
from grader.exercise.docstrings import docstring_of
from grader.grading.compare import (
    Path,
    Promised,
    dtype_difference,
    is_float_array,
    leaves,
    modified,
)
from grader.grading.trials import Trial
from grader.records import Answer, CaseResult, Outcome, Returned, Value

Pair = tuple[Trial, Answer]
DTYPE_CHECK = "keeps_the_dtype"
INPUTS_CHECK = "leaves_its_inputs_alone"
NOT_BEGUN = "judged as soon as one value is right"


def side_checks(
    function: str, pairs: Sequence[Pair], reference: Callable[..., Value], is_begun: bool
) -> Iterator[CaseResult]:
    """Yield the checks of a function that are judged apart, where they have a meaning.

    They count once the function `is_begun`: once some value of it is right.
    """
    for judge in (_judge_dtype, _judge_inputs):
        if result := judge(function, pairs, reference, is_begun):
            yield result


def _judge_dtype(
    function: str,
    pairs: Sequence[Pair],
    reference: Callable[..., Value],
    is_begun: bool,
) -> CaseResult | None:
    wanted = [trial.wanted for trial, _ in pairs if isinstance(trial.wanted, Returned)]
    if not any(getattr(leaf, "ndim", 0) for w in wanted for _, leaf in leaves(w.value)):
        return None
    for trial, answer in pairs:
        if isinstance(answer, Returned) and isinstance(trial.wanted, Returned):
            found = dtype_difference(answer.value, trial.wanted.value)
            if found:
                message = _say_dtype(trial, docstring_of(reference).results, *found)
                advice = _advise_on_dtype(trial, *found[1:])
                return _apart(DTYPE_CHECK, function, is_begun, message + advice, message)
    return _apart(DTYPE_CHECK, function, is_begun, "")


def _say_dtype(trial: Trial, promised: Promised, path: Path, yours: str, wanted: str) -> str:
    index = path[0] if path else 0
    several = isinstance(index, int) and len(promised) > max(1, index)
    name = f"`{promised[int(index)][0]}`" if several else "the result"
    return f"{name} is {yours}, wanted {wanted} (in the check: {_spoken(trial.case)})"


def _advise_on_dtype(trial: Trial, yours: str, wanted: str) -> str:
    """Return where such a dtype usually comes from, for those who get no name for their mistake."""
    everything = leaves((trial.inputs.args, trial.inputs.kwargs))
    given = {str(leaf.dtype) for _, leaf in everything if is_float_array(leaf)}
    if given == {"float32"} and yours == "float64":
        return (
            ". Somewhere float32 met a float64: what NumPy makes of Python's numbers, an array or a"
            " single one, is float64 unless told otherwise"
        )
    if "int" in yours and "float" in wanted:
        return ". NumPy makes integers of whole numbers unless told otherwise"
    return ""


def _spoken(case: Case) -> str:
    return case.name.replace("_", " ")


_CURES = {
    "changed": "make a new array instead: `a = a - b`, not `a -= b` or `a[...] = b`",
    "removed": "work on a copy",
    "added": "work on a copy",
}


def _judge_inputs(
    function: str,
    pairs: Sequence[Pair],
    reference: Callable[..., Value],
    is_begun: bool,
) -> CaseResult | None:
    arguments = [x for t, _ in pairs for x in (*t.inputs.args, *t.inputs.kwargs.values())]
    if not any(isinstance(each, (np.ndarray, list, dict)) for each in arguments):
        return None
    for trial, answer in pairs:
        if isinstance(answer, Returned) and (found := modified(trial.inputs, answer.after)):
            (done, path), *_ = found
            message = f"the call {done} {_argument(path, reference)} of its caller"
            message += f" (in the check: {_spoken(trial.case)})"
            return _apart(INPUTS_CHECK, function, is_begun, f"{message}; {_CURES[done]}")
    return _apart(INPUTS_CHECK, function, is_begun, "")


def _argument(path: Path, reference: Callable[..., Value]) -> str:
    """Return the argument that a path into (args, kwargs) stands for, as it would be written."""
    part, step, *rest = path
    names = list(inspect.signature(reference).parameters)
    name = names[step] if part == 0 and isinstance(step, int) and step < len(names) else str(step)
    return f"`{name}`" if not rest else f"`{name}" + "".join(f"[{r!r}]" for r in rest) + "`"


def _apart(name: str, function: str, is_begun: bool, message: str, brief: str = "") -> CaseResult:
    """Return the result of a check judged apart: it counts once some value is right."""
    if message:
        return CaseResult(name, function, Outcome.FAILED, 0.0, 1.0, message, brief=brief)
    if is_begun:
        return CaseResult(name, function, Outcome.PASSED, 1.0, 1.0)
    return CaseResult(name, function, Outcome.SKIPPED, 0.0, 1.0, NOT_BEGUN)
