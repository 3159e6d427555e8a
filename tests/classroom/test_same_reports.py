"""What is kept from one answer to the next, and how many grade at once, changes no report."""

from __future__ import annotations

import json
from typing import Any

import pytest

from grader.classroom.packets import packed
from grader.classroom.running.chunks import Setup, Task, chunk_of
from grader.classroom.running.workers import Workers
from grader.course.course import Course
from grader.grading.diagnose.searches import digest, search
from grader.grading.diagnose.theories import Item
from grader.grading.examiner import draw_paper
from grader.grading.grade import grade
from grader.grading.trials import Paper
from grader.learner.outside.sandbox import Sandbox
from grader.learner.outside.submission import submission_of
from grader.present.report_json import report_fields
from grader.records import Answer, Inputs, Raised, Returned, Submission
from tests.learners.table import attempts

EXERCISE, SEED = "layer_norm", 1
EACH = 2  # people who hand in the same but for a comment


def answers(course: Course) -> list[Submission]:
    """Return right attempts, wrong ones, and some with several slips, each from several people."""
    paths = attempts(EXERCISE)[::4]
    bodies = [path.read_bytes() + b"\n# %d\n" % person for person in range(EACH) for path in paths]
    name = f"{EXERCISE}.py"
    return [submission_of(course, EXERCISE, name, b)._replace(beside={}) for b in bodies]


def fields(report: dict[str, Any]) -> dict[str, Any]:
    """Return a report without what is another one each time."""
    return {key: value for key, value in report.items() if key not in ("seconds", "tier")}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_report_is_that_of_one_who_is_alone(course: Course, sandbox: Sandbox, jobs: int) -> None:
    """However many came before with the same mistake, and in however many processes."""
    todo = answers(course)
    tasks = [Task(number, packed(answer)) for number, answer in enumerate(todo)]
    workers = Workers(Setup(str(course.root), SEED, 10.0, None), jobs)
    chunks = [chunk_of(tasks[start : start + 4]) for start in range(0, len(tasks), 4)]
    found = {each.number: fields(json.loads(each.report)) for each in workers.run(chunks)}
    for number, answer in list(enumerate(todo))[: len(todo) // EACH]:
        alone = fields(report_fields(grade(course, EXERCISE, answer, sandbox=sandbox, seed=SEED)))
        assert [found[number], found[number + len(todo) // EACH]] == [alone, alone]


def test_a_search_is_made_once_for_the_same_answers(course: Course) -> None:
    """And anew where they differ in the last bit."""
    paper = draw_paper(course, EXERCISE, SEED)
    (function, *_) = paper.definition.references
    suspects = paper.examiner.hypotheses(paper, function, "mistake")

    def found(factor: float) -> object:
        items = [Item(trial, times(trial.wanted, factor), True) for trial in paper.trials]
        return search(paper, function, items, tuple(suspects))

    first = found(1.5)
    known = {key: len(value) for key, value in memory(paper).items()}
    assert found(1.5) is first
    assert {key: len(value) for key, value in memory(paper).items()} == known
    found(1.5000000000000002)
    assert sum(map(len, memory(paper).values())) == sum(known.values()) + 1


def memory(paper: Paper) -> dict[Any, Any]:
    """Return the searches that a paper remembers."""
    return {key: each for key, each in paper.memory.items() if "searches" in key[0].__module__}


def times(answer: Answer, factor: float) -> Answer:
    """Return an answer with other numbers."""
    is_number = isinstance(answer, Returned)
    return answer._replace(value=answer.value * factor) if is_number else answer


def test_answers_are_the_same_to_the_last_letter() -> None:
    """Whatever may tell two answers apart tells their digests apart."""
    inputs = Inputs((), {})
    answers = [
        Returned(1, inputs),
        Returned(1.0, inputs),
        Returned(True, inputs),
        Returned(-0.0, inputs),
        Returned(0.0, inputs),
        Returned((1,), inputs),
        Returned([1], inputs),
        Returned(1, Inputs((1,), {})),
        Raised("ValueError", ("ValueError",), "a", ()),
        Raised("ValueError", ("ValueError",), "b", ()),
    ]
    assert len({digest([each]) for each in answers}) == len(answers)
    assert digest(answers) == digest([*answers])


def test_a_search_knows_which_probes_were_answered(course: Course) -> None:
    """The same answers to other trials are not the same."""
    paper = draw_paper(course, EXERCISE, SEED)
    (function, *_) = paper.definition.references
    answer = times(paper.trials[0].wanted, 1.5)
    for trial in paper.trials[:2]:
        search(paper, function, [Item(trial, answer, True)], ())
    assert sum(map(len, memory(paper).values())) == 2
