"""The author's proof that a definition is sound.

Every mistake fails a visible check and, handed in as an answer, is named, alone. A right answer is
not accused. The stub counts as not attempted. No check is needless. What a learner reads is there,
every picture can be drawn, and the reference stays far from the limits that a learner is held to.
"""

from __future__ import annotations

import ast
import inspect
import tempfile
import textwrap
import time
import tracemalloc
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from grader.authoring.stubs import stub_of
from grader.course.course import Course, load_definition
from grader.course.lesson import unplaced
from grader.errors import BrokenGraderError
from grader.exercise.definition import Definition, Mistake, where
from grader.exercise.docstrings import promised_results
from grader.exercise.panels import Panel
from grader.grading.checks import answer_difference, judge
from grader.grading.compare import Tolerance
from grader.grading.diagnose import diagnose, known_relations, own_mistakes
from grader.grading.diagnose.hypotheses import wrong_aspects
from grader.grading.diagnose.parts import part_mistakes
from grader.grading.grade import grade
from grader.grading.pictures import pose
from grader.grading.trials import Paper, draw_paper, perform
from grader.learner.outside.sandbox import Sandbox
from grader.records import Answer, Limits, Outcome

MARGIN = 10  # how many times a learner may be slower, or use more memory, than the reference


@dataclass(frozen=True)
class Problem:
    """Something in a definition that is not as it must be: `file:line`, and what.

    `seeds` are those that show it, where it takes a certain one.
    """

    where: str
    what: str
    seeds: tuple[int, ...] = ()

    def __str__(self) -> str:
        seeds = f" (seed {', '.join(map(str, self.seeds))})" if self.seeds else ""
        return f"{self.where}: {self.what}{seeds}"


@dataclass(frozen=True)
class Proof:
    """What is wrong with a definition, and which cases each mistake fails under some seed."""

    definition: Definition
    problems: tuple[Problem, ...]
    kills: Mapping[str, frozenset[str]]

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def prove(
    course: Course, name: str, seeds: Sequence[int] = range(5), sandbox: Sandbox | None = None
) -> Proof:
    """Return the proof of a definition; with a `sandbox`, its stub is graded as well."""
    definition = load_definition(course, name)
    problems = [*_prose_problems(definition), *_picture_problems(definition)]
    kills: dict[str, frozenset[str]] = {m.name: frozenset() for m in definition.mistakes}
    papers = [draw_paper(definition, seed) for seed in seeds]
    for paper in papers:
        problems += _reference_problems(paper)
        for mistake in definition.mistakes:
            answers = _answers(paper, mistake)
            kills[mistake.name] |= _failed(paper, answers)
            told = _mistake_problem(paper, mistake, answers, course)
            problems += [Problem(mistake.where, told, (paper.seed,))] if told else []
    problems += [*_needless_cases(papers, course, kills), *_greed(papers[0])]
    if sandbox:
        problems += _stub_problems(course, name, sandbox)
    return Proof(definition, tuple(_together(problems, seeds, course)), kills)


def _together(
    problems: Sequence[Problem], seeds: Sequence[int], course: Course
) -> Iterator[Problem]:
    """Say once what several seeds show, and where it is as people see it."""
    shown: dict[tuple[str, str], tuple[int, ...]] = {}
    for problem in problems:
        key = course.shown(Path(problem.where)), problem.what
        shown[key] = shown.get(key, ()) + problem.seeds
    for (place, what), found in shown.items():
        yield Problem(place, what, found if len(found) < len(seeds) else ())


def _prose_problems(definition: Definition) -> Iterator[Problem]:
    if not definition.hints or not all(hint.strip() for hint in definition.hints):
        yield Problem(definition.path, "an exercise needs hints, and none of them empty")
    for line in unplaced(definition):
        told = f"the formula {line!r} has to be the beginning of one line that is indented"
        yield Problem(definition.path, f"{told} in the lesson, and of one alone")
    for line, tex in definition.formulas.items():
        if tex.count("{") != tex.count("}") or tex.count(r"\left") != tex.count(r"\right"):
            yield Problem(definition.path, f"the formula {line!r} leaves a bracket open")
    for name, function in definition.references.items():
        if not promised_results(function):
            yield Problem(
                where(function),
                f"the docstring of {name} does not state its results: under `Returns`, a line"
                " such as `weights : (..., n)`",
            )
        for line in _telling_lines(function):
            if any(line in hint for hint in definition.hints):
                yield Problem(where(function), f"a hint gives a line of {name} away: {line}")


def _telling_lines(function: object) -> list[str]:
    """Return the lines of a function's body that are an answer, or much of one."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))  # type: ignore[arg-type]
    (definition,) = tree.body
    assert isinstance(definition, ast.FunctionDef)
    statements = definition.body[ast.get_docstring(definition) is not None :]
    return [line for node in statements for line in ast.unparse(node).split("\n") if len(line) > 20]


def _picture_problems(definition: Definition) -> Iterator[Problem]:
    for picture in definition.pictures:
        try:
            panels, again = ([p.panel for p in pose(definition, picture)] for _ in range(2))
        except BrokenGraderError as error:
            yield Problem(error.where or picture.where, error.what)
            continue
        if not panels:
            yield Problem(picture.where, f"the picture {picture.name} returns no views")
        for panel, other in zip(panels, again, strict=False):
            told = _panel_problem(panel) or _fickleness(panel, other)
            if told:
                told = f"the picture {picture.name}, {panel.title}: {told}"
                yield Problem(picture.where, told)


def _panel_problem(panel: Panel) -> str | None:
    values = panel.values
    if values.dtype.kind not in "biuf":
        return f"what is drawn is not made of real numbers but of {values.dtype}"
    if values.ndim not in (1, 2) or not values.size:
        return f"what is drawn is of shape {values.shape}: choose a `part` of one or two axes"
    if np.isinf(values).any():
        return "an infinity has no place on a scale"
    lengths = {"rows": len(values) if panel.is_table else 0, "columns": values.shape[-1]}
    for name, length in lengths.items():
        if len(getattr(panel, name)) not in (0, length):
            return f"there are {len(getattr(panel, name))} labels for {length} {name}"
    return None


def _fickleness(panel: Panel, other: Panel) -> str | None:
    alike = panel.values.shape == other.values.shape and bool(
        np.array_equal(panel.values, other.values, equal_nan=panel.values.dtype.kind == "f")
    )
    return None if alike else "it is another one every time; draw it from fixed numbers"


def _reference_problems(paper: Paper) -> Iterator[Problem]:
    definition = paper.definition
    if diagnose(paper, [trial.wanted for trial in paper.trials]):
        yield Problem(definition.path, "a right answer is accused", (paper.seed,))
    for trial in paper.trials:
        again = perform(definition.references[trial.case.function], trial.inputs)
        if answer_difference(again, trial.wanted, Tolerance.of(trial.inputs)):
            told = f"the reference does not agree with itself on the case {trial.case.name}"
            yield Problem(trial.case.where, told, (paper.seed,))


def _answers(paper: Paper, mistake: Mistake) -> list[Answer]:
    """Return the answers of a learner who made this mistake and no other."""
    names = {each.name: each for each in own_mistakes(paper, mistake.function)}
    known = names[f"{paper.definition.name}.{mistake.name}"]
    return [
        known.answer(trial) if trial.case.function == mistake.function else trial.wanted
        for trial in paper.trials
    ]


def _failed(paper: Paper, answers: Sequence[Answer]) -> frozenset[str]:
    pairs = zip(paper.trials, answers, strict=True)
    return frozenset(trial.case.name for trial, answer in pairs if wrong_aspects([(trial, answer)]))


def _mistake_problem(
    paper: Paper, mistake: Mistake, answers: Sequence[Answer], course: Course
) -> str | None:
    checks = judge(paper.definition, paper.trials, answers, {})
    if not any(not check.passed and not check.hidden for check in checks):
        return f"the mistake {mistake.name} fails no visible check: add a case that shows it"
    named = diagnose(paper, answers, course)
    if [diagnosis.mistake for diagnosis in named] == [f"{paper.definition.name}.{mistake.name}"]:
        return None
    others = ", ".join(d.mistake or str(d.message).replace("\n", " ") for d in named) or "nothing"
    return f"the mistake {mistake.name}, handed in as an answer, is diagnosed as: {others}"


def _needless_cases(
    papers: Sequence[Paper], course: Course, kills: Mapping[str, frozenset[str]]
) -> Iterator[Problem]:
    """Find cases that say nothing which an earlier one of the same function does not say.

    One that fails fewer mistakes than another is of use: whoever is right so far keeps its points,
    and where the two part is what a learner has to look at.
    """
    seen: dict[tuple[object, ...], list[int]] = {}
    cases = papers[0].definition.cases
    for number, case in enumerate(cases):
        caught = frozenset(mistake for mistake, failed in kills.items() if case.name in failed)
        alike = seen.setdefault((case.function, caught, case.tags, case.hidden), [])
        for other in alike:
            if not any(_tells_apart(paper, course, number, other) for paper in papers):
                told = f"the case {case.name} finds nothing that {cases[other].name} does not"
                yield Problem(case.where, f"{told}: tag what it tries, or take it out")
        alike.append(number)


def _tells_apart(paper: Paper, course: Course, one: int, other: int) -> bool:
    """Tell whether some mistake of a part, or some relation, fails just one of two cases."""
    function = paper.definition.cases[one].function
    known = (*part_mistakes(paper, function, course), *known_relations(paper, function))
    trials = paper.trials[one], paper.trials[other]
    return any(
        len({bool(wrong_aspects([(trial, each.answer(trial))])) for trial in trials}) == 2
        for each in known
    )


def _greed(paper: Paper) -> Iterator[Problem]:
    """Tell where the reference comes near the limits that a learner's answer is held to."""
    limits = Limits()
    tracemalloc.start()
    began = time.perf_counter()
    for trial in paper.trials:
        perform(paper.definition.references[trial.case.function], trial.inputs)
    seconds = time.perf_counter() - began
    _, memory = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    if seconds * MARGIN > limits.seconds:
        told = f"the reference takes {seconds:.1f} seconds; a learner has {limits.seconds:.0f}"
        yield Problem(paper.definition.path, told)
    if memory * MARGIN > limits.memory:
        told = f"the reference uses {memory:,} bytes; a learner has {limits.memory:,}"
        yield Problem(paper.definition.path, told)


def _stub_problems(course: Course, name: str, sandbox: Sandbox) -> Iterator[Problem]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.py"
        path.write_text(stub_of(course, name), "utf-8")
        report = grade(course, name, path, sandbox=sandbox, seed=0)
    if report.outcome is not Outcome.NOT_ATTEMPTED:
        told = f"the stub, graded, is {report.outcome.value}; it has to count as not attempted"
        yield Problem(str(course.solution_path(name)), told)
