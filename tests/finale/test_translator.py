"""The translator runs on a learner's functions, and on references where there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from grader.course import Course
from grader.errors import UsageError
from grader.finale import dates, weights
from grader.finale.company import Company
from grader.finale.translator import Translator, open_translator
from grader.learner.sandbox import Sandbox
from tests.conftest import ROOT
from tests.finale.conftest import Together, written

TEXT, ISO = "the 3rd of March, 2021", "2021-03-03"


def recorded() -> tuple[str, ...]:
    """Return what PyTorch wrote for a thousand held-out dates."""
    with np.load(ROOT / "tests/pytorch/recorded/greedy_dates.npz") as file:
        return tuple(map(str, file["written"]))


def test_a_learner_who_has_all_of_it_translates_as_pytorch_does(
    together: Together, all_of_it: Sequence[str]
) -> None:
    """A thousand held-out dates, every one as PyTorch wrote it, and 99 in 100 right."""
    pairs, translator = dates.held_out_pairs(1000), together(all_of_it)
    assert translator.translate([pair.text for pair in pairs]) == recorded()
    right = sum(got == pair.iso for got, pair in zip(recorded(), pairs, strict=True))
    assert right >= 990
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
    """Whatever is theirs is used, wherever it stands, and the rest is said to be the reference's."""
    translator = together(names)
    translation = translator.watch(TEXT)
    assert translation.target == ISO
    assert set(translator.credits.yours) == set(names)
    assert len(translator.credits.reference) == 14 - len(names)
    assert not translation.borrowed


def test_the_picture_shows_shares_of_attention(
    together: Together, all_of_it: Sequence[str]
) -> None:
    """A row for each character and the stop, a column for each one read, shares that sum to 1."""
    translation = together(all_of_it).watch("27-sep-1948")  # as long as what is written
    assert translation.attention.shape == (11, 11)
    np.testing.assert_allclose(translation.attention.sum(axis=1), 1, atol=1e-5)


def test_attention_that_cannot_be_seen_is_borrowed(together: Together, course: Course) -> None:
    """Who does not call their own attention is shown the reference's, and told so."""
    translator = together(["multi_head_attention"])
    own = translator.own["multi_head_attention"]
    inlined = own.source.replace(
        b"heads, _ = attention(query, key, value, mask)",
        b"heads = masked_softmax(query @ key.swapaxes(-1, -2) / 4.0, mask) @ value",
    ).replace(b"attention.attention import attention", b"attention.masking import masked_softmax")
    translator.own = {"multi_head_attention": own._replace(source=inlined)}
    translation = translator.watch(TEXT)
    assert translation.borrowed
    assert translation.target == ISO
    assert translation.attention.shape == (11, len(TEXT))


def test_what_is_taken_away_is_missed(together: Together, all_of_it: Sequence[str]) -> None:
    """Nothing is right without positions, little without masks, and less without the scale."""
    pairs, translator = dates.held_out_pairs(100), together(all_of_it)
    right = {what: translator.ablate(what, pairs) for what in ("", "positions", "scaling", "masks")}
    assert right[""].right >= 99
    assert right["positions"].right <= 5
    assert right["scaling"].right <= 95
    assert right["masks"].right <= 50
    assert not any(each.borrowed for each in right.values())


def test_references_miss_the_same(together: Together, all_of_it: Sequence[str]) -> None:
    """Taking something away is the same thing on both sides of the border."""
    pairs = dates.held_out_pairs(16)
    for what in ("positions", "masks"):
        theirs, ours = together(all_of_it).ablate(what, pairs), together(()).ablate(what, pairs)
        assert theirs == ours


def test_only_files_that_pass_are_used(lived_in: Course, warm: Sandbox) -> None:
    """A right file is the learner's, a wrong one and a stub are stood in for."""
    for name in ("softmax", "layer_norm"):
        lived_in.exercise_path(name).write_bytes(written(lived_in, name).source)
    wrong = written(lived_in, "add_norm").source.replace(b"x + sub", b"x - sub")
    lived_in.exercise_path("add_norm").write_bytes(wrong)
    assert set(open_translator(lived_in, warm).own) == {"softmax", "layer_norm"}


def test_a_function_that_fails_in_the_model_is_named(together: Together) -> None:
    """Checks do not see everything; where the model stops, it says at which line."""
    translator = together(["softmax"])
    own = translator.own["softmax"]
    source = own.source.replace(b"    shifted", b"    assert scores.shape[-1] != 32\n    shifted")
    translator.own = {"softmax": own._replace(source=source)}
    with pytest.raises(UsageError, match=r"softmax\.py:\d+: .* AssertionError"):
        translator.watch(TEXT)


def test_functions_that_call_each_other_without_end_are_stopped(together: Together) -> None:
    """A softmax that leans on a reference that leans on softmax ends in a message."""
    translator = together(["softmax"])
    source = b"from exercises.attention.masking import masked_softmax as softmax\n"
    translator.own = {"softmax": translator.own["softmax"]._replace(source=source)}
    with pytest.raises(UsageError, match="your functions stop the translator"):
        translator.watch(TEXT)


def test_a_stand_in_is_given_nothing_too_large(together: Together) -> None:
    """The weights are large and known; anything else as large is refused."""
    translator = together(())
    known = frozenset(array.tobytes() for array in weights.flat(weights.load()).values())
    company = Company(translator.course, {}, frozenset(), known, None, 1.0)  # type: ignore[arg-type]
    call = {"kind": "call", "module": "exercises.attention.softmax", "function": "softmax"}
    wide = weights.load()["encoder"][0]["feed_forward"]["w_in"]
    assert "value" in (company.serve(call | {"args": (wide,), "kwargs": {}}) or {})
    reply = company.serve(call | {"args": (np.zeros((512, 512)),), "kwargs": {}})
    assert reply == {"type": "ValueError", "message": "softmax was given something too large"}


def test_a_released_course_says_what_is_to_be_written(course: Course, warm: Sandbox) -> None:
    """Where no reference is at hand, the first function that is missing is asked for."""
    released = course._replace(release="2026")
    with pytest.raises(UsageError, match="grader grade transformer"):
        Translator(released, {}, warm).watch(TEXT)
