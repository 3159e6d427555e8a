"""Questions, verdicts and results as text."""

from __future__ import annotations

from pathlib import Path

from grader.present.quiz import render_result, render_verdict
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
