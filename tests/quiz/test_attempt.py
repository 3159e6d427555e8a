"""Replies, orders and marks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.quiz.attempt import Command, offered, read_answers, read_reply
from grader.quiz.mark import Mark, mark
from grader.quiz.model import Choice, Question, Quiz

QUESTION = Question(
    "one",
    "Which?",
    (Choice("first", False, "no"), Choice("second", True, "yes"), Choice("third", False, "no")),
)
QUIZ = Quiz("q", "Q", (QUESTION, Question("two", "And?", QUESTION.choices[:2])))


@pytest.mark.parametrize(
    ("reply", "meant"),
    [
        ("a", "first"),
        (" B ", "second"),
        ("3", "third"),
        ("s", Command.SKIP),
        ("Q", Command.QUIT),
        ("d", None),
        ("4", None),
        ("0", None),
        ("", None),
        ("ab", None),
        ("²", None),
        ("é", None),
    ],
)
def test_a_reply_is_a_letter_or_a_number(reply: str, meant: str | Command | None) -> None:
    """Letters and numbers choose, s skips, q leaves, and the rest means nothing."""
    found = read_reply(reply, QUESTION.choices)
    assert (found.text if isinstance(found, Choice) else found) == meant


@given(st.text())
def test_no_reply_raises(reply: str) -> None:
    """Whatever is typed is an answer, a command or nothing."""
    found = read_reply(reply, QUESTION.choices)
    assert found is None or isinstance(found, (Choice, Command))


@given(st.integers(0, 2**32))
def test_a_shuffle_only_changes_the_order(seed: int) -> None:
    """All choices are offered, in an order that the seed alone decides."""
    order = offered(QUESTION, seed)
    assert sorted(choice.text for choice in order) == ["first", "second", "third"]
    assert order == offered(QUESTION, seed)


def test_shuffles_differ() -> None:
    """The right choice does not always stand in the same place."""
    assert len({offered(QUESTION, seed) for seed in range(20)}) > 2


def test_a_quiz_is_marked() -> None:
    """Right, wrong and skipped are told apart, and only right ones count."""
    result = mark(QUIZ, {"one": "second", "two": None})
    assert [verdict.mark for verdict in result.verdicts] == [Mark.RIGHT, Mark.SKIPPED]
    assert (result.score, result.max_score) == (1, 2)
    assert [verdict.question.id for verdict in result.to_revise] == ["two"]
    assert mark(QUIZ, {"one": "first"}).verdicts[0].mark is Mark.WRONG


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("one: b\ntwo: 1", {"one": "second", "two": "first"}),
        ('{"one": "third", "two": null}', {"one": "third", "two": None}),
        ("{}", {}),
    ],
)
def test_answers_come_from_yaml_or_json(
    tmp_path: Path, text: str, given: dict[str, str | None]
) -> None:
    """Letters, numbers, whole texts and null are read."""
    path = tmp_path / "answers"
    path.write_text(text)
    assert read_answers(path, QUIZ) == given


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("three: a", "has no question called three"),
        ("one: z", "'z' is no choice of the question one"),
        ("one: s", "'s' is no choice"),
        ("- a", "answers are lines"),
        ("{", "neither YAML nor JSON"),
    ],
)
def test_answers_that_fit_nothing_are_refused(tmp_path: Path, text: str, told: str) -> None:
    """A file that cannot be marked is refused whole, with its name."""
    path = tmp_path / "answers"
    path.write_text(text)
    with pytest.raises(UsageError, match=told):
        read_answers(path, QUIZ)
