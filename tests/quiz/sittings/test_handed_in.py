"""What is handed in of an exam is marked as it was answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.quiz.kinds.base import Given
from grader.quiz.sittings.answers_file import Entry
from grader.quiz.sittings.handed_in import HandedIn, mark_handed_in
from tests.quiz.samples import load

TEXTS = [f"{letter} {'is what a long choice says, ' * 20}" for letter in "abcde"]
QUIZ = "quiz: sample\ntitle: T\nquestions:\n- id: one\n  ask: Which?\n  choices:\n" + "".join(
    f"  - {'wrong' if text.startswith('e') else 'right'}: {text}\n" for text in TEXTS
)


def test_what_was_offered_is_taken_however_long_it_is(tmp_path: Path) -> None:
    """A letter was typed, and the text is what is kept; nobody could give another one."""
    quiz = load(tmp_path, QUIZ)
    right = [text.strip() for text in TEXTS[:4]]
    assert sum(map(len, right)) > 2_000
    for given, unread in ((right, 0), ([*right, "another one"], 1)):
        handed_in = HandedIn((Entry("one", given, "the exam"),), 1, (None,))
        marked = mark_handed_in(quiz, handed_in, None)
        assert len(marked.unread) == unread
        assert marked.result.score == (0 if unread else 1)


def test_an_exam_counts_where_its_quiz_was_mended_in_capitals_or_spaces(tmp_path: Path) -> None:
    """What the learner chose is still on offer, and was what was meant."""
    quiz = load(tmp_path, QUIZ)
    before = [" ".join(text.split()).upper() for text in TEXTS[:4]]
    marked = mark_handed_in(quiz, HandedIn((Entry("one", before, "the exam"),), 1, (None,)), None)
    assert not marked.unread and marked.result.score == 1


ARRANGED = """\
quiz: sample
title: T
questions:
- id: steps
  ask: In which order?
  order: [scores, mask, softmax, "2"]
- id: pairs
  ask: What fits?
  match: {query: what I look for, key: what I have, value: "1"}
"""


@pytest.mark.parametrize(
    "steps", ["abcd", "a,b,c,d", ["a", "b", "c", "d"], ["1", "2", "3", "4"], "1234 3"]
)
@pytest.mark.parametrize("pairs", ["a b c", "1a 2b 3c", {"query": "a", "key": "b", "value": "c"}])
def test_letters_of_the_file_earn_nothing(tmp_path: Path, steps: Given, pairs: Given) -> None:
    """They stand in the right order there, so that nobody would have to read the question."""
    entries = (Entry("steps", steps, "it:1"), Entry("pairs", pairs, "it:2"))
    marked = mark_handed_in(load(tmp_path, ARRANGED), HandedIn(entries), None)
    assert marked.result.score == 0
    assert [line[:4] for line in marked.unread] == ["it:1", "it:2"]


@pytest.mark.parametrize(
    "steps",
    [["scores", "Mask", "softmax", "2"], "scores, mask, softmax, 2", "scores,mask,softmax,2 3"],
)
@pytest.mark.parametrize("key", ["query", "1"])
def test_texts_are_taken(tmp_path: Path, steps: Given, key: str) -> None:
    """As they stand on the sheet; a number behind them says how sure."""
    pairs = {key: "what I look for", "key": "what I have", "value": "1"}
    entries = (Entry("steps", steps, "it:1"), Entry("pairs", pairs, "it:2"))
    marked = mark_handed_in(load(tmp_path, ARRANGED), HandedIn(entries), None)
    assert marked.unread == () and marked.result.score == 2


def test_texts_that_are_letters_are_texts(tmp_path: Path) -> None:
    """The steps of a chain may be called by letters: then these are what counts."""
    quiz = load(
        tmp_path,
        "quiz: sample\ntitle: T\nquestions:\n- {id: steps, ask: How?, order: [d, c, b, a]}\n"
        "- {id: pairs, ask: What?, match: {keys: b, queries: a, values: c}}\n",
    )
    for steps, pairs, score in (
        (["d", "c", "b", "a"], {"keys": "b", "queries": "a", "values": "c"}, 2),
        (["a", "b", "c", "d"], {"keys": "a", "queries": "b", "values": "c"}, 0),
    ):
        entries = (Entry("steps", steps, "it:1"), Entry("pairs", pairs, "it:2"))
        marked = mark_handed_in(quiz, HandedIn(entries), None)
        assert marked.unread == () and marked.result.score == score
