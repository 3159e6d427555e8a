"""What must hold from logits to a text: properties of unit 3, and the exact edges of sampling."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solutions.attention.masking import causal_mask
from solutions.attention.self_attention import self_attention
from solutions.attention.softmax import softmax
from solutions.text.decoding import generate, greedy, sample, top_k_filter
from solutions.text.embedding import embed, unembed
from solutions.text.kv_cache import decode_step
from solutions.text.next_token import cross_entropy, log_probabilities

lengths = st.integers(1, 6)
batches = st.lists(st.integers(1, 3), max_size=2).map(tuple)
generators = st.integers(0, 2**32 - 1).map(np.random.default_rng)
draws = st.floats(0, 1, exclude_max=True)
EVEN = np.zeros(4)  # four tokens, each with the probability 1/4 exactly


@pytest.mark.parametrize(
    ("draw", "wanted"),
    [
        (0.0, 0),
        (np.nextafter(0.25, 0), 0),
        (0.25, 1),
        (np.nextafter(0.25, 1), 1),
        (np.nextafter(0.5, 0), 1),
        (0.5, 2),
        (0.75, 3),
        (np.nextafter(1.0, 0), 3),
    ],
)
def test_a_draw_on_an_edge_belongs_to_the_next_token(draw: float, wanted: int) -> None:
    """A cumulative probability has to exceed the draw."""
    assert sample(EVEN, draw) == wanted


@given(draws, st.integers(1, 40))
def test_every_draw_finds_a_token_that_may_come(draw: float, size: int) -> None:
    """Whatever rounding does to the last sum, the id is one of the vocabulary."""
    logits = np.full(size + 2, -np.inf)
    logits[1:-1] = 0.3
    assert 1 <= sample(logits, draw) <= size


@given(generators, draws, st.integers(1, 8))
def test_a_sampled_token_is_the_first_to_exceed_the_draw(rng, draw: float, size: int) -> None:
    """The sum up to it exceeds the draw, and the sum before it does not."""
    logits = 3 * rng.normal(size=size)
    chosen = sample(logits, draw)
    sums = np.concatenate([[0.0], np.cumsum(softmax(logits))])
    assert sums[chosen] <= draw
    assert sums[chosen + 1] > draw or chosen == size - 1


@given(generators, st.integers(1, 8), st.integers(1, 12), draws)
def test_top_k_lets_k_tokens_come(rng, size: int, k: int, draw: float) -> None:
    """As many stay as asked for, or all; they are the best; and no draw finds another."""
    logits = rng.permutation(size) / 2.0
    filtered = top_k_filter(logits, k)
    kept = np.flatnonzero(filtered > -np.inf)
    assert set(kept) == set(np.argsort(-logits)[:k])
    assert np.array_equal(filtered[kept], logits[kept])
    assert sample(filtered, draw) in kept


@given(generators, st.integers(1, 5), st.integers(0, 6), st.integers(0, 5), st.booleans())
def test_a_text_goes_on_from_its_prompt(rng, size, max_new, stop_id, is_drawn) -> None:
    """It begins with the prompt and ends at the first new stop, or when it is long enough."""
    prompt = [int(each) for each in rng.integers(size, size=3)]
    some = rng.uniform(size=max_new) if is_drawn else None
    ids = generate(rng.normal(size=(size, size)), list(prompt), max_new, stop_id, draws=some)
    new = ids[3:]
    assert ids[:3] == prompt
    assert stop_id not in new[:-1]
    assert len(new) == max_new or new[-1] == stop_id


@given(generators, st.integers(1, 8))
def test_greedy_takes_the_first_of_equals(rng, size: int) -> None:
    """Nothing before it is as large, and nothing behind it larger."""
    logits = rng.integers(3, size=size).astype(float)
    chosen = greedy(logits)
    assert (logits[:chosen] < logits[chosen]).all()
    assert (logits[chosen:] <= logits[chosen]).all()


@given(generators, batches, lengths, st.integers(1, 7))
def test_log_probabilities_are_those_of_softmax(rng, batch, n, size) -> None:
    """Their exponentials sum to 1, and the loss of a target is minus its own."""
    logits = 20 * rng.normal(size=(*batch, n, size))
    log_p = log_probabilities(logits)
    assert np.allclose(np.exp(log_p), softmax(logits), rtol=1e-12, atol=0)
    token = int(rng.integers(size))
    targets = np.full((*batch, n), token)
    assert np.isclose(cross_entropy(logits, targets), -log_p[..., token].mean())


@given(generators, lengths, st.integers(2, 7))
def test_what_is_ignored_does_not_matter(rng, n, size) -> None:
    """The loss is that of the kept positions alone; without any it is NaN."""
    logits, targets = rng.normal(size=(n, size)), rng.integers(size, size=n)
    kept = rng.random(n) < 0.5
    loss = cross_entropy(logits, np.where(kept, targets, -100))
    alone = cross_entropy(logits[kept], targets[kept])
    assert np.isnan(loss) if not kept.any() else np.isclose(loss, alone)


@given(generators, batches, lengths, st.integers(1, 7), lengths)
def test_embedding_is_a_product_with_one_hot_rows(rng, batch, n, size, d) -> None:
    """A row is looked up bit by bit, and its own logit is the square of its length."""
    ids, table = rng.integers(size, size=(*batch, n)), rng.normal(size=(size, d))
    x = embed(ids, table)
    assert np.array_equal(x, np.eye(size)[ids] @ table)
    own = np.take_along_axis(unembed(x, table), ids[..., None], axis=-1)[..., 0]
    assert np.allclose(own, (x * x).sum(axis=-1))


@given(generators, batches, lengths, lengths, lengths, lengths)
def test_steps_with_a_cache_are_causal_self_attention(rng, batch, n, d, d_k, d_v) -> None:
    """One token at a time, each handed the cache of the one before, gives all outputs at once."""
    x = rng.normal(size=(*batch, n, d))
    weights = [rng.normal(size=(d, width)) for width in (d_k, d_k, d_v)]
    cache, outputs = None, []
    for t in range(n):
        output, cache = decode_step(x[..., t : t + 1, :], cache, *weights)
        outputs.append(output)
    whole = self_attention(x, *weights, mask=causal_mask(n))
    assert np.allclose(np.concatenate(outputs, axis=-2), whole, rtol=1e-10, atol=1e-10)
