"""What is judged apart from the values: the dtype of results, and inputs left as they came."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from grader.errors import in_one_line
from grader.exercise.definition import Case
from grader.exercise.docstrings import docstring_of
from grader.grading.compare import (
    Path,
    Promised,
    dtype_difference,
    is_float_array,
    leaves,
)
from grader.grading.modified import modified
from grader.grading.trials import Trial
from grader.records import Answer, CaseResult, Inputs, Outcome, Returned, Value

Pair = tuple[Trial, Answer]
MAX_NAME = 60  # characters of an argument's name, which may be the learner's own
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
    pairs = [pair for pair in pairs if pair[0].case.check_dtype]
    wanted = [trial.wanted for trial, _ in pairs if isinstance(trial.wanted, Returned)]
    if not any(getattr(leaf, "ndim", 0) for w in wanted for _, leaf in leaves(w.value)):
        return None
    for trial, answer in pairs:
        if isinstance(answer, Returned) and isinstance(trial.wanted, Returned):
            found = dtype_difference(answer.value, trial.wanted.value)
            if found:
                message = _say_dtype(trial, docstring_of(reference).results, *found)
                if trial.case.hidden:
                    message = f"the result has another dtype (in the check: {_spoken(trial.case)})"
                advice = "" if trial.case.hidden else _advise_on_dtype(trial, *found[1:])
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
_OF_A_LIST = "make a new one instead: `sorted(a)`, not `a.sort()`; or work on a copy"


def _judge_inputs(
    function: str,
    pairs: Sequence[Pair],
    reference: Callable[..., Value],
    is_begun: bool,
) -> CaseResult | None:
    pairs = [pair for pair in pairs if pair[0].case.check_inputs]
    if not any(_is_changeable(value) for t, _ in pairs for value in _values(t.inputs)):
        return None
    for trial, answer in pairs:
        if isinstance(answer, Returned) and (found := modified(trial.inputs, answer.after)):
            said, cure = say_changes(found, trial.inputs, reference, trial.case.hidden)
            message = f"the call {said} of its caller (in the check: {_spoken(trial.case)})"
            return _apart(INPUTS_CHECK, function, is_begun, f"{message}; {cure}")
    return _apart(INPUTS_CHECK, function, is_begun, "")


def say_changes(
    found: Sequence[tuple[str, Path]],
    inputs: Inputs,
    reference: Callable[..., Value],
    hidden: bool = False,
) -> tuple[str, str]:
    """Return what was done to which argument, and what to do instead.

    Of a `hidden` check neither is told: what is done may depend on its inputs.
    """
    if hidden:
        return "changed an argument", _CURES["removed"]
    (done, path), *_ = found
    whole = _to_the_list(path, inputs)
    done, cure = ("changed", _OF_A_LIST) if whole else (done, _CURES[done])
    return f"{done} {_argument(whole or path, reference)}", cure


def _values(inputs: Inputs) -> list[Value]:
    return [*inputs.args, *inputs.kwargs.values()]


def _is_changeable(value: Value) -> bool:
    """Tell whether a call can change a value of its caller's, or something in it."""
    if isinstance(value, tuple):
        return any(map(_is_changeable, value))
    return isinstance(value, (np.ndarray, list, dict, set))


def _to_the_list(path: Path, inputs: Inputs) -> Path:
    """Return the path to the list, the set or the dict of plain values that was changed, if any.

    An array among others, such as parameters, is named by itself: the others are as they were.
    """
    value: Value = [*inputs.args] if path[0] == 0 else inputs.kwargs
    for length, step in enumerate(path[1:], 2):
        is_there = step in value if isinstance(value, dict) else step < len(value)
        value = value[step] if is_there else None
        if isinstance(value, (list, dict, set)) and not _holds_arrays(value):
            return path[:length]
        if not isinstance(value, (list, dict, tuple)):
            break
    return ()


def _holds_arrays(value: Value) -> bool:
    return any(isinstance(leaf, np.ndarray) for _, leaf in leaves(value))


def _argument(path: Path, reference: Callable[..., Value]) -> str:
    """Return the argument that a path into (args, kwargs) stands for, as it would be written."""
    part, step, *rest = path
    names = list(inspect.signature(reference).parameters)
    is_known = part == 0 and isinstance(step, int) and step < len(names)
    name = names[step] if is_known and isinstance(step, int) else in_one_line(str(step)[:MAX_NAME])
    return f"`{name}" + "".join(f"[{_short(key)}]" for key in rest) + "`"


def _short(key: int | str) -> str:
    text = repr(key[:MAX_NAME] if isinstance(key, str) else key)
    return text if len(text) <= MAX_NAME + 2 else f"{text[:MAX_NAME]}…"


def _apart(name: str, function: str, is_begun: bool, message: str, brief: str = "") -> CaseResult:
    """Return the result of a check judged apart: it counts once some value is right."""
    if message:
        return CaseResult(name, function, Outcome.FAILED, 0.0, 1.0, message, brief=brief)
    if is_begun:
        return CaseResult(name, function, Outcome.PASSED, 1.0, 1.0)
    return CaseResult(name, function, Outcome.SKIPPED, 0.0, 1.0, NOT_BEGUN)
