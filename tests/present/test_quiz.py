"""Questions, verdicts and results as text."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.present.quiz_text import (
    render_afterwards,
    render_beginning,
    render_question,
    render_result,
    render_verdict,
)
from grader.present.style import Style
from grader.quiz.mark import Verdict, mark
from grader.quiz.model import Quiz
from grader.quiz.reply import Reply
from grader.quiz.sittings.record import Mode
from tests.quiz.samples import load

ONE = "{document: paper, section: Attention}"
PAPER = "{paper: Attention Is All You Need, section: 3.2.1, arxiv: 1706.03762}"
TWO = f"[{ONE}, {{document: paper, section: Introduction}}]"


def quiz(folder: Path, source: str) -> Quiz:
    """Return a quiz of one question that rests on `source`."""
    question = f"- {{id: one, ask: Is it?, answer: true, source: {source}}}"
    return load(folder, f"quiz: sample\ntitle: T\nquestions:\n{question}\n")


def test_code_keeps_its_lines(tmp_path: Path) -> None:
    """A line that is too wide is broken at a space and goes on further in; others stay."""
    code = "def f(x):\n        first = x + 1     # one\n        return first * 2"
    question = f"- id: one\n  ask: Is it?\n  answer: true\n  code: |\n    {code}\n"
    (asked,) = load(tmp_path, f"quiz: sample\ntitle: T\nquestions:\n{question}").questions
    wide = render_question("T", 1, 1, asked, None, Style())
    assert "\n  def f(x):\n      first = x + 1     # one\n      return first * 2\n" in wide
    narrow = render_question("T", 1, 1, asked, None, Style(width=22))
    assert "\n      first = x + 1\n          # one\n      return first * 2\n" in narrow


def test_an_exam_shows_its_code_again(tmp_path: Path) -> None:
    """Afterwards a question stands there whole, with its program and the verdict."""
    question = "- {id: one, ask: What?, code: print(1), prints: '1'}"
    quiz = load(tmp_path, f"quiz: sample\ntitle: T\nquestions:\n{question}\n")
    text = render_afterwards(mark(quiz, {"one": Reply("1")}), Style())
    assert text == "Question 1. What?\n\n  print(1)\n\nCORRECT  1\n"


def test_a_verdict_names_what_it_rests_on(tmp_path: Path) -> None:
    """What anybody can open: a paper, a lesson; documents of the author's only when asked for."""
    said = {}
    for name, source in {
        "one": ONE,
        "two": TWO,
        "paper": PAPER,
        "both": f"[{PAPER}, {ONE}]",
    }.items():
        (question,) = quiz(tmp_path, source).questions
        verdict = Verdict(question, Reply("true"))
        said[name] = [render_verdict(verdict, Style(), documents) for documents in (False, True)]
    paper = '"Attention Is All You Need", section 3.2.1, arXiv:1706.03762'
    document = '"A paper", section "Attention"'
    assert said["one"] == ["CORRECT  True\n", f"CORRECT  True\n\nSource: {document}\n"]
    listed = f'- {document}\n- "A paper", section "Introduction"\n'
    assert said["two"][1] == f"CORRECT  True\n\nSources:\n{listed}"
    assert said["paper"] == [f"CORRECT  True\n\nSource: {paper}\n"] * 2
    assert said["both"][0] == said["paper"][0]
    assert said["both"][1] == f"CORRECT  True\n\nSources:\n- {paper}\n- {document}\n"


def test_the_exercise_that_trains_a_question_is_opened_by_its_lesson(tmp_path: Path) -> None:
    """It can be read with a command, and graded with another."""
    (question,) = quiz(tmp_path, f"{ONE}, practise: softmax").questions
    text = render_verdict(Verdict(question, Reply("false")), Style())
    assert text.endswith("Source: grader lesson softmax\nPractise: grader grade softmax\n")


def test_a_score_stands_first_and_last(tmp_path: Path) -> None:
    """With at most five topics between, those first of which most was missed, and a way on."""
    one = "- {{id: {0}-is-{1}, ask: Is {1} it?, answer: true, tags: [{0}]}}\n"
    topics = "aabbbcddddefghh"
    questions = "".join(one.format(f"t{t}", n) for n, t in enumerate(topics))
    asked = load(tmp_path, f"quiz: sample\ntitle: T\nquestions:\n{questions}")
    replies = {q.id: Reply("true") for q in asked.questions if q.tags == ("ta",)}
    text = render_result(mark(asked, replies), None, "grader quiz sample", Style(), {"tb": "b.py"})
    first, *between, last = text.splitlines()
    assert first == last == "T: 2 of 15, 13 %"
    assert between[:7] == [
        "",
        "To work on:",
        "- td: 0 of 4, grader quiz sample --topic td",
        "- tb: 0 of 3, open b.py",
        "- th: 0 of 2, grader quiz sample --topic th",
        "- tc: 0 of 1, grader quiz sample --topic tc",
        "- te: 0 of 1, grader quiz sample --topic te",
    ]
    assert "-is-" not in text


def test_a_topic_opens_what_trains_the_questions_that_were_missed(tmp_path: Path) -> None:
    """Even where it bears the name of another one, which is opened if no exercise trains them."""
    one = "- {{id: {0}, ask: Is {0} it?, answer: true, tags: [softmax]{1}}}\n"
    files = {"softmax": "softmax.py", "masking": "masking.py"}
    for practise, opened in ((", practise: masking", "masking.py"), ("", "softmax.py")):
        text = f"quiz: sample\ntitle: T\nquestions:\n{one.format('q', practise)}"
        asked = load(tmp_path, text)
        assert f"open {opened}" in render_result(mark(asked, {}), None, "", Style(), files)


def test_points_are_told_where_they_are_not_the_number_of_questions(tmp_path: Path) -> None:
    """Before the first question, and above the one that weighs more."""
    one = "- {{id: {0}, ask: Is {0} it?, answer: true{1}}}\n"
    beginnings = []
    for weight in ("", ", weight: 2"):
        text = f"quiz: sample\ntitle: T\nquestions:\n{one.format('a', '')}"
        asked = load(tmp_path, text + one.format("b", weight))
        beginnings.append(render_beginning(asked, Mode.PRACTICE, Style()).splitlines())
    assert beginnings[0][0] == beginnings[1][0] == "T, 2 questions"
    assert beginnings[1][1:2] == ["3 points in all, as some questions weigh more or less."]
    assert beginnings[0][1:] == beginnings[1][2:]
    heads = [render_question("T", 1, 2, q, None, Style()).splitlines()[0] for q in asked.questions]
    assert heads == ["T, question 1 of 2", "T, question 1 of 2, for 2 points"]


@pytest.mark.parametrize(
    ("right", "colour"), [(10, "good"), (8, "good"), (7, "warn"), (4, "bad"), (0, "bad")]
)
def test_a_poor_score_has_another_colour(tmp_path: Path, right: int, colour: str) -> None:
    """And its words say the same."""
    questions = "".join(f"- {{id: q{n}, ask: Is {n} it?, answer: true}}\n" for n in range(10))
    asked = load(tmp_path, f"quiz: sample\ntitle: T\nquestions:\n{questions}")
    replies = {f"q{n}": Reply("true") for n in range(right)}
    style = Style(colour=True)
    text = render_result(mark(asked, replies), None, "", style)
    assert text.startswith(style.paint(f"T: {right} of 10, {10 * right} %", colour))
    assert text.count("T: ") == (1 if right == 10 else 2)


def test_a_picture_stands_below_what_is_asked(tmp_path: Path) -> None:
    """With its spaces, and before the program."""
    text = "quiz: sample\ntitle: T\nquestions:\n- id: one\n  ask: Is it?\n  answer: true\n"
    picture = "  picture: |\n    k0 k1\n       █\n  code: print(1)\n"
    (question,) = load(tmp_path, text + picture).questions
    shown = render_question("T", 1, 1, question, None, Style())
    assert "Is it?\n\n  k0 k1\n     █\n\n  print(1)\n" in shown


def test_what_was_skipped_is_told_afterwards(tmp_path: Path) -> None:
    """When nothing more is asked, with what would have been right."""
    text = render_afterwards(mark(quiz(tmp_path, ONE), {}), Style())
    assert text == "Question 1. Is it?\nSkipped. Right is True\n"
