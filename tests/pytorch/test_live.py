"""The course's solutions against the PyTorch that is installed, in both precisions."""

import numpy as np
import pytest
from samples import outputs, samples

pytest.importorskip("torch", minversion="2.5")  # older ones answer an empty row with NaN
pytestmark = pytest.mark.wide

import gpt_writes  # noqa: E402
import greedy  # noqa: E402
import oracles  # noqa: E402

from models.gpt.weights import load  # noqa: E402
from solutions.text.tokenization import encode  # noqa: E402


def test_solutions_agree_with_pytorch(exercise, references):
    """Every sample gives what PyTorch gives in float64, to ten digits."""
    for call in samples(exercise):
        for yours, wanted in answers(references, call):
            np.testing.assert_allclose(
                yours, wanted, rtol=1e-10, atol=1e-10, strict=True, err_msg=call.function
            )


def test_solutions_agree_with_pytorch_in_single_precision(exercise, references):
    """Every sample gives what PyTorch gives in float32, and stays float32 where PyTorch does."""
    for call in samples(exercise):
        for yours, wanted in answers(references, single(call)):
            atol = 3e-5 * np.abs(wanted[np.isfinite(wanted)]).max(initial=0.0)
            np.testing.assert_allclose(
                yours, wanted, rtol=2e-4, atol=atol, strict=True, err_msg=call.function
            )


def test_the_translator_writes_what_was_recorded():
    """The PyTorch that is installed translates dates as the one of the record did."""
    assert greedy.greedy(100) == greedy.read()[:100]


def test_the_gpt_writes_what_was_recorded():
    """The PyTorch that is installed goes on as the one of the record did, with the same logits."""
    logits, ids = gpt_writes.read()
    np.testing.assert_allclose(gpt_writes.logits(), logits, atol=1e-4)
    prompt = encode(gpt_writes.PROMPT, load().merges)
    np.testing.assert_array_equal(gpt_writes.greedy(prompt, 40), ids[:40])


def answers(references, call):
    """Return pairs of the course's and PyTorch's outputs."""
    with np.errstate(invalid="ignore"):  # some processors flag sound products; NaN is compared
        yours = outputs(references[call.function](*call.args, **call.kwargs))
    return zip(yours, outputs(oracles.oracle(*call)), strict=True)


def single(value):
    """Return `value` with every float64 array in it as float32."""
    if isinstance(value, dict):
        return {name: single(entry) for name, entry in value.items()}
    if isinstance(value, (list, tuple)):
        entries = map(single, value)
        return type(value)(*entries) if hasattr(value, "_fields") else type(value)(entries)
    is_double = isinstance(value, np.ndarray) and value.dtype == np.float64
    return value.astype(np.float32) if is_double else value
