"""A page is learned, and continued, with a learner's functions and with references."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from grader.course.course import Course
from grader.errors import UsageError
from grader.exercise.model import Job
from grader.grading.model_files import Choice
from grader.grading.models import RunningModel, open_model
from grader.learner.outside.sandbox import Sandbox
from models.bigram.model import normalise, read
from tests.conftest import Ended
from tests.models.conftest import written

TEXTS = ("The fox", "One morning")
PIECES = ("tokenization", "embedding", "next_token", "decoding")


@pytest.fixture
def writer(course: Course, warm: Sandbox) -> Callable[[Sequence[str]], RunningModel]:
    """Return what makes the model of some exercises of a learner's, and references."""

    def writer(names: Sequence[str]) -> RunningModel:
        running = open_model(course, "decoding", warm, choice=Choice.NONE)
        assert running
        own = {name: written(course, name) for name in names}
        running.functions = running.functions._replace(own=own)
        return running

    return writer


def test_it_writes_the_same_whoever_s_functions_it_runs_on(writer: Any, course: Course) -> None:
    """All the learner's, all references, or some of each: the same tokens are drawn."""
    alone = writer([]).answers(TEXTS)
    everything = writer([*course.earlier("decoding"), "decoding"])
    assert everything.answers(TEXTS) == alone
    assert everything.credits.reference == ()
    assert writer(["tokenization", "decoding"]).answers(TEXTS) == alone
    assert all(text.startswith(begun) for text, begun in zip(alone, TEXTS, strict=True))
    assert alone != TEXTS


def test_it_uses_every_piece(writer: Any) -> None:
    """What the unit is about is all called."""
    running = writer(PIECES)
    running.answers(TEXTS)
    assert set(PIECES) <= set(running.credits.yours)


def test_the_loss_falls(writer: Any) -> None:
    """It is measured from before the first step on, and falls to less than a third."""
    falling, following = writer([]).watch("The fox").panels
    losses = falling.values
    assert (np.diff(losses) < 0).all()
    assert losses[-1] < losses[0] / 3
    assert following.values.sum() <= 1


def test_a_prompt_is_of_characters_of_the_page() -> None:
    """What has no token, and nothing at all, is refused in words."""
    assert normalise("The\nfox ") == "The fox "
    with pytest.raises(UsageError, match="the page has no 'ß'"):
        normalise("The fuß")
    with pytest.raises(UsageError, match="nothing to continue"):
        normalise("  ")


@pytest.mark.parametrize(
    "changed",
    [
        {"texts": ["one"]},
        {"texts": [1, 2]},
        {"losses": [1.0]},
        {"losses": np.ones(9_999)},
        {"signs": ["x", 2]},
        {"row": np.ones(4)},
        {"signs": []},
    ],
    ids=str,
)
def test_what_is_no_text_is_refused(changed: dict[str, Any]) -> None:
    """Whatever a learner's functions return is believed no further than it is what was asked."""
    value = {"texts": ["a", "b"], "losses": np.ones(2), "row": np.ones(2), "signs": ["x", "y"]}
    assert read(value, Job(TEXTS)).answers == ("a", "b")
    with pytest.raises(UsageError):
        read(value | changed, Job(TEXTS, watched=True))


def test_pictures_come_before_the_model(grader: Callable[..., Ended]) -> None:
    """An exercise may have both; asked for one text, it is the model alone."""
    both = grader("show", "decoding").out
    assert both.index("temperature and top k") < both.index("A page, learned token by token")
    alone = grader("show", "decoding", "--text", "The owl").out
    assert alone.startswith("The owl  ->  The owl")
    assert "temperature and top k" not in alone
