"""Questions, verdicts and results as text."""

from __future__ import annotations

from pathlib import Path

from grader.present.quiz_text import (
    render_afterwards,
    render_question,
    render_result,
    render_verdict,
)
from grader.present.style import Style
from grader.quiz.mark import Verdict, mark
from grader.quiz.model import Quiz
from grader.quiz.reply import Reply
from tests.quiz.samples import load

ONE = "{document: paper, section: Attention}"
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
    """One section in a line, several in a list."""
    (question,) = quiz(tmp_path, ONE).questions
    text = render_verdict(Verdict(question, Reply("true")), Style())
    assert text == 'CORRECT  True\n\nSource: "A paper", section "Attention"\n'
    (question,) = quiz(tmp_path, TWO).questions
    text = render_verdict(Verdict(question, Reply("true")), Style())
    listed = '- "A paper", section "Attention"\n- "A paper", section "Introduction"\n'
    assert text == f"CORRECT  True\n\nSources:\n{listed}"


def test_what_to_revise_names_every_section(tmp_path: Path) -> None:
    """All of them stand beside the question that was not right."""
    text = render_result(mark(quiz(tmp_path, TWO), {}), None, "", Style(width=200))
    sections = '"A paper", section "Attention"; "A paper", section "Introduction"'
    assert f"- one, skipped ({sections})" in text
