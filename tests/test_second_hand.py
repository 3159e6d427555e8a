"""References against answers by somebody who saw the stubs alone, on shapes drawn at random.

They are attempts in tests/learners, which import earlier exercises: the references are served.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solutions.attention.softmax import softmax
from solutions.families import attention_patterns, graph_attention, t5
from solutions.long_sequences import linear_attention, local_attention, memory_efficient_attention
from tests.learners.table import FOLDER

lengths, batches = st.integers(1, 5), st.lists(st.integers(1, 3), max_size=2).map(tuple)
generators = st.integers(0, 2**32 - 1).map(np.random.default_rng)
HANDS = ("right_blind_1", "right_blind_2")


def answers(exercise: str, hand: str) -> dict[str, Any]:
    """Return what an attempt defines."""
    source = (FOLDER / exercise / f"{hand}.py").read_text("utf-8")
    names: dict[str, Any] = {}
    exec(source.replace("from exercises.", "from solutions."), names)
    return names


def agree(one: Any, other: Any) -> bool:
    """Tell whether two results are the same to ten digits."""
    return bool(np.allclose(one, other, rtol=1e-10, atol=1e-10))


@pytest.mark.parametrize("hand", HANDS)
@settings(max_examples=40)
@given(rng=generators, n=st.integers(1, 8), d_in=lengths, d_out=lengths)
def test_graphs(hand: str, rng: Any, n: int, d_in: int, d_out: int) -> None:
    """Some nodes have no neighbour."""
    x, w = rng.normal(size=(n, d_in)), rng.normal(size=(d_in, d_out))
    given_ = x, rng.random((n, n)) < 0.4, w, *rng.normal(size=(2, d_out))
    second = answers("graph_attention", hand)["graph_attention"]
    assert agree(second(*given_), graph_attention.graph_attention(*given_))


@pytest.mark.parametrize("hand", HANDS)
@settings(max_examples=40)
@given(rng=generators, batch=batches, n=lengths, d_k=lengths, d_v=lengths, causal=st.booleans())
def test_linear(
    hand: str, rng: Any, batch: tuple[int, ...], n: int, d_k: int, d_v: int, causal: bool
) -> None:
    """Both ways round, with values as wide as they like to be."""
    query, key = rng.normal(size=(2, *batch, n, d_k))
    value = rng.normal(size=(*batch, n, d_v))
    second = answers("linear_attention", hand)["linear_attention"]
    right = linear_attention.linear_attention(query, key, value, causal)
    assert agree(second(query, key, value, causal), right)


@pytest.mark.parametrize("hand", HANDS)
@settings(max_examples=40)
@given(rng=generators, batch=batches, n=lengths, d_k=lengths, d_v=lengths, size=st.integers(0, 6))
def test_windows_and_blocks(
    hand: str, rng: Any, batch: tuple[int, ...], n: int, d_k: int, d_v: int, size: int
) -> None:
    """Windows and blocks shorter and longer than the text."""
    query, key = rng.normal(size=(2, *batch, n, d_k))
    value = rng.normal(size=(*batch, n, d_v))
    second = answers("local_attention", hand)["local_attention"]
    right = local_attention.local_attention(query, key, value, size)
    assert agree(second(query, key, value, size), right)
    second = answers("memory_efficient_attention", hand)["memory_efficient_attention"]
    for causal in (False, True):
        given_ = query, key, value, size + 1, causal
        right = memory_efficient_attention.memory_efficient_attention(*given_)
        assert agree(second(*given_), right)


@pytest.mark.parametrize("hand", HANDS)
@settings(max_examples=40)
@given(rng=generators, batch=batches, layers=lengths, h=lengths, n=st.integers(2, 6))
def test_patterns(hand: str, rng: Any, batch: tuple[int, ...], layers: int, h: int, n: int) -> None:
    """Some rows have no weights at all."""
    weights = softmax(5 * rng.normal(size=(layers, *batch, h, n, n)))
    weights[rng.random(weights.shape[:-1]) < 0.2] = 0
    second = answers("attention_patterns", hand)
    for name in ("previous_token_score", "entropy", "rollout"):
        assert agree(second[name](weights), getattr(attention_patterns, name)(weights))


@pytest.mark.parametrize("hand", HANDS)
@settings(max_examples=40)
@given(rng=generators, n=st.integers(1, 40))
def test_buckets_and_spans(hand: str, rng: Any, n: int) -> None:
    """The defaults of the paper, and spans that may touch."""
    second, distance = answers("t5", hand), np.arange(-400, 401)
    right = t5.relative_position_bucket(distance)
    assert np.array_equal(second["relative_position_bucket"](distance), right)
    cuts = np.unique(rng.integers(0, n + 1, size=2 * rng.integers(0, 4)))
    starts, ends = cuts[: len(cuts) // 2 * 2].reshape(-1, 2).T
    given_ = rng.integers(0, 32_000, size=n), starts, ends - starts, 32_099
    mine, theirs = second["span_corruption"](*given_), t5.span_corruption(*given_)
    assert all(map(np.array_equal, mine, theirs))
