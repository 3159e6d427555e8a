"""What Moodle would read: the tree that gift-pegjs, a parser of GIFT, makes of what we write."""

from __future__ import annotations

import html
import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from grader.course.course import Course
from grader.quiz.export.gift import write_gift
from grader.quiz.export.qti import write_qti
from grader.quiz.kinds.arranged import Match, Order
from grader.quiz.kinds.choice import Choices, Truth
from grader.quiz.kinds.typed import Number, Printed, Shape, Words
from grader.quiz.model import Question, Quiz
from grader.quiz.reading.load import read_quizzes
from tests.quiz.export.samples import CONSUMERS, NEEDS, sample
from tests.quiz.samples import load

HERE = Path(__file__).parent
TEXT, TREE = HERE / "sample.gift.txt", HERE / "sample.gift.json"
HAS_PARSER = shutil.which("node") and (CONSUMERS / "node_modules/gift-pegjs").is_dir()
needs_parser = pytest.mark.skipif(not HAS_PARSER, reason=NEEDS)

TYPES = {
    Choices: "MC",
    Truth: "TF",
    Number: "Numerical",
    Words: "Short",
    Shape: "Short",
    Printed: "Short",
    Order: "Matching",
    Match: "Matching",
}

QUIZ_OF_A_TAG = """\
quiz: sample
title: Sample
questions:
- id: a
  ask: Is it?
  accept: ["yes"]
  because: It is.
  tags: ["x] [id:b"]
"""


def parsed(text: str) -> str:
    """Return the tree of a GIFT text, as JSON."""
    command = ["node", str(HERE / "gift_tree.js")]
    environment = {**os.environ, "NODE_PATH": str(CONSUMERS / "node_modules")}
    done = subprocess.run(command, input=text, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def plain(node: Any) -> str:
    """Return a text of the tree without its HTML."""
    assert node["format"] == "html"
    return html.unescape(re.sub(r"<[^>]+>", " ", node["text"])).strip()


def unescaped(text: str) -> str:
    """Return the second side of a pair, in which gift-pegjs leaves what stands for a character."""
    return re.sub(r"&&(\d{3});?", lambda match: chr(int(match[1])), text)


def squeezed(text: str) -> str:
    """Return a text with single spaces."""
    return " ".join(text.split())


def check_tree(tree: list[Any], quizzes: list[Quiz]) -> None:
    """Check that a tree says what the quizzes say, each behind its category."""
    nodes = iter(tree)
    for quiz in quizzes:
        category = next(nodes)
        assert category == {"type": "Category", "title": f"$course$/top/{quiz.title}"}
        for question in quiz.drawn(None).questions:
            check_node(next(nodes), question)
    assert not list(nodes)


def test_a_bracket_does_not_end_a_tag(tmp_path: Path) -> None:
    """Moodle takes a tag, and the id, up to the first bracket that no backslash escapes."""
    quiz = load(tmp_path, QUIZ_OF_A_TAG)
    assert r"// [id:a] [tag:x\] [id:b]" in write_gift([quiz]).content.decode().splitlines()


def test_a_backslash_at_the_end_of_a_tag_is_not_the_brackets(tmp_path: Path) -> None:
    """Else Moodle would not see where the tag ends."""
    quiz = load(tmp_path, QUIZ_OF_A_TAG.replace("x] [id:b", r"x\\"))
    assert "// [id:a] [tag:x\\ ]" in write_gift([quiz]).content.decode().splitlines()


def check_node(node: Any, question: Question) -> None:
    """Check one question of a tree."""
    assert node["type"] == TYPES[type(question.kind)]
    assert node["title"] == node["id"] == question.id
    assert tuple(node["tags"] or ()) == question.tags
    assert squeezed(question.ask) in squeezed(plain(node["stem"]))
    if question.code:
        code = re.search(r"<pre><code>(.*?)</code></pre>", node["stem"]["text"], re.DOTALL)
        assert code and html.unescape(code[1]) == question.code
    general = plain(node["globalFeedback"]) if node["globalFeedback"] else ""
    said = [question.because, question.practise or "", *(s.section for s in question.papers)]
    assert all(squeezed(text) in squeezed(general) for text in said)
    check_answers(node, question)


def check_answers(node: Any, question: Question) -> None:
    """Check the answers of one question of a tree: right to right, wrong to wrong."""
    kind = question.kind
    if isinstance(kind, Choices):
        share = {c.text: kind.share([c.text] if kind.several else c.text) for c in kind.choices}
        for choice, found in zip(kind.choices, node["choices"], strict=True):
            assert plain(found["text"]) == squeezed(choice.text)
            assert (plain(found["feedback"]) if found["feedback"] else "") == choice.because
            right = 100 / sum(c.right for c in kind.choices) if kind.several else None
            assert found["isCorrect"] is (choice.right and not kind.several)
            weight = right and (right if choice.right else -right)
            assert found["weight"] == pytest.approx(weight, abs=1e-5)
            if kind.several and choice.right and kind.partial.value == "net":
                assert share[choice.text] == pytest.approx(found["weight"] / 100, abs=1e-5)
    elif isinstance(kind, Truth):
        assert node["isTrue"] is kind.is_true
    elif isinstance(kind, Number):
        (found,) = node["choices"]
        value, off = found["text"]["number"], found["text"]["range"]
        assert found["weight"] == 100
        assert kind.share(repr(value)) == 1
        assert all(kind.share(repr(value + sign * off * 0.999)) == 1 for sign in (-1, 1))
        assert all(kind.share(repr(value + sign * (off * 1.01 + 1e-6 * abs(value)))) == 0
                   for sign in (-1, 1))  # fmt: skip
    elif isinstance(kind, (Words, Shape, Printed)):
        texts = [found["text"]["text"].replace("\\*", "*") for found in node["choices"]]
        assert all(kind.share(text) == 1 for text in texts)
        assert {found["weight"] for found in node["choices"]} == {100}
        assert not isinstance(kind, Words) or texts == list(kind.accepted)
    else:
        pairs = {plain(p["subquestion"]): unescaped(p["subanswer"]) for p in node["matchPairs"]}
        steps = {step: str(place) for place, step in enumerate(kind.right, 1)}
        assert pairs == (steps if isinstance(kind, Order) else kind.right)


def test_the_sample_is_written_as_it_was_recorded(tmp_path: Path) -> None:
    """The text is the one that a parser's tree is known of."""
    assert write_gift([sample(tmp_path)]).content.decode() == TEXT.read_text("utf-8")


def test_the_tree_of_the_sample_says_what_the_quiz_says(tmp_path: Path) -> None:
    """Every kind, every text and every weight came through, whatever characters stood in them."""
    check_tree(json.loads(TREE.read_text("utf-8")), [sample(tmp_path)])


@needs_parser
def test_the_tree_is_the_parsers_own() -> None:
    """What was recorded is what gift-pegjs says."""
    assert parsed(TEXT.read_text("utf-8")) == TREE.read_text("utf-8")


@needs_parser
def test_the_trees_of_all_quizzes_say_what_the_quizzes_say(course: Course) -> None:
    """No question of the course is lost or changed on its way."""
    quizzes = list(read_quizzes(course))
    exported = write_gift(quizzes)
    assert not [loss for loss in exported.losses if loss.what.startswith("left out")]
    check_tree(json.loads(parsed(exported.content.decode())), quizzes)


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Masks: what they hide", "Masks: what they hide"),
        ("The set {a, b}", "The set {a, b}"),
        ("x = y ~ z # 1", "x = y ~ z # 1"),
        ("Keys/values \\ both", "Keys//values \\ both"),
    ],
)
def test_a_category_has_the_title_as_it_is(tmp_path: Path, title: str, line: str) -> None:
    """Moodle undoes no escapes there; a stroke alone would begin a category inside."""
    text = f"quiz: q\ntitle: '{title}'\nquestions:\n- {{id: a, ask: Is it?, answer: true}}\n"
    content = write_gift([load(tmp_path, text, "q")]).content.decode()
    assert content.splitlines()[0] == f"$CATEGORY: $course$/top/{line}"


LONG = {
    "2**50": "1125899906842624",
    "1234567890123": "1234567890123",
    "2**53": "9007199254740992",
    "-9876543210987": "-9876543210987",
    "'{n} * 2**42'": "13194139533312",
    "1.2345678901234\n  tolerance: '0'": "1.2345678901234",
    "1 / 3": "0.333333333333333",
}


@pytest.mark.parametrize(("answer", "key"), LONG.items())
def test_long_numbers_are_written_out(tmp_path: Path, answer: str, key: str) -> None:
    """In GIFT and in QTI, with all the digits that count."""
    drawn = "\n  vars: {n: [3, 5]}" if "{n}" in answer else ""
    question = f"- id: a\n  ask: How much?\n  answer: {answer}{drawn}\n"
    quiz = load(tmp_path, f"quiz: q\ntitle: Q\nquestions:\n{question}", "q")
    assert f"=%100%{key}:" in write_gift([quiz]).content.decode()
    with zipfile.ZipFile(io.BytesIO(write_qti([quiz]).content)) as package:
        assert f">{key}<" in package.read("quiz-q/quiz-q.xml").decode()


def test_an_answer_that_moodle_would_misread_is_left_out_and_told(tmp_path: Path) -> None:
    """Typed answers with an arrow in them make a match in Moodle, which has no escape for it."""
    text = "quiz: q\ntitle: Q\nquestions:\n- {id: arrow, ask: Which?, accept: [a -> b]}\n"
    exported = write_gift([load(tmp_path, text, "q")])
    assert b"arrow" not in exported.content
    (loss,) = exported.losses
    assert str(loss) == "q.yaml:4: arrow: left out: Moodle takes the -> in its answer for a match"
