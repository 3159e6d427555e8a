"""The course itself, proved like code, whatever a learner has written in it."""

from __future__ import annotations

import ast
import difflib
from typing import Any

import pytest

from grader.authoring.prove import prove
from grader.authoring.stubs import stub_of
from grader.course.course import Course, read_course
from grader.grading.examiner import load_definition
from grader.learner.outside.sandbox import Sandbox
from grader.quiz.kinds.choice import Choices
from grader.quiz.model import Question
from grader.quiz.proving.coverage import coverage
from grader.quiz.proving.lint import warnings_of
from grader.quiz.proving.proof import key_problems
from grader.quiz.reading.load import read_documents, read_quiz, read_quizzes
from tests.conftest import ROOT

COURSE = read_course(ROOT)
SHARE = 8  # of how many exercises `make test` proves one; the other proofs are wide
# What the course is about, each by the tag of the questions on it.
SYSTEMS = [
    *("rnn", "additive-attention", "scaled-dot-product", "multi-head", "encoder", "decoder"),
    *("cross-attention", "sinusoidal-positions", "learned-positions", "feed-forward", "residual"),
    *("layer-norm", "complexity", "sparse-attention", "linear-attention", "local-attention"),
    *("warm-up", "label-smoothing", "dropout", "gradient-clipping", "checkpointing"),
    *("mixed-precision", "caching", "tokenisation", "embedding", "greedy-decoding", "sampling"),
    *("bert", "gpt", "t5", "vit", "clip", "llama", "listen-attend-spell", "graph-attention"),
    *("reinforcement-learning", "beam-search", "wordpiece", "perplexity", "adam", "weight-decay"),
    *("quantisation", "lora", "rotary", "alibi", "grouped-query", "flash-attention"),
    *("mixture-of-experts", "induction-heads"),
]


@pytest.fixture(scope="module")
def questions(course: Course) -> list[Question]:
    """Return the questions of all quizzes."""
    return [question for quiz in read_quizzes(course) for question in quiz.questions]


def by_seeds() -> list[Any]:
    """Return some exercises with few seeds, and all with more as wide tests."""
    few = [pytest.param(name, 2) for name in COURSE.exercises[1::SHARE]]
    return few + [pytest.param(n, 8, marks=pytest.mark.wide) for n in COURSE.exercises]


@pytest.mark.parametrize(("name", "seeds"), by_seeds())
def test_every_definition_is_proved(
    course: Course, name: str, seeds: int, sandbox: Sandbox
) -> None:
    """Every mistake fails a visible check and is named, alone, for every seed tried."""
    assert prove(course, name, range(seeds), sandbox).problems == ()


@pytest.mark.parametrize("name", COURSE.exercises)
def test_every_exercise_is_complete(course: Course, name: str) -> None:
    """A lesson that fits a screen, three hints, enough cases and mistakes."""
    definition = load_definition(course, name)
    assert 5 <= len(definition.lesson.strip().splitlines()) <= 25
    assert len(definition.hints) >= 3
    assert len(definition.cases) >= 7
    assert len(definition.mistakes) >= 7


@pytest.mark.parametrize("name", COURSE.exercises)
def test_a_stub_compiles_and_gives_nothing_away(course: Course, name: str) -> None:
    """A stub is a sound Python file that holds no line of a reference's body."""
    stub = stub_of(course, name)
    compile(stub, name, "exec")
    assert "solutions" not in stub
    assert stub.count("raise NotImplementedError\n") == len(
        load_definition(course, name).references
    )


@pytest.mark.parametrize("name", COURSE.exercises)
def test_a_definition_uses_of_others_what_a_learner_has(course: Course, name: str) -> None:
    """It imports references only, as learners do; what several draw with has its own module."""
    tree = ast.parse(course.solution_path(name).read_text("utf-8"))
    modules = {f"solutions.{course.unit_of(other)}.{other}": other for other in course.exercises}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in modules:
            references = load_definition(course, modules[node.module]).references
            assert {alias.name for alias in node.names} <= set(references)


@pytest.mark.parametrize("name", COURSE.quizzes)
def test_every_quiz_is_proved(course: Course, name: str, sandbox: Sandbox) -> None:
    """What can be worked out comes to what the keys say, and nothing makes a question guessable."""
    quiz = read_quiz(course, name)
    assert key_problems(quiz, sandbox) == ()
    assert warnings_of(quiz) == ()
    assert len(quiz.questions) >= 20


def test_every_way_of_asking_is_used(questions: list[Question]) -> None:
    """There are questions enough, of all eight kinds, with one right choice and with several."""
    assert len(questions) >= 150
    kinds = {question.kind.name for question in questions}
    assert kinds == {
        *("choice", "truth", "number", "words", "shape", "order", "match", "prints"),
    }
    choices = [question.kind for question in questions if isinstance(question.kind, Choices)]
    assert {kind.several for kind in choices} == {True, False}


def test_every_answer_has_its_reason(questions: list[Question]) -> None:
    """A choice says why it is right or wrong, and any other question why its answer is right."""
    for question in questions:
        kind = question.kind
        reasons = [c.because for c in kind.choices] if isinstance(kind, Choices) else []
        assert all(reasons or [question.because]), question.id


def test_every_section_is_asked_about(course: Course) -> None:
    """Each heading of each document has a question that rests on it."""
    covered = coverage(read_quizzes(course), read_documents(course))
    assert [(c.document, c.section) for c in covered if not c.questions] == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_system_is_asked_about(questions: list[Question], system: str) -> None:
    """At least two questions bear its tag."""
    assert sum(system in question.tags for question in questions) >= 2


def test_every_question_rests_on_a_document(questions: list[Question]) -> None:
    """None is made up: each names a section that exists."""
    assert [question.id for question in questions if not question.sources] == []


def test_no_question_is_asked_twice(questions: list[Question]) -> None:
    """Ids are unique over all quizzes, and no two questions read alike."""
    assert len({question.id for question in questions}) == len(questions)
    for index, question in enumerate(questions):
        others = [other.ask for other in questions[:index]]
        assert not difflib.get_close_matches(question.ask, others, cutoff=0.9)


def test_the_readme_lists_what_is_there() -> None:
    """The first page names the two commands that a newcomer types."""
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "make start" in readme
    assert "make test" in readme
