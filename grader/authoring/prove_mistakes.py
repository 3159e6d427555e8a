"""Proves that a mistake is one: that it runs, fails a visible check, and is named, alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.authoring.bounded import run_bounded
from grader.authoring.proof import Problem
from grader.course.course import Course
from grader.exercise.bounded import EndlessError
from grader.exercise.definition import Definition, Mistake
from grader.grading.checks import answer_difference, judge
from grader.grading.diagnose.explain import diagnose
from grader.grading.trials import Paper, Trial, all_arguments, call_trusted
from grader.records import Answer, Raised, Returned

_TOO_LITTLE = (
    "nothing. What it gets wrong is too little to be told from chance: let cases show it with more"
    " numbers, and less plain ones than 0 and 1"
)
_SLIPS = ("NameError", "AttributeError", "ImportError")  # of somebody who writes in a hurry


def never_runs(paper: Paper, mistake: Mistake, answers: Sequence[Answer]) -> str | None:
    """Say that a mistake uses a name that is nowhere, or cannot be called as the reference is."""
    pairs = zip(paper.trials, answers, strict=True)
    own = [(trial, answer) for trial, answer in pairs if trial.case.function == mistake.function]
    raised = [answer for _, answer in own if isinstance(answer, Raised)]
    unknown = next((answer for answer in raised if answer.type == "NameError"), None)
    if unknown:
        return f" does not run: {unknown.words}"
    if reason := _other_signature(mistake, [trial for trial, _ in own]):
        return reason
    where_values_are = [answer for t, answer in own if isinstance(t.wanted, Returned)]
    if not all(isinstance(answer, Raised) for answer in where_values_are) or not raised:
        return None
    if set(raised[0].types) & {*_SLIPS}:
        return f" raises in every case: {raised[0].type}: {raised[0].words}"
    return None


def _other_signature(mistake: Mistake, trials: Sequence[Trial]) -> str | None:
    """Say that some case calls what a mistake does not take: a learner has the stub's signature."""
    try:
        for trial in trials:
            all_arguments(mistake.implementation, trial.inputs)
    except TypeError as error:
        return f" has another signature than {mistake.function}: {error}"
    return None


def raising_mistakes(paper: Paper) -> Iterator[Problem]:
    """Find mistakes that raise in every case: people do write such code, or it is a slip."""
    for mistake in paper.definition.mistakes:
        trials = [t for t in paper.trials_of(mistake.function) if isinstance(t.wanted, Returned)]
        answers = [call_trusted(mistake.implementation, trial.inputs) for trial in trials]
        raised = [answer for answer in answers if isinstance(answer, Raised)]
        if raised and len(raised) == len(answers) and raised[0].type != EndlessError.__name__:
            kinds = " or ".join(dict.fromkeys(answer.type for answer in raised))
            what = f"the mistake {mistake.name} raises {kinds} in every case: is it meant to?"
            yield Problem(mistake.where, what)


def endless_parts(paper: Paper) -> Iterator[Problem]:
    """Find loops of references that do not end with a mistake in the place of a part of them."""
    for function in paper.definition.references:
        for known in paper.examiner.hypotheses(paper, function, "inherited"):
            if known.bound and known.bound.given_up and known.bound.where:
                what = f"{function} does not end where a part of it has the mistake {known.name}"
                yield Problem(known.bound.where, f"{what}, which is not recognised in it then")


def give_up_endless(course: Course, definition: Definition, seeds: Sequence[int]) -> None:
    """Run all mistakes where they can be ended, so that here none is begun that does not end.

    Raises `CourseError` where one cannot be made.
    """
    definition.make_mistakes()
    for run in run_bounded(course, definition.name, "mistakes", seeds):
        if reason := run.stopped or run.found:
            definition.mistakes[run.number].implementation.given_up = reason


def reference_problems(paper: Paper) -> Iterator[Problem]:
    """Find a reference that is accused, or answers differently the second time."""
    definition, seeds = paper.definition, (paper.seed,)
    if diagnose(paper, [trial.wanted for trial in paper.trials]):
        yield Problem(definition.path, "a right answer is accused", seeds)
    for trial in paper.trials:
        again = call_trusted(definition.references[trial.case.function], trial.inputs)
        if answer_difference(again, trial.wanted, trial.tolerance):
            what = f"the reference does not agree with itself on the case {trial.case.name}"
            cause = "does it draw from np.random, or go by the order of a set?"
            yield Problem(trial.case.where, f"{what}: {cause}", seeds)


def mistake_problems(paper: Paper) -> Iterator[Problem]:
    """Find mistakes that do not run or end, pass all visible checks, or are not named, alone."""
    for mistake in paper.definition.mistakes:
        if reason := mistake.implementation.given_up:
            yield Problem(mistake.where, f"the mistake {mistake.name} was stopped: {reason}")
            continue
        answers = answers_of(paper, mistake)
        what = never_runs(paper, mistake, answers) or _unseen(paper, answers)
        what = what or _misnamed(paper, mistake, answers)
        if what:
            yield Problem(mistake.where, f"the mistake {mistake.name}{what}", (paper.seed,))


def answers_of(paper: Paper, mistake: Mistake) -> list[Answer]:
    """Return the answers of a learner who made this mistake and no other."""
    own = paper.examiner.hypotheses(paper, mistake.function, "mistake")
    known = next(each for each in own if each.name == f"{paper.definition.name}.{mistake.name}")
    return [
        known.answer(trial) if trial.case.function == mistake.function else trial.wanted
        for trial in paper.trials
    ]


def _unseen(paper: Paper, answers: Sequence[Answer]) -> str | None:
    checks = judge(paper.definition, paper.trials, answers, {})
    if any(not check.passed and not check.hidden for check in checks):
        return None
    return (
        " fails no visible check: add a case that shows it, or take it out if what it does is right"
    )


def _misnamed(paper: Paper, mistake: Mistake, answers: Sequence[Answer]) -> str | None:
    found = diagnose(paper, answers)
    if [each.mistake for each in found] == [f"{paper.definition.name}.{mistake.name}"]:
        return None
    if twins := _twins(paper, mistake):
        return (
            f" gives what {' and '.join(twins)} gives in every case: add a case that tells them"
            " apart, or take one out"
        )
    others = (each.mistake or str(each.message).replace("\n", " ") for each in found)
    return f", handed in as an answer, is diagnosed as: {', '.join(others) or _TOO_LITTLE}"


def _twins(paper: Paper, mistake: Mistake) -> list[str]:
    """Return the other mistakes whose results no case tells from those of this one."""
    own = paper.examiner.hypotheses(paper, mistake.function, "mistake")
    known = {each.name: each for each in own}
    full = f"{paper.definition.name}.{mistake.name}"
    trials = paper.trials_of(mistake.function)
    alike = (n for n, e in known.items() if n != full and e.is_like(known[full], trials))
    return [name.partition(".")[2] for name in alike]
