"""A file of answers: read in whatever form it comes, refused whole with everything wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.quiz.mark import Mark, mark
from grader.quiz.model import Quiz
from grader.quiz.reply import Reply
from grader.quiz.sittings.answers_file import read_answers
from tests.quiz.samples import SAMPLE, load

RIGHT_YAML = """\
single: keys
several: [a, a decoder]
truth: no
number: 64
rounded: 333.3 ms
words: Soft-max
shape: (B, H, T, T)
order: [scores, mask, softmax]
match: {query: what am I looking for?, key: b, 3: c}
prints: "[[1. 0.] [0. 1.]]"
"""
RIGHT_JSON = """{
\t"single": "a", "several": ["GPT", "a decoder"], "truth": false, "number": 64,
\t"rounded": 333.5, "words": "softmax", "shape": ["B", "H", "T", "T"],
\t"order": "a,b,c", "match": {"query": "a", "key": "b", "value": "c"},
\t"prints": "[[1. 0.]\\n [0. 1.]]"
}"""


@pytest.fixture
def quiz(tmp_path: Path) -> Quiz:
    """Return the sample with the first of its values."""
    return load(tmp_path, SAMPLE).drawn(None)


@pytest.mark.parametrize("text", [RIGHT_YAML, RIGHT_JSON], ids=["yaml", "json"])
def test_every_kind_can_be_answered_in_a_file(tmp_path: Path, quiz: Quiz, text: str) -> None:
    """By letter, number or text, as lists and mappings where these are natural."""
    path = tmp_path / "answers"
    path.write_text(text)
    result = mark(quiz, read_answers(path, quiz).replies)
    assert [verdict.mark for verdict in result.verdicts] == [Mark.RIGHT] * len(quiz.questions)


def test_null_skips_and_a_number_tells_the_confidence(tmp_path: Path, quiz: Quiz) -> None:
    """What is left out, or says nothing, is a skip; the rest is as it would be typed."""
    path = tmp_path / "answers.yaml"
    path.write_text("single: b 3\nwords: null\norder:\nmatch: ~\n")
    replies = read_answers(path, quiz).replies
    assert replies == {
        "single": Reply("queries", 3),
        "words": Reply(None),
        "order": Reply(None),
        "match": Reply(None),
    }
    path.write_text('{"words": null}')
    assert read_answers(path, quiz).replies == {"words": Reply(None)}
    path.write_text("{}")
    assert read_answers(path, quiz).replies == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sum: a\nwords:\n", [":1: the quiz sample has no question 'sum'. Write one of: single,"]),
        ("words: ' '\nsingle: z\n", [":1: words: That is no", ":2: single: 'z' is none of a-c."]),
        ("single: s\n", [":1: single: 's' is none of a-c."]),
        ("single: [a, b]\n", [":1: single: Only one of them is right: choose one."]),
        ("truth: [a]\n", [":1: truth: Give one answer."]),
        ("order: {a: b}\n", [":1: order: Give one answer."]),
        ("match: {query: z}\n", [":1: match: Give a letter for each of 1-3."]),
        ('{"single": "z"}', [": single: 'z' is none of a-c."]),
    ],
)
def test_an_answer_that_means_nothing_is_told(
    tmp_path: Path, quiz: Quiz, text: str, message: list[str]
) -> None:
    """Each has its place; the others are read all the same."""
    path = tmp_path / "answers"
    path.write_text(text)
    answers = read_answers(path, quiz)
    assert len(answers.unread) == len(message)
    for line, wanted in zip(answers.unread, message, strict=True):
        assert line.startswith(f"{path}{wanted}"), line
    assert all(reply.given is None for reply in answers.replies.values())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("single: a\nsingle: b\n", ":2:1: the key 'single' stands here twice. Line 1 has it"),
        ('{"single": "a", "single": "b"}', ":1:17: the key 'single' stands here twice."),
        ("- a\n", ":1:1: a file of answers is not `key: value` lines, but '- a'."),
        ("single: `a\n", ":1:9: '`a' begins with '`'."),
        ("{", ":2:1: while parsing a flow node,"),
        ("", ":1:1: the file is empty. Write `key: value` lines."),
    ],
)
def test_a_file_that_is_none_of_answers_is_refused(
    tmp_path: Path, quiz: Quiz, text: str, message: str
) -> None:
    """Nothing is marked; the fault has its place."""
    path = tmp_path / "answers"
    path.write_text(text)
    with pytest.raises(UsageError) as raised:
        read_answers(path, quiz)
    (line,) = str(raised.value).splitlines()[1:]
    assert line.startswith(f"{path}{message}"), line
