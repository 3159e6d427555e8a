"""What a key makes a diagnosis do: each thing once, however many suspects and functions it has."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.course.answer_key import Draw
from grader.course.course import read_course
from grader.course.sketches import sketch
from grader.grading.diagnose import sketched
from grader.grading.diagnose.hypotheses import Hypothesis
from grader.grading.diagnose.sketched import once, remembering
from grader.grading.examiner import draw_paper
from grader.records import Returned
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


def test_an_answer_is_sketched_once_for_all_suspects(monkeypatch: pytest.MonkeyPatch) -> None:
    """And its margins are worked out once, where it may be a suspect's by its outline."""
    made: list[str] = []

    def counted(name: str) -> Any:
        work = getattr(sketched, name)
        return lambda *objects: made.append(name) or work(*objects)

    for name in ("sketch", "_margins"):
        monkeypatch.setattr(sketched, name, counted(name))
    paper = draw_paper(read_course(RELEASED), "double", 0)
    trial = paper.trials[0]
    answer = Returned(np.ones(5), trial.inputs)
    others = [Returned(sketch(np.arange(5.0) + n), trial.inputs) for n in range(20)]
    suspects = [Hypothesis("mistake", None, "", lambda _, other=other: other) for other in others]
    with remembering():
        assert not any(each.certainty([(trial, answer)]) for each in suspects)
    assert made == ["sketch", "_margins"]


def test_an_answer_is_compared_once_with_the_right_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """That is what most suspects answer to most trials."""
    compared: list[object] = []
    monkeypatch.setattr(
        "grader.grading.diagnose.hypotheses.agree", lambda *both: compared.append(both)
    )
    trial = draw_paper(read_course(RELEASED), "double", 0).trials[0]
    suspects = [Hypothesis("mistake", None, "", lambda t: t.wanted) for _ in range(20)]
    answer = Returned(np.ones(5), trial.inputs)
    with remembering():
        assert not any(each.certainty([(trial, answer)]) for each in suspects)
    assert len(compared) == 1


def test_only_so_much_is_remembered_and_nothing_after_a_diagnosis(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All that is remembered of an answer is kept with it."""
    monkeypatch.setattr(sketched, "MOST", 3)
    made: list[float] = []
    values = [n + 0.5 for n in range(4)]
    with remembering():
        for value in (*values[:3], *values[:3], values[3], values[0]):
            once(made.append, value)
    assert made == [*values, values[0]]
    once(made.append, values[0])
    assert len(made) == 6
