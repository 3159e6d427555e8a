"""One answer beside one wanted becomes a check's result, with the sentence that says why."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from grader.exercise.definition import Case, Definition
from grader.exercise.docstrings import docstring_of
from grader.exercise.tags import tried
from grader.grading.compare import Promised, difference
from grader.grading.differing import differing_parts
from grader.grading.manner_words import in_manner
from grader.grading.memory import with_reason
from grader.grading.side_checks import NOT_BEGUN, Pair, side_checks
from grader.grading.tolerance import Tolerance
from grader.grading.tracebacks import (
    Sources,
    cause_of,
    line_of,
    place,
    say_raised,
    say_stopped,
)
from grader.grading.trials import Trial, bind
from grader.grading.value_words import describe
from grader.learner.wire import CAN_CROSS
from grader.records import (
    Answer,
    CaseResult,
    Difference,
    Evidence,
    Missing,
    Outcome,
    Raised,
    Returned,
    Stopped,
    Unusable,
    Value,
)
from grader.records.text import Text, shortened

_RAISE = re.compile(r"^\s*(?:(?:el)?if .*: *|else: *)?raise\b")
MAX_NAMES = 3  # of a file's own functions, where it lacks one


def judge(
    definition: Definition, trials: Sequence[Trial], answers: Sequence[Answer], sources: Sources
) -> tuple[CaseResult, ...]:
    """Return a result for every case, and two more for every function.

    Those two are judged apart from the values: the dtype of the results, and whether the inputs
    were left as they came. They count, as refusals do, once some value of the function is right:
    points are for what was shown.
    """
    results: list[CaseResult] = []
    for name, reference in definition.references.items():
        pairs = [(t, a) for t, a in zip(trials, answers, strict=True) if t.case.function == name]
        cases = [
            judge_case(
                trial, answer, reference, sources, _is_accident(trial, answer, pairs, sources)
            )
            for trial, answer in pairs
        ]
        checked = [(trial, case) for (trial, _), case in zip(pairs, cases, strict=True)]
        is_begun = any(case.passed and isinstance(t.wanted, Returned) for t, case in checked)
        results += [_once_begun(case, trial, is_begun) for trial, case in checked]
        results += side_checks(name, pairs, reference, is_begun)
    return tuple(results)


def _is_accident(trial: Trial, answer: Answer, pairs: Sequence[Pair], sources: Sources) -> bool:
    """Tell whether the exception that a check wants is one that comes where a value is wanted.

    One that is raised on purpose refuses, be it too much.
    """
    if not (isinstance(answer, Raised) and isinstance(trial.wanted, Raised)):
        return False
    if answer.frames and _RAISE.search(line_of(sources, answer.frames[-1]) or ""):
        return False
    others = [a for t, a in pairs if isinstance(t.wanted, Returned) and isinstance(a, Raised)]
    return any((a.type, a.frames[-1:]) == (answer.type, answer.frames[-1:]) for a in others)


def _once_begun(check: CaseResult, trial: Trial, is_begun: bool) -> CaseResult:
    """Return a check; one that wants an exception counts once some value is right."""
    if is_begun or not check.passed or isinstance(trial.wanted, Returned):
        return check
    return replace(check, outcome=Outcome.SKIPPED, points=0.0, message=NOT_BEGUN)


def judge_case(
    trial: Trial,
    answer: Answer,
    reference: Callable[..., Value],
    sources: Sources,
    is_accident: bool = False,
) -> CaseResult:
    """Return what one check found; an exception by accident is none that a check wants."""
    case = trial.case
    answer = with_reason(answer, None if case.hidden else case.memory)
    is_wanted = isinstance(trial.wanted, Raised) and not is_accident
    match answer:
        case Stopped() | Missing() | Raised() | Unusable() if case.hidden:
            return _judge_hidden(trial, answer, is_wanted)
        case Stopped(outcome):
            stopped = _result(case, outcome, say_stopped(answer, sources))
            return replace(stopped, cause=cause_of(answer, sources))
        case Missing():
            return _result(case, Outcome.FAILED, _say_missing(answer))
        case Raised() if not (is_wanted and _is_an_answer(answer)):
            return _judge_raised(trial, answer, reference, sources)
    promised = docstring_of(reference).results
    found = answer_difference(answer, trial.wanted, trial.tolerance, promised)
    if found is None:
        return _result(case, Outcome.PASSED, "")
    if case.hidden:
        return _result(case, Outcome.FAILED, _say_hidden(case, "its inputs are"))
    found = in_manner(found, answer, reference, trial.inputs)
    named = bind(reference, trial.inputs)
    evidence = Evidence(case.function, named, None, None, found._replace(kind="raises"))
    if isinstance(answer, Returned) and isinstance(trial.wanted, Returned):
        values = answer.value, trial.wanted.value
        parts = differing_parts(*values, trial.tolerance, found.path)
        evidence = Evidence(case.function, named, *values, found, parts)
    return _result(case, Outcome.FAILED, found.message, evidence)


def _judge_hidden(trial: Trial, answer: Answer, is_wanted: bool) -> CaseResult:
    """Return what a hidden check found that did not return: how it ended, and no word of it."""
    case, outcome, message = trial.case, Outcome.FAILED, ""
    match answer:
        case Raised():
            if is_unwritten(answer):
                return _result(case, Outcome.SKIPPED, "not written yet")
            if is_wanted and _is_an_answer(answer):
                right = answer_difference(answer, trial.wanted, trial.tolerance) is None
                outcome = Outcome.PASSED if right else Outcome.FAILED
            else:
                outcome = raised_outcome(answer)
        case Stopped():
            outcome, message = answer.outcome, answer.message
    if outcome is not Outcome.PASSED:
        message = message or _say_hidden(case, "what it prints or raises is")
    return _result(case, outcome, message)


def _say_hidden(case: Case, what: str) -> str:
    tries = f"; it tries {tried(case.tags)}" if case.tags else ""
    return f"this check is hidden: {what} not shown{tries}"


def answer_difference(
    answer: Answer, wanted: Answer, tolerance: Tolerance, promised: Promised = ()
) -> Difference | None:
    """Return how one answer differs from another in what it returned or raised."""
    match answer, wanted:
        case Returned(), Returned():
            found = difference(answer.value, wanted.value, tolerance, promised)
            return _unless_allowed(found, answer.value, wanted.value, tolerance)
        case Raised(), Raised():
            if wanted.type in (answer.type, *answer.types):
                return None
            message = f"it raised {answer.type}: {answer.words}; {_say_wanted(wanted)}"
            return Difference("raises", message)
        case Returned(), Raised():
            message = f"it returned {describe(answer.value)}; {_say_wanted(wanted)}"
            return Difference("raises", message)
        case Unusable(description, too_large=True), _:
            message = f"the function {description} far larger than what is wanted"
            return Difference("shape", message)
        case Unusable(description), _:
            hint = " (did you mean `raise`?)" if description.endswith("Error") else ""
            message = f"the function returned {description}{hint}, which cannot be taken: only"
            return Difference("type", f"{message} {CAN_CROSS} can")
    return Difference("raises", "it did not return")


def is_same(trial: Trial, one: Answer, other: Answer) -> bool:
    """Tell whether two answers to one call came to the same."""
    if isinstance(one, Returned) and isinstance(other, Returned):
        return answer_difference(one, other, trial.tolerance) is None
    return is_same_end(one, other)


def is_same_end(one: Answer | None, other: Answer | None) -> bool:
    """Tell whether two ended alike: with the same exception in the same line, or stopped alike."""
    match one, other:
        case Raised(), Raised():
            return (one.type, one.frames[-1:]) == (other.type, other.frames[-1:])
        case Stopped(), Stopped():
            return one.outcome is other.outcome
    return type(one) is type(other)


def _unless_allowed(
    found: Difference | None, yours: Value, wanted: Value, tolerance: Tolerance
) -> Difference | None:
    """Return a difference, unless an author's check allows both answers.

    `wanted` may be a mistake's answer: then it is right only where the check allows it, too.
    """
    if found is None or tolerance.allows is None:
        return found
    said = tolerance.allows(yours)
    if said is None:
        return found if tolerance.allows(wanted) else None
    # One sentence, whatever it quotes of an answer.
    return Difference("check", shortened(" ".join(said.split("\n"))))


def _say_wanted(wanted: Raised) -> str:
    article = "an" if wanted.type[0] in "AEIO" else "a"
    words = f"in words of your own (the reference says: {wanted.words})"
    return f"wanted {article} {wanted.type}, {words}"


def is_unwritten(answer: Answer) -> bool:
    """Tell whether a function is still the stub, or an attempt that says it is unfinished."""
    return isinstance(answer, Raised) and "NotImplementedError" in answer.types


def is_stub_of(function: str, answer: Answer) -> bool:
    """Tell whether an answer says that this function, and no other that it calls, is unwritten.

    So it is where the function was not called yet, because what makes an argument is unwritten.
    """
    if not isinstance(answer, Raised):
        return isinstance(answer, Missing)
    passed = {frame.function for frame in answer.frames}
    return is_unwritten(answer) and (function not in passed or passed == {function})


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
    message, outcome = say_raised(raised, sources), raised_outcome(raised)
    found = Difference("raises", str(message))
    evidence = Evidence(trial.case.function, bind(reference, trial.inputs), None, None, found)
    result = _result(trial.case, outcome, message, evidence)
    return replace(result, cause=cause_of(raised, sources))


def _say_missing(missing: Missing) -> str:
    names, more = missing.defined[:MAX_NAMES], len(missing.defined) - MAX_NAMES
    others = f"; it defines {', '.join(names)}" if names else ""
    rest = f" and {more} more" if more > 0 else ""
    return f"the file has no function {missing.function}{others}{rest}"


def _result(
    case: Case,
    outcome: Outcome,
    message: str | Text,
    evidence: Evidence | None = None,
) -> CaseResult:
    gained = case.points if outcome is Outcome.PASSED else 0.0
    return CaseResult(
        case.name,
        case.function,
        outcome,
        gained,
        case.points,
        message,
        case.hidden,
        evidence,
    )
