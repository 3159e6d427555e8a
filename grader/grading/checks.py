"""One answer beside one wanted becomes a check's result, with the sentence that says why."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence

from grader.exercise.definition import Case, Definition
from grader.exercise.docstrings import promised_results
from grader.grading.compare import (
    Path,
    Promised,
    Tolerance,
    describe,
    difference,
    dtype_difference,
    is_float_array,
    leaves,
    modified,
)
from grader.grading.tracebacks import Sources, place, say_raised
from grader.grading.trials import Trial
from grader.records import (
    Answer,
    CaseResult,
    Difference,
    Evidence,
    Inputs,
    Missing,
    Outcome,
    Raised,
    Returned,
    Stopped,
    Unusable,
    Value,
)
from grader.records.text import Text

DTYPE_CHECK = "keeps_the_dtype"
INPUTS_CHECK = "leaves_its_inputs_alone"


def judge(
    definition: Definition, trials: Sequence[Trial], answers: Sequence[Answer], sources: Sources
) -> tuple[CaseResult, ...]:
    """Return a result for every case, and two more for every function.

    Those two are judged apart from the values: the dtype of the results, and whether the inputs
    were left as they came.
    """
    results: list[CaseResult] = []
    for name, reference in definition.references.items():
        pairs = [(t, a) for t, a in zip(trials, answers, strict=True) if t.case.function == name]
        cases = [judge_case(trial, answer, reference, sources) for trial, answer in pairs]
        apart = [
            _judge_dtype(name, pairs, cases, reference),
            _judge_inputs(name, pairs, cases, reference),
        ]
        results += [*cases, *(result for result in apart if result)]
    return tuple(results)


def judge_case(
    trial: Trial, answer: Answer, reference: Callable[..., Value], sources: Sources
) -> CaseResult:
    """Return what one check found."""
    case = trial.case
    match answer:
        case Stopped(outcome, message):
            return _result(case, outcome, message)
        case Missing():
            return _result(case, Outcome.FAILED, _say_missing(answer))
        case Raised() if isinstance(trial.wanted, Returned) or not _is_an_answer(answer):
            return _judge_raised(trial, answer, reference, sources)
    promised = promised_results(reference)
    found = answer_difference(answer, trial.wanted, Tolerance.of(trial.inputs), promised)
    if found is None:
        return _result(case, Outcome.PASSED, "")
    if case.hidden:
        tried = f"; it tries: {', '.join(sorted(case.tags))}" if case.tags else ""
        told = f"this check is hidden: its inputs are not shown{tried}"
        return _result(case, Outcome.FAILED, told)
    evidence = None
    if isinstance(answer, Returned) and isinstance(trial.wanted, Returned):
        named = bind(reference, trial.inputs)
        evidence = Evidence(case.function, named, answer.value, trial.wanted.value, found)
    return _result(case, Outcome.FAILED, found.message, evidence)


def answer_difference(
    answer: Answer, wanted: Answer, tolerance: Tolerance, promised: Promised = ()
) -> Difference | None:
    """Return how one answer differs from another in what it returned or raised."""
    match answer, wanted:
        case Returned(), Returned():
            return difference(answer.value, wanted.value, tolerance, promised)
        case Raised(), Raised():
            if wanted.type in (answer.type, *answer.types):
                return None
            told = f"it raised {answer.type}: {answer.message}; {_say_wanted(wanted)}"
            return Difference("raises", told)
        case Returned(), Raised():
            told = f"it returned {describe(answer.value)}; {_say_wanted(wanted)}"
            return Difference("raises", told)
        case Unusable(description), _:
            told = f"the function returned {description}, which is not a value of this course"
            hint = " (did you mean `raise`?)" if description.endswith("Error") else ""
            return Difference("type", told + hint)
    return Difference("raises", "it did not return")


def _say_wanted(wanted: Raised) -> str:
    return f"wanted a {wanted.type}, in words of your own (the reference says: {wanted.message})"


def bind(function: Callable[..., Value], inputs: Inputs) -> dict[str, Value]:
    """Return the arguments by the names of the function's parameters."""
    return dict(inspect.signature(function).bind(*inputs.args, **inputs.kwargs).arguments)


def is_unwritten(answer: Answer) -> bool:
    """Tell whether a function is still the stub, or an attempt that says it is unfinished."""
    return isinstance(answer, Raised) and "NotImplementedError" in answer.types


def _is_an_answer(raised: Raised) -> bool:
    """Tell whether this exception may be the one that a check wants."""
    return not is_unwritten(raised) and raised_outcome(raised) is Outcome.CRASHED


def raised_outcome(raised: Raised) -> Outcome:
    """Return how a call ended that raised an exception which nobody wanted."""
    if "MemoryError" in raised.types:
        return Outcome.OUT_OF_MEMORY
    return Outcome.REFUSED if raised.refused else Outcome.CRASHED


def _judge_raised(
    trial: Trial, raised: Raised, reference: Callable[..., Value], sources: Sources
) -> CaseResult:
    if is_unwritten(raised):
        frame = raised.frames[-1] if raised.frames else None
        where = f" ({place(frame, sources)})" if frame else ""
        return _result(trial.case, Outcome.SKIPPED, f"not written yet{where}")
    told = say_raised(raised, sources)
    outcome = raised_outcome(raised)
    if trial.case.hidden:
        return _result(trial.case, outcome, told)
    named = bind(reference, trial.inputs)
    evidence = Evidence(trial.case.function, named, None, None, Difference("raises", str(told)))
    return _result(trial.case, outcome, told, evidence)


def _say_missing(missing: Missing) -> str:
    others = f"; it defines {', '.join(missing.defined)}" if missing.defined else ""
    return f"the file has no function {missing.function}{others}"


def _result(
    case: Case, outcome: Outcome, message: str | Text, evidence: Evidence | None = None
) -> CaseResult:
    gained = case.points if outcome is Outcome.PASSED else 0.0
    return CaseResult(
        case.name, case.function, outcome, gained, case.points, message, case.hidden, evidence
    )


Pairs = Sequence[tuple[Trial, Answer]]


def _judge_dtype(
    function: str,
    pairs: Pairs,
    cases: Sequence[CaseResult],
    reference: Callable[..., Value],
) -> CaseResult | None:
    wanted = [trial.wanted for trial, _ in pairs if isinstance(trial.wanted, Returned)]
    if not any(getattr(leaf, "ndim", 0) for w in wanted for _, leaf in leaves(w.value)):
        return None
    for trial, answer in pairs:
        if isinstance(answer, Returned) and isinstance(trial.wanted, Returned):
            found = dtype_difference(answer.value, trial.wanted.value)
            if found:
                told = _say_dtype(trial, promised_results(reference), *found)
                advice = _advise_on_dtype(trial, *found[1:])
                return _apart(DTYPE_CHECK, function, cases, told + advice, told)
    return _apart(DTYPE_CHECK, function, cases, "")


def _say_dtype(trial: Trial, promised: Promised, path: Path, yours: str, wanted: str) -> str:
    index = path[0] if path else 0
    several = isinstance(index, int) and len(promised) > max(1, index)
    name = f"`{promised[int(index)][0]}`" if several else "the result"
    return f"{name} is {yours}, wanted {wanted} (in the check: {_spoken(trial.case)})"


def _advise_on_dtype(trial: Trial, yours: str, wanted: str) -> str:
    """Return where such a dtype usually comes from, for those who are not told their mistake."""
    everything = leaves((trial.inputs.args, trial.inputs.kwargs))
    given = {str(leaf.dtype) for _, leaf in everything if is_float_array(leaf)}
    if given == {"float32"} and yours == "float64":
        return (
            ". Somewhere float32 met a float64: np.sqrt of a Python int is a float64 scalar, and"
            " an array made by NumPy is float64 unless told otherwise; math.sqrt is harmless"
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
    pairs: Pairs,
    cases: Sequence[CaseResult],
    reference: Callable[..., Value],
) -> CaseResult | None:
    everything = [x for t, _ in pairs for _, x in leaves((t.inputs.args, t.inputs.kwargs))]
    if not any(hasattr(leaf, "dtype") for leaf in everything):
        return None
    for trial, answer in pairs:
        if isinstance(answer, Returned) and (found := modified(trial.inputs, answer.after)):
            (done, path), *_ = found
            told = f"the call {done} {_argument(path, reference)} of its caller"
            told += f" (in the check: {_spoken(trial.case)})"
            return _apart(INPUTS_CHECK, function, cases, f"{told}; {_CURES[done]}")
    return _apart(INPUTS_CHECK, function, cases, "")


def _argument(path: Path, reference: Callable[..., Value]) -> str:
    """Return the argument that a path into (args, kwargs) stands for, as it would be written."""
    part, step, *rest = path
    names = list(inspect.signature(reference).parameters)
    name = names[step] if part == 0 and isinstance(step, int) and step < len(names) else str(step)
    return f"`{name}`" if not rest else f"`{name}" + "".join(f"[{r!r}]" for r in rest) + "`"


def _apart(
    name: str, function: str, cases: Sequence[CaseResult], message: str, brief: str = ""
) -> CaseResult:
    """Return the result of a check judged apart: it counts once some value is right."""
    if message:
        return CaseResult(name, function, Outcome.FAILED, 0.0, 1.0, message, brief=brief)
    if any(case.passed for case in cases):
        return CaseResult(name, function, Outcome.PASSED, 1.0, 1.0)
    return CaseResult(
        name, function, Outcome.SKIPPED, 0.0, 1.0, "judged as soon as one value is right"
    )
