"""Proves that an exercise can be passed: by its reference, across the border, and not by less."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from grader.authoring.proof import Problem
from grader.course.course import Course
from grader.course.solutions import source_of
from grader.errors import BrokenGraderError, CourseError
from grader.exercise.definition import place_of
from grader.exercise.manners import manner_of
from grader.exercise.stub_text import check_text, solution_text
from grader.grading.checks import answer_difference
from grader.grading.compare import is_float_array, leaves
from grader.grading.custom_checks import ask
from grader.grading.modified import modified
from grader.grading.room import Sitting
from grader.grading.side_checks import say_changes
from grader.grading.sitting import sit
from grader.grading.tracebacks import say_raised, say_stopped
from grader.grading.trials import Paper, Trial, all_arguments
from grader.learner import wire
from grader.learner.outside.sandbox import Sandbox
from grader.records import CaseResult, Limits, Raised, Returned, Stopped, Submission, Value

_ANSWERS_OTHERWISE = (
    "; where its answer is what it prints or what becomes of an argument, say so:"
    ' @exercise.reference(prints=True), or changes="x"'
)


def value_problems(papers: Sequence[Paper]) -> Iterator[Problem]:
    """Find what cannot be given to a learner's function, or come back from it."""
    for trial in _trials(papers):
        case = trial.case
        if what := _cannot_cross(tuple(trial.inputs)):
            instead = _instead(tuple(trial.inputs))
            yield Problem(case.where, f"the case {case.name} gives {what}{instead}")
        if isinstance(trial.wanted, Returned) and (what := _cannot_cross(trial.wanted.value)):
            said = f"on the case {case.name} the reference returns {what}"
            yield Problem(_place(papers[0], case.function), said)


def _cannot_cross(value: Value) -> str:
    """Say what in a value cannot cross; nothing where all of it can."""
    try:
        wire.pack(value, wire.MAX_ANSWER)
    except wire.WireError as error:
        return f"{error}, and no learner's answer can have that: only {wire.CAN_CROSS} can cross"
    return ""


def _instead(given: Value) -> str:
    """Say what to give in the place of what cannot cross, where there is something."""
    parts = [leaf for _, leaf in leaves(given)]
    if any(isinstance(leaf, np.random.Generator) for leaf in parts):
        return '; give a seed for a generator, and say @exercise.reference(rng="rng")'
    if any(map(callable, parts)):
        return '; give a function by its name, and say @exercise.reference(functions=["f"])'
    return ""


def answer_problems(papers: Sequence[Paper]) -> Iterator[Problem]:
    """Find references that break what they ask for, and answers that pass and do nothing."""
    for function, reference in papers[0].definition.references.items():
        trials = [trial for trial in _trials(papers) if trial.case.function == function]
        where = place_of(reference)
        for trial in trials:
            if what := _broken_promise(trial, reference):
                yield Problem(where, f"{function} {what} (in the case {trial.case.name})")
                break
        if what := _yields_too_few(trials, reference):
            yield Problem(where, f"{function} {what}")
        if words := _too_easy(trials, reference):
            more = _ANSWERS_OTHERWISE if all(map(_is_nothing, trials)) else ""
            yield Problem(where, f"an answer that {words} passes every case of {function}{more}")
        if all(trial.case.hidden for trial in trials):
            yield Problem(
                where,
                f"all cases of {function} are hidden: learners would see nothing of what fails,"
                " and a release would check nothing",
            )


def check_problems(papers: Sequence[Paper]) -> Iterator[Problem]:
    """Find checks of an author's that do not run, or have something against the reference."""
    for trial in _trials(papers):
        if trial.case.check is None or isinstance(trial.wanted, Raised):
            continue
        wanted, name = trial.wanted.value, trial.case.check.__name__
        try:
            said = ask(trial.case, trial.inputs, wanted, wanted)
        except BrokenGraderError as error:
            yield Problem(place_of(trial.case.check), error.what)
            continue
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
        if said:
            what = f"the check {name} does not allow the reference's answer to {trial.case.name}"
            yield Problem(place_of(trial.case.check), f"{what}: {said}")


def own_check_problems(course: Course, name: str) -> Iterator[Problem]:
    """Find checks of an author's that use what is of the solution: no release could have them."""
    try:
        check_text(source_of(course, name))
    except CourseError as error:
        yield Problem(error.where or "", f"{error.what}. {error.next}")


def _broken_promise(trial: Trial, reference: Callable[..., Value]) -> str:
    """Say what a reference does that costs a learner points, or that stubs tell them not to."""
    wanted, case = trial.wanted, trial.case
    if not isinstance(wanted, Returned):
        return ""
    if case.check_inputs and (found := modified(trial.inputs, wanted.after)):
        changed, _ = say_changes(found, trial.inputs, reference)
        return (
            f"{changed} of its caller, for which a right answer would lose a point: let it work on"
            " a copy, or leave that check out with Exercise(check_inputs=False)"
        )
    given = [leaf for _, leaf in leaves(tuple(trial.inputs)) if is_float_array(leaf)]
    made = [leaf for _, leaf in leaves(wanted.value) if is_float_array(leaf)]
    widens = given and all(a.dtype.itemsize < 8 for a in given)
    is_told = "float64" in (reference.__doc__ or "")
    if case.check_dtype and widens and any(a.dtype.itemsize == 8 for a in made) and not is_told:
        return (
            f"returns float64 for {given[0].dtype}, where the stub asks for the type that was"
            " given: keep it, say float64 in the docstring, or use Exercise(check_dtype=False)"
        )
    return ""


def _too_easy(trials: Sequence[Trial], reference: Callable[..., Value]) -> str:
    """Say which answer that does nothing is right in every case, if there is one."""
    names = list(all_arguments(reference, trials[0].inputs))
    nothing = "" if manner_of(reference).get("prints") else None
    lazy: dict[str, Callable[[dict[str, Any]], Value]] = {
        "does nothing (`pass`)": lambda _: nothing
    }
    lazy |= {f"only returns `{name}`": partial(_argument, name) for name in names}
    lazy["only returns its arguments"] = lambda given: tuple(given.values())
    for words, answer in lazy.items():
        if _are_right([answer(all_arguments(reference, t.inputs)) for t in trials], trials):
            return words
    # A check that looks at all there is has nothing against what is empty.
    wanted: list[Value] = [t.wanted.value for t in trials if isinstance(t.wanted, Returned)]
    is_rows = len(wanted) == len(trials) and all(map(_is_row, wanted)) and any(map(len, wanted))
    return "is empty" if is_rows and _are_right([each[:0] for each in wanted], trials) else ""


def _are_right(values: Sequence[Value], trials: Sequence[Trial]) -> bool:
    pairs = zip(values, trials, strict=True)
    answers = ((Returned(value, trial.inputs), trial) for value, trial in pairs)
    return all(answer_difference(a, t.wanted, t.tolerance) is None for a, t in answers)


def _is_row(value: Value) -> bool:
    return isinstance(value, (list, tuple, str)) or (
        isinstance(value, np.ndarray) and value.ndim > 0
    )


def _yields_too_few(trials: Sequence[Trial], reference: Callable[..., Value]) -> str:
    """Say that in no case as many values are yielded as there are to be."""
    asked = manner_of(reference).get("yields", 0)
    counts = [len(t.wanted.value) for t in trials if isinstance(t.wanted, Returned) and asked]
    if not counts or max(counts) >= asked:
        return ""
    return f"yields {max(counts)} values at most: yields={asked} asks for the first {asked}"


def _is_nothing(trial: Trial) -> bool:
    return isinstance(trial.wanted, Returned) and trial.wanted.value is None


def _argument(name: str, given: dict[str, Any]) -> Value:
    return given.get(name)


def border_problems(
    course: Course, papers: Sequence[Paper], sandboxes: Sequence[Sandbox]
) -> Iterator[Problem]:
    """Hand the reference in as an answer, in every tier, under all seeds, and find why it fails."""
    paper = papers[0]
    visible = (t._replace(case=replace(t.case, hidden=False)) for t in _trials(papers))
    every = Paper(paper.examiner, paper.seed, tuple(visible))
    answer = _reference_as_answer(course, paper.definition.name)
    limits = Limits(seconds=Limits().seconds * len(papers))
    for sandbox in sandboxes:
        sitting = sit(course, every, answer, limits, sandbox)
        what = "the reference, handed in as an answer"
        yield from _failures(paper, sitting, what, f" (tier {sandbox.tier})")


def _reference_as_answer(course: Course, name: str) -> Submission:
    """Return the reference as a learner would hand it in, with those of earlier exercises."""
    earlier = {}
    for other in course.earlier(name):
        with contextlib.suppress(CourseError, SyntaxError, OSError):  # that is told of the other
            earlier[other] = _submission(course, other)
    return _submission(course, name)._replace(beside=earlier)


def _submission(course: Course, name: str) -> Submission:
    source = solution_text(source_of(course, name)).encode()
    return Submission(name, course.unit_of(name), f"{name}.py", source)


def _failures(paper: Paper, sitting: Sitting, what: str, where_run: str) -> Iterator[Problem]:
    path = paper.definition.path
    match sitting.run.load_failure:
        case Raised() as raised:
            yield Problem(path, f"{what}, cannot be loaded: {_flat(say_raised(raised, {}))}")
            return
        case Stopped() as stopped:
            yield Problem(path, f"{what}, cannot be loaded: {_flat(say_stopped(stopped, {}))}")
            return
    said: set[str] = set()
    for check in sitting.checks:
        if not check.passed and check.function not in said:
            said.add(check.function)
            told = f"{what}, does not pass {check.name}: {_flat(check.message)}{where_run}"
            yield Problem(_where(paper, check), told)


def _where(paper: Paper, check: CaseResult) -> str:
    places = {case.name: case.where for case in paper.definition.cases}
    return places.get(check.name) or _place(paper, check.function)


def _place(paper: Paper, function: str) -> str:
    return place_of(paper.definition.references[function])


def _flat(message: object) -> str:
    return " ".join(str(message).split())


def _trials(papers: Sequence[Paper]) -> list[Trial]:
    return [trial for paper in papers for trial in paper.trials]
