"""What a key makes a diagnosis do: each thing once, however many suspects and functions it has."""

from __future__ import annotations

import pytest

from grader.course.answer_key import Draw
from grader.course.course import read_course
from grader.grading.examiner import draw_paper
from tests.attacks.bounds import RELEASED


def test_the_probes_of_a_key_are_read_once_for_all_functions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They are in one part of its draw."""
    read: list[int] = []
    monkeypatch.setattr(Draw, "probes", property(lambda draw: read.append(draw.seed) or {}))
    monkeypatch.setattr("grader.grading.diagnose.probes.probes_of", lambda *_: ())
    paper = draw_paper(read_course(RELEASED), "double", 0)
    for function in ("double", "another", "a third"):
        paper.examiner.probes(paper, function)
    assert len(read) == 1
