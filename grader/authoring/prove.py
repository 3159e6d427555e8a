"""The author's proof that a definition is sound.

Every mistake fails a visible check and, handed in as an answer, is named, alone. The reference
passes as an answer, across the border, and is not accused; what does nothing does not pass. The
stub counts as not attempted. No check is needless, and none is missing that tells two mistakes
apart. What a learner reads is there, every picture can be drawn, and the reference stays far from
the limits that a learner is held to.
"""

from __future__ import annotations

import tempfile
import time
import tracemalloc
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from grader.authoring.apart import fail_alike, failed_checks, missing_cases
from grader.authoring.mutants import equivalent_problems
from grader.authoring.passable import (
    answer_problems,
    border_problems,
    check_problems,
    own_check_problems,
    value_problems,
)
from grader.authoring.proof import Problem, Proof, merged
from grader.authoring.prove_cases import case_problems
from grader.authoring.prove_mistakes import (
    answers_of,
    endless_parts,
    give_up_endless,
    mistake_problems,
    raising_mistakes,
    reference_problems,
)
from grader.authoring.prove_packages import package_problems
from grader.authoring.prove_texts import picture_problems, text_problems, text_warnings
from grader.authoring.stubs import StubState, stub_of, stub_state
from grader.course.course import Course
from grader.exercise.definition import Mistake
from grader.grading.diagnose.hypotheses import is_wrong
from grader.grading.diagnose.relations import output_relations
from grader.grading.examiner import examiner_of
from grader.grading.grade import grade
from grader.grading.habits import read_habits
from grader.grading.memory import peak_of
from grader.grading.trials import Paper, call_trusted
from grader.learner.outside.sandbox import Sandbox
from grader.records import Limits, Outcome

MARGIN = 10  # how many times a learner may be slower, or use more memory, than the reference
Caught = frozenset[tuple[int, str]]  # seeds, and the case that a mistake fails under each
_STUBS = {
    StubState.MISSING: "the stub is missing",
    StubState.OUTDATED: "not the stub of its definition",
}


def prove(
    course: Course,
    name: str,
    seeds: Sequence[int] = range(5),
    sandbox: Sandbox | None = None,
    others: Sequence[Sandbox] = (),
    with_parts: bool = False,
) -> Proof:
    """Return the proof of a definition.

    With a `sandbox`, its stub and its reference are graded as answers, and the reference in all
    `others` as well. `with_parts` also compares its mistakes with those of its parts, which may
    take seconds.
    """
    read_habits(course)  # which raises where they make no sense
    examiner = examiner_of(course, name)
    definition = examiner.definition
    if not (unfit := [*package_problems(course, definition)]):
        give_up_endless(course, definition, seeds)
        papers = [examiner.draw(seed) for seed in seeds]
        unfit = [*value_problems(papers)]
    if unfit:
        said = tuple(merged(unfit, seeds, course))
        return Proof(definition, said, {each.name: frozenset() for each in definition.mistakes})
    caught = {mistake.name: _caught(papers, mistake) for mistake in definition.mistakes}
    failed = {name: frozenset(case for _, case in where) for name, where in caught.items()}
    checks = {m.name: at for m in definition.mistakes if (at := _failed_checks(papers, m))}
    problems = [*_problems_here(papers, caught), *missing_cases(papers[0], checks)]
    problems += own_check_problems(course, name)
    if sandbox:
        problems += _stub_problems(course, name, sandbox)
        problems += border_problems(course, papers, (sandbox, *others))
    parts = _failed_by_parts(papers[0]) if with_parts else {}
    return Proof(
        definition,
        tuple(merged(problems, seeds, course)),
        failed,
        fail_alike(checks | parts),
        tuple(merged(_warnings(papers[0]), seeds, course)),
    )


def _warnings(paper: Paper) -> list[Problem]:
    """Return what is no fault, and worth a look; known hypotheses have been run by now."""
    return [*text_warnings(paper.definition), *raising_mistakes(paper), *endless_parts(paper)]


def _problems_here(papers: Sequence[Paper], caught: Mapping[str, Caught]) -> Iterator[Problem]:
    """Find what can be found without a learner's process."""
    examiner, definition = papers[0].examiner, papers[0].definition
    yield from (*text_problems(definition), *picture_problems(examiner))
    yield from (*case_problems(papers), *answer_problems(papers), *check_problems(papers))
    yield from equivalent_problems(definition)
    for paper in papers:
        yield from (*reference_problems(paper), *mistake_problems(paper))
    yield from (*_needless_cases(papers, caught), *_near_limits(papers[0]))
    yield from _beyond_memory(papers[0])


def _caught(papers: Sequence[Paper], mistake: Mistake) -> Caught:
    """Return the cases that a mistake fails, each with the seed; none if it had to be stopped."""
    if mistake.implementation.given_up:
        return frozenset()
    return frozenset(
        (paper.seed, trial.case.name)
        for paper in papers
        for trial, answer in zip(paper.trials, answers_of(paper, mistake), strict=True)
        if is_wrong(trial, answer)
    )


def _failed_checks(papers: Sequence[Paper], mistake: Mistake) -> frozenset[str]:
    """Return the checks that a mistake fails under some seed: cases, the dtype, the inputs.

    None if it had to be stopped.
    """
    if mistake.implementation.given_up:
        return frozenset()
    return frozenset(
        check
        for paper in papers
        for check in failed_checks(
            mistake.function, zip(paper.trials, answers_of(paper, mistake), strict=True)
        )
    )


def _failed_by_parts(paper: Paper) -> dict[str, frozenset[str]]:
    """Return the checks that mistakes of parts fail, each in the function that it is a part of."""
    return {
        f"{function}: {known.name}": frozenset(
            failed_checks(function, [(t, known.answer(t)) for t in paper.trials_of(function)])
        )
        for function in paper.definition.references
        for known in paper.examiner.hypotheses(paper, function, "inherited")
    }


def _needless_cases(papers: Sequence[Paper], caught: Mapping[str, Caught]) -> Iterator[Problem]:
    """Find cases that say, under no seed, what an earlier one of the same function does not say.

    One that fails fewer mistakes than another is of use: whoever is right so far keeps its points,
    and where the two part is what a learner has to look at.
    """
    seen: dict[tuple[object, ...], list[int]] = {}
    cases = papers[0].definition.cases
    for number, case in enumerate(cases):
        finds = frozenset(
            (mistake, seed) for mistake, at in caught.items() for seed, n in at if n == case.name
        )
        alike = seen.setdefault((case.function, finds, case.tags, case.hidden, case.memory), [])
        for other in alike:
            if not any(_tells_apart(paper, number, other) for paper in papers):
                what = f"the case {case.name} finds nothing that {cases[other].name} does not"
                yield Problem(case.where, f"{what}: tag what it tries, or take it out")
        alike.append(number)


def _tells_apart(paper: Paper, one: int, other: int) -> bool:
    """Tell whether some mistake of a part, or some relation, fails just one of two cases."""
    function = paper.definition.cases[one].function
    known = partial(paper.examiner.hypotheses, paper, function)
    suspects = *known("inherited"), *known("relation"), *output_relations(paper, function)
    trials = paper.trials[one], paper.trials[other]
    return any(
        len({is_wrong(trial, each.answer(trial)) for trial in trials}) == 2 for each in suspects
    )


def _near_limits(paper: Paper) -> Iterator[Problem]:
    """Tell where the reference comes near the limits that a learner's answer is held to."""
    limits, path = Limits(), paper.definition.path
    tracemalloc.start()
    began = time.perf_counter()
    for trial in paper.trials:
        call_trusted(paper.definition.references[trial.case.function], trial.inputs)
    seconds = time.perf_counter() - began
    _, memory = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    if seconds * MARGIN > limits.seconds:
        what = f"the reference takes {seconds:.1f} seconds; a learner has {limits.seconds:.0f}"
        yield Problem(path, what)
    if memory * MARGIN > limits.memory:
        what = f"the reference uses {memory:,} bytes; a learner has {limits.memory:,}"
        yield Problem(path, what)


def _beyond_memory(paper: Paper) -> Iterator[Problem]:
    """Find cases whose limit of memory the reference itself does not keep to."""
    for case, trial in ((t.case, t) for t in paper.trials if t.case.memory):
        assert case.memory
        peak = peak_of(paper.definition.references[case.function], trial)
        if peak > case.memory.limit:
            what = f"the reference takes {peak:,} bytes; the case {case.name} allows"
            yield Problem(case.where, f"{what} {case.memory.limit:,}")


def _stub_problems(course: Course, name: str, sandbox: Sandbox) -> Iterator[Problem]:
    """Find a stub that is out of step with its definition, or that counts as an attempt."""
    if what := _STUBS.get(stub_state(course, name)):
        yield Problem(str(course.exercise_path(name)), f"{what}. Run: grader stub {name}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.py"
        path.write_text(stub_of(course, name), "utf-8")
        report = grade(course, name, path, sandbox=sandbox, seed=0)
    if report.outcome is not Outcome.NOT_ATTEMPTED:
        what = f"the stub, graded, is {report.outcome.value}; it has to count as not attempted"
        yield Problem(str(course.solution_path(name)), what)
