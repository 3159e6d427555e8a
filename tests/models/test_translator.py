"""The translator runs on a learner's functions, and on references where there are none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from grader.course.course import Course
from grader.errors import UsageError
from grader.exercise.model import Job, Output
from grader.grading import models as engine
from grader.grading.examiner import load_definition
from grader.grading.model_calls import Clock, ModelServer
from grader.grading.models import RunningModel, open_model
from grader.grading.trials import replaced
from grader.learner.outside.sandbox import Sandbox
from grader.records import Submission
from models.dates import dates, weights
from models.dates.model import read
from tests.conftest import ROOT
from tests.models.conftest import Together, written

Array = np.ndarray[Any, Any]
TEXT, ISO = "the 3rd of March, 2021", "2021-03-03"


def give(translator: RunningModel, own: Submission) -> None:
    """Let a translator run on one file of a learner's."""
    translator.functions = translator.functions._replace(own={own.exercise: own})


def recorded() -> tuple[str, ...]:
    """Return what PyTorch wrote for a thousand held-out dates."""
    with np.load(ROOT / "tests/pytorch/recorded/greedy_dates.npz") as file:
        return tuple(map(str, file["written"]))


def test_a_learner_who_has_all_of_it_translates_as_pytorch_does(
    together: Together, all_of_it: Sequence[str]
) -> None:
    """A thousand held-out dates, every one as PyTorch wrote it, and every one right."""
    pairs, translator = dates.held_out_pairs(1000), together(all_of_it)
    assert translator.answers([pair.text for pair in pairs]) == recorded()
    assert recorded() == tuple(pair.iso for pair in pairs)  # the lesson says so
    assert translator.credits.reference == ()
    assert {"softmax", "transformer"} <= set(translator.credits.yours)


@pytest.mark.parametrize(
    "names",
    [(), ("softmax",), ("transformer",), ("layer_norm", "attention", "decoder_block")],
    ids=lambda names: "+".join(names) or "none",
)
def test_references_and_a_learners_functions_lean_on_each_other(
    names: Sequence[str], together: Together
) -> None:
    """Whatever is theirs is used, wherever it stands; of the rest it is said that it is not."""
    translator = together(names)
    translation = translator.watch(TEXT)
    assert translation.answer == ISO
    assert set(translator.credits.yours) == set(names)
    assert len(translator.credits.reference) == 14 - len(names)
    assert not translation.borrowed


def test_the_picture_shows_shares_of_attention(
    together: Together, all_of_it: Sequence[str]
) -> None:
    """A row for each character and the stop, a column for each one read, shares that sum to 1."""
    (panel,) = together(all_of_it).watch("27-sep-1948").panels  # as long as what is written
    assert panel.values.shape == (len(panel.rows), len(panel.columns)) == (11, 11)
    np.testing.assert_allclose(panel.values.sum(axis=1), 1, atol=1e-5)


def test_attention_that_cannot_be_seen_is_borrowed(together: Together, course: Course) -> None:
    """Who does not call their own attention is shown the reference's, and told so."""
    translator = together(["multi_head_attention"])
    own = translator.functions.own["multi_head_attention"]
    inlined = own.source.replace(
        b"heads, _ = attention(query, key, value, mask)",
        b"heads = masked_softmax(query @ key.swapaxes(-1, -2) / 4.0, mask) @ value",
    ).replace(b"attention.attention import attention", b"attention.masking import masked_softmax")
    give(translator, own._replace(source=inlined))
    translation = translator.watch(TEXT)
    assert translation.borrowed
    assert translation.answer == ISO
    assert translation.panels[0].values.shape == (11, len(TEXT))


def test_what_is_taken_away_is_missed(
    together: Together, all_of_it: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is right without positions, next to nothing without masks, a part without scale."""
    monkeypatch.setattr(engine, "HELD_OUT", 50)
    ablations = together(all_of_it).ablations(("positions", "scaling", "masks", "masks"))
    right = {each.without: each for each in ablations}
    assert right[""].right == 50
    assert right["positions"].right <= 5
    assert 5 <= right["scaling"].right <= 25
    assert right["masks"].right <= 5
    assert not any(each.borrowed for each in right.values())


def test_while_it_writes_the_causal_mask_is_not_missed(course: Course) -> None:
    """Of the two masks it is the padding's alone that counts here, as the table's text says."""
    transformer = load_definition(course, "transformer").references["transformer"]
    decoder_block = load_definition(course, "decoder_block").references["decoder_block"]

    def all_seeing(x: Array, *rest: Any, **named: Any) -> Array:
        everything = np.ones((x.shape[-2], x.shape[-2]), dtype=bool)
        return decoder_block(x, *rest, **named, self_mask=everything)

    pairs = dates.held_out_pairs(20)
    source, lengths = dates.read_ids([pair.text for pair in pairs], dates.MAX_READ)
    target = np.full((20, 1), dates.START)
    with replaced(decoder_block, all_seeing):
        for _ in range(dates.MAX_WRITTEN):
            logits = transformer(source, target, weights.load(), weights.HEADS, lengths)
            target = np.concatenate([target, logits[:, -1:].argmax(axis=-1)], axis=1)
    assert [dates.written(row) for row in target[:, 1:]] == [pair.iso for pair in pairs]


def test_references_miss_the_same(
    together: Together, all_of_it: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taking something away is the same thing on both sides of the border."""
    monkeypatch.setattr(engine, "HELD_OUT", 4)
    theirs, ours = (together(names).ablations(["masks"]) for names in (all_of_it, ()))
    assert theirs == ours


def test_only_files_that_pass_are_used(scratch: Course, warm: Sandbox) -> None:
    """A right file is the learner's, a wrong one and a stub are stood in for."""
    for name in ("softmax", "layer_norm"):
        scratch.exercise_path(name).write_bytes(written(scratch, name).source)
    wrong = written(scratch, "add_norm").source.replace(b"x + sub", b"x - sub")
    scratch.exercise_path("add_norm").write_bytes(wrong)
    translator = open_model(scratch, "transformer", warm)
    assert translator and set(translator.functions.own) == {"softmax", "layer_norm"}


@pytest.mark.parametrize(
    ("ending", "message"),
    [
        ("raise KeyError('x')", r"exercises/attention/softmax\.py:\d+: .* KeyError"),
        ("__import__('os')._exit(3)", "exit code 3"),
        ("return None", "your functions stop the translator"),
    ],
)
def test_a_function_that_fails_in_the_model_is_named(
    ending: str, message: str, together: Together
) -> None:
    """Checks do not see everything; where the model stops, it is said where and why."""
    translator = together(["softmax"])
    own = translator.functions.own["softmax"]
    breaks = f"    if scores.shape[-1] == 32:\n        {ending}\n    shifted"
    broken = own.source.replace(b"    shifted", breaks.encode(), 1)
    give(translator, own._replace(source=broken))
    with pytest.raises(UsageError, match=message):
        translator.watch(TEXT)


def test_a_stand_in_is_given_nothing_too_large(together: Together) -> None:
    """The weights are large and known; anything else as large is refused."""
    functions = together(()).functions
    sent = frozenset(array.tobytes() for array in weights.flat(weights.load()).values())
    server = ModelServer(functions, frozenset(), sent, None, Clock(1.0))  # type: ignore[arg-type]
    call = {"kind": "call", "module": "exercises.attention.softmax", "function": "softmax"}
    wide = weights.load()["encoder"][0]["feed_forward"]["w_in"]
    assert "value" in (server.serve(call | {"args": (wide,), "kwargs": {}}) or {})
    reply = server.serve(call | {"args": (np.zeros((512, 512)),), "kwargs": {}})
    assert reply == {"type": "ValueError", "message": "softmax was given something too large"}


@pytest.mark.parametrize("module", [None, 1, np.arange(2), "exercises.attention.nothing", "os"])
def test_what_is_no_exercise_is_not_served(module: object, together: Together) -> None:
    """Whatever the learner's side asks for, there is an answer to it."""
    server = ModelServer(together(()).functions, frozenset(), frozenset(), None, Clock(1.0))  # type: ignore[arg-type]
    assert server.serve({"kind": "import", "module": module}) is None


IDS = np.zeros((1, dates.MAX_WRITTEN), dtype=int)


@pytest.mark.parametrize(
    "value",
    [
        None,
        IDS,
        {"ids": IDS},
        {"ids": IDS, "attention": [], "is_whole": "yes"},
        {"ids": IDS[0], "attention": [], "is_whole": True},
        {"ids": IDS / 2, "attention": [], "is_whole": True},
    ],
)
def test_what_is_no_translation_is_not_read_as_one(value: object) -> None:
    """What comes back from the learner's side may be anything."""
    with pytest.raises(UsageError, match="not a translation"):
        read(value, Job((TEXT,)))


@pytest.mark.parametrize("seen", [[], [None], [np.zeros(3)], [np.full((1, 4, 11, 32), "x")]])
def test_a_picture_is_drawn_of_attention_alone(seen: list[object]) -> None:
    """Anything else is no picture, and then not everything was seen."""
    output = read({"ids": IDS, "attention": seen, "is_whole": True}, Job((TEXT,), watched=True))
    assert output == Output(("00000000000",), (), False)


def test_a_released_course_says_what_is_to_be_written(
    together: Together, all_of_it: Sequence[str]
) -> None:
    """Where no reference is at hand, what is missing is asked for; once all is there, it runs."""
    everything, nothing = together(all_of_it), together(())
    for translator in (everything, nothing):
        translator.functions = translator.functions._replace(references={})
    assert everything.watch(TEXT).answer == ISO
    with pytest.raises(UsageError, match="grader grade attention"):
        nothing.watch(TEXT)
