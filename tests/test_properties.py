"""What must hold for any numbers: properties of the references, on inputs that are searched."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from solutions.attention.attention import attention
from solutions.attention.attention_scores import additive_scores, scaled_dot_scores
from solutions.attention.masking import causal_mask, masked_softmax, padding_mask
from solutions.attention.multi_head import merge_heads, split_heads
from solutions.attention.self_attention import self_attention
from solutions.attention.softmax import softmax
from solutions.drawing import draw_blocks, draw_decoder_block, draw_ids, draw_model
from solutions.long_sequences.linear_attention import linear_attention
from solutions.long_sequences.local_attention import local_attention
from solutions.long_sequences.memory_efficient_attention import memory_efficient_attention
from solutions.long_sequences.sparse_attention import block_sparse_attention
from solutions.transformer.add_norm import add_norm
from solutions.transformer.decoder_block import decoder_block
from solutions.transformer.encoder import encoder
from solutions.transformer.transformer import transformer

lengths = st.integers(1, 6)
batches = st.lists(st.integers(1, 3), max_size=2).map(tuple)
generators = st.integers(0, 2**32 - 1).map(np.random.default_rng)
magnitudes = st.sampled_from([0.01, 1.0, 100.0, 10_000.0])


def close(yours: np.ndarray, wanted: np.ndarray) -> bool:
    """Tell whether two arrays have the same shape and, but for rounding, the same numbers."""
    return yours.shape == wanted.shape and np.allclose(yours, wanted, rtol=1e-9, atol=1e-9)


@given(generators, batches, lengths, magnitudes)
def test_softmax_sums_to_one(rng, batch, n, magnitude) -> None:
    """Weights are not negative, and along the axis their sum is 1."""
    weights = softmax(magnitude * rng.normal(size=(*batch, n)))
    assert (weights >= 0).all()
    assert close(weights.sum(axis=-1), np.ones(batch))


@given(generators, batches, lengths, magnitudes)
def test_softmax_ignores_a_shift(rng, batch, n, magnitude) -> None:
    """A number added to every score of a row changes none of its weights."""
    scores = rng.integers(-8, 9, size=(*batch, n)).astype(float)
    shift = magnitude * rng.integers(-8, 9, size=(*batch, 1))
    assert close(softmax(scores + shift), softmax(scores))


@given(generators, batches, lengths, lengths)
def test_masked_weights_are_shares_of_one_or_of_nothing(rng, batch, n_query, n_key) -> None:
    """A row of weights sums to 1 where any key is allowed and to 0 where none is."""
    mask = rng.random((*batch, n_query, n_key)) < 0.4
    weights = masked_softmax(rng.normal(size=mask.shape), mask)
    assert close(weights.sum(axis=-1), mask.any(axis=-1).astype(float))
    assert not weights[~mask].any()


@given(generators, batches, lengths, lengths, lengths)
def test_merging_undoes_splitting(rng, batch, n, h, d_head) -> None:
    """Split into any number of heads and merged again, an array is what it was, bit by bit."""
    x = rng.normal(size=(*batch, n, h * d_head))
    assert np.array_equal(merge_heads(split_heads(x, h)), x)


@given(generators, batches, lengths, lengths, lengths)
def test_scores_are_of_pairs(rng, batch, n_query, n_key, d) -> None:
    """A score depends on its own query and key, whoever else is there."""
    query, key = rng.normal(size=(*batch, n_query, d)), rng.normal(size=(*batch, n_key, d))
    weights = rng.normal(size=(d, 3)), rng.normal(size=(d, 3)), rng.normal(size=3)
    one, other = slice(-1, None), slice(0, 1)
    alone = query[..., one, :], key[..., other, :]
    additive, scaled = additive_scores(query, key, *weights), scaled_dot_scores(query, key)
    assert close(additive_scores(*alone, *weights), additive[..., one, other])
    assert close(scaled_dot_scores(*alone), scaled[..., one, other])


@given(generators, batches, lengths, lengths)
def test_self_attention_is_permutation_equivariant(rng, batch, n, d) -> None:
    """Positions in another order give the same outputs, in that other order."""
    x, order = rng.normal(size=(*batch, n, d)), rng.permutation(n)
    weights = rng.normal(size=(3, d, 4))
    assert close(
        self_attention(x[..., order, :], *weights), self_attention(x, *weights)[..., order, :]
    )


@given(generators, batches, lengths, lengths)
def test_what_a_causal_position_sees_has_no_future(rng, batch, n, d) -> None:
    """Under a causal mask, outputs up to t stay as they are when everything after t changes."""
    x, weights, t = rng.normal(size=(*batch, n, d)), rng.normal(size=(3, d, 4)), rng.integers(n)
    changed = x.copy()
    changed[..., t + 1 :, :] = 100 * rng.normal(size=x[..., t + 1 :, :].shape)
    before, after = (self_attention(y, *weights, mask=causal_mask(n)) for y in (x, changed))
    assert close(after[..., : t + 1, :], before[..., : t + 1, :])


@given(generators, lengths, lengths)
def test_what_is_padding_does_not_matter(rng, batch, n) -> None:
    """Behind a padding mask, an encoder's outputs for real positions ignore the rest."""
    x, blocks = rng.normal(size=(batch, n, 4)), draw_blocks(rng, 2, 4, 6)
    real = padding_mask(rng.integers(0, n + 1, size=batch), n)
    changed = np.where(np.swapaxes(real, -1, -2), x, 100 * rng.normal(size=x.shape))
    before, after = (encoder(y, blocks, 2, mask=real) for y in (x, changed))
    assert close(after[real[:, 0]], before[real[:, 0]])


@given(generators, batches, lengths, lengths)
def test_an_encoder_without_blocks_is_the_identity(rng, batch, n, d) -> None:
    """A stack of no blocks returns its input."""
    x = rng.normal(size=(*batch, n, d))
    assert np.array_equal(encoder(x, [], 1), x)


@given(generators, batches, lengths, lengths)
def test_stacks_can_be_cut_anywhere(rng, batch, n, count) -> None:
    """Two stacks, one behind the other, are one stack."""
    x, blocks = rng.normal(size=(*batch, n, 4)), draw_blocks(rng, count, 4, 6)
    cut = rng.integers(count + 1)
    lower = encoder(x, blocks[:cut], 2)
    assert close(encoder(lower, blocks[cut:], 2), encoder(x, blocks, 2))


@given(generators, batches, lengths, st.integers(3, 8), magnitudes)
def test_every_sum_is_brought_to_the_same_size(rng, batch, n, d, magnitude) -> None:
    """Behind add & norm with a plain gain and bias, vectors have mean 0 and length sqrt(d)."""
    x, sublayer_output = magnitude * rng.normal(size=(2, *batch, n, d))
    y = add_norm(x, sublayer_output, np.ones(d), np.zeros(d), eps=0.0)
    assert close(y.mean(axis=-1), np.zeros((*batch, n)))
    assert close((y * y).mean(axis=-1), np.ones((*batch, n)))


@given(generators, batches, lengths, lengths)
def test_the_order_of_the_memory_does_not_matter(rng, batch, n, n_memory) -> None:
    """A decoder block reads a memory as a set: its order is for positions to tell."""
    x, memory = rng.normal(size=(*batch, n, 4)), rng.normal(size=(*batch, n_memory, 4))
    params, order = draw_decoder_block(rng, 4, 6), rng.permutation(n_memory)
    shuffled = decoder_block(x, memory[..., order, :], params, 2)
    assert close(shuffled, decoder_block(x, memory, params, 2))


@given(generators, lengths, lengths)
def test_logits_do_not_depend_on_later_targets(rng, n_source, n_target) -> None:
    """The guess at position t stays the same when the target after t changes."""
    (source, target), params = draw_ids(rng, 2, (n_source, n_target)), draw_model(rng)
    t = rng.integers(n_target)
    changed = target.copy()
    changed[:, t + 1 :] = rng.integers(6, size=changed[:, t + 1 :].shape)
    before, after = (transformer(source, y, params, 2) for y in (target, changed))
    assert close(after[:, : t + 1], before[:, : t + 1])


@given(generators, lengths, lengths)
def test_logits_do_not_depend_on_the_padding_of_the_source(rng, n_source, n_target) -> None:
    """A padded source gives the same logits as that source without its padding."""
    (source, target), params = draw_ids(rng, 1, (n_source, n_target)), draw_model(rng)
    length = rng.integers(1, n_source + 1, size=1)
    padded = transformer(source, target, params, 2, source_lengths=length)
    assert close(transformer(source[:, : length[0]], target, params, 2), padded)


@given(generators, lengths, lengths)
def test_a_position_that_sees_nothing_spoils_nothing(rng, n, n_memory) -> None:
    """With every key forbidden in both attentions, a decoder block's output is finite."""
    x, memory = rng.normal(size=(n, 4)), rng.normal(size=(n_memory, 4))
    masks = np.zeros((n, n), dtype=bool), np.zeros((n, n_memory), dtype=bool)
    assert np.isfinite(decoder_block(x, memory, draw_decoder_block(rng, 4, 6), 2, *masks)).all()


def draw_three(rng, batch, n, d):
    """Draw queries, keys and values of one length."""
    return rng.normal(size=(3, *batch, n, d))


@given(generators, batches, lengths, lengths, lengths)
def test_what_saves_memory_gives_full_attention(rng, batch, blocks, block_size, d) -> None:
    """In blocks, with a window over everything, or a layout that names all, nothing is changed."""
    n = blocks * block_size
    arrays = draw_three(rng, batch, n, d)
    wanted, _ = attention(*arrays)
    assert close(memory_efficient_attention(*arrays, block_size), wanted)
    assert close(local_attention(*arrays, n), wanted)
    layout = np.ones((blocks, blocks), dtype=bool)
    assert close(block_sparse_attention(*arrays, block_size, layout), wanted)


@given(generators, batches, lengths, lengths, lengths)
def test_causal_blocks_of_any_size_are_causal_attention(rng, batch, n, block_size, d) -> None:
    """Whatever the size of a block, and whether or not the last one is shorter."""
    arrays = draw_three(rng, batch, n, d)
    wanted, _ = attention(*arrays, np.tri(n, dtype=bool))
    assert close(memory_efficient_attention(*arrays, block_size, causal=True), wanted)


@given(generators, batches, lengths, lengths)
def test_causal_linear_attention_is_that_of_each_beginning(rng, batch, n, d) -> None:
    """What position i gets is what it gets of the text up to itself, when all keys are seen."""
    arrays = draw_three(rng, batch, n, d)
    output = linear_attention(*arrays, causal=True)
    for i in range(n):
        beginning = (array[..., : i + 1, :] for array in arrays)
        assert close(output[..., i, :], linear_attention(*beginning)[..., i, :])
