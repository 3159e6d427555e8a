"""The course itself, proved like code. Nothing here reads a learner's exercises."""

from __future__ import annotations

import difflib

import pytest

from grader.authoring import stub_of
from grader.course import Course, load_definition
from grader.learner.sandbox import Sandbox
from grader.proving import prove
from grader.quiz.load import read_quiz
from tests.conftest import ROOT

COURSE_EXERCISES = [
    "softmax",
    "attention_scores",
    "masking",
    "attention",
    "self_attention",
    "multi_head",
    "multi_head_attention",
    "positional_encoding",
    "layer_norm",
    "feed_forward",
    "add_norm",
    "encoder_block",
    "encoder",
    "decoder_block",
    "transformer",
]
QUIZZES = ["attention", "transformer"]


def test_the_course_has_its_exercises_in_order(course: Course) -> None:
    """The table of contents lists what the tests below prove."""
    assert list(course.exercises) == COURSE_EXERCISES
    assert list(course.quizzes) == QUIZZES


@pytest.mark.parametrize("name", COURSE_EXERCISES)
def test_every_definition_is_proved(course: Course, name: str, sandbox: Sandbox) -> None:
    """Every mistake fails a visible check and is named, alone, for every seed tried."""
    assert prove(course, name, range(8), sandbox).problems == ()


@pytest.mark.parametrize("name", COURSE_EXERCISES)
def test_every_exercise_is_complete(course: Course, name: str) -> None:
    """A lesson that fits a screen, three hints, enough cases and mistakes."""
    definition = load_definition(course, name)
    assert 5 <= len(definition.lesson.strip().splitlines()) <= 25
    assert len(definition.hints) >= 3
    assert len(definition.cases) >= 7
    assert len(definition.mistakes) >= 7


@pytest.mark.parametrize("name", COURSE_EXERCISES)
def test_a_stub_compiles_and_gives_nothing_away(course: Course, name: str) -> None:
    """A stub is a sound Python file that holds no line of a reference's body."""
    stub = stub_of(course, name)
    compile(stub, name, "exec")
    assert "solutions" not in stub
    assert stub.count("raise NotImplementedError\n") == len(
        load_definition(course, name).references
    )


@pytest.mark.parametrize("name", QUIZZES)
def test_every_quiz_loads(course: Course, name: str) -> None:
    """Each question has one right choice, a reason for every choice, and a source that exists."""
    quiz = read_quiz(course, name)
    assert len(quiz.questions) >= 12
    assert all(question.source for question in quiz.questions)


def test_no_question_is_asked_twice(course: Course) -> None:
    """Ids are unique over all quizzes, and no two questions read alike."""
    questions = [question for name in QUIZZES for question in read_quiz(course, name).questions]
    assert len({question.id for question in questions}) == len(questions)
    for index, question in enumerate(questions):
        others = [other.ask for other in questions[:index]]
        assert not difflib.get_close_matches(question.ask, others, cutoff=0.9)


def test_the_readme_lists_what_is_there() -> None:
    """The first page names the two commands a newcomer types."""
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "make start" in readme
    assert "make test" in readme
