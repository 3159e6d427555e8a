"""What must hold for the parts of LLaMA, for graphs, speech, games and patterns of heads."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from solutions.attention.attention import attention
from solutions.attention.softmax import softmax
from solutions.families.attention_patterns import entropy, previous_token_score, rollout
from solutions.families.decision_transformer import interleave, returns_to_go
from solutions.families.graph_attention import graph_attention
from solutions.families.listen_attend_spell import attend, pyramid
from solutions.families.llama import repeat_kv, rms_norm, rotary, swiglu
from solutions.transformer.layer_norm import layer_norm

lengths = st.integers(1, 6)
batches = st.lists(st.integers(1, 3), max_size=2).map(tuple)
generators = st.integers(0, 2**32 - 1).map(np.random.default_rng)


@given(generators, batches, lengths)
def test_of_centred_vectors_rms_norm_is_layer_norm(rng, batch, d) -> None:
    """Where the mean is 0, nothing is left that tells the two norms apart but the bias."""
    x, gain = rng.normal(size=(*batch, d)), rng.normal(size=d)
    centred = x - x.mean(axis=-1, keepdims=True)
    wanted = layer_norm(centred, gain, np.zeros(d), eps=0.1)
    assert np.allclose(rms_norm(centred, gain, eps=0.1), wanted, rtol=1e-10, atol=1e-10)


@given(generators, batches, lengths, lengths, st.integers(-50, 50))
def test_rotated_vectors_compare_by_distance(rng, batch, n, pairs, shift) -> None:
    """Vectors keep their lengths, and dot products do not change when all move on alike."""
    query, key = rng.normal(size=(2, *batch, n, 2 * pairs))
    place = rng.integers(100, size=n)
    turned = rotary(query, place)
    assert np.allclose(np.linalg.norm(turned, axis=-1), np.linalg.norm(query, axis=-1))
    scores = turned @ rotary(key, place).swapaxes(-1, -2)
    moved = rotary(query, place + shift) @ rotary(key, place + shift).swapaxes(-1, -2)
    assert np.allclose(scores, moved)


@given(generators, lengths, lengths, lengths)
def test_turning_twice_adds_the_positions(rng, n, pairs, place) -> None:
    """From position 0 to one, and from there to another, is the way to their sum."""
    x, ones = rng.normal(size=(n, 2 * pairs)), np.ones(n, dtype=int)
    there = rotary(rotary(x, place * ones), 7 * ones)
    assert np.allclose(there, rotary(x, (place + 7) * ones))


@given(generators, lengths, lengths, lengths)
def test_a_gate_that_is_wide_open_multiplies(rng, n, d, f) -> None:
    """For large gates silu is the identity, and for ones far below zero it is nothing."""
    x, w_up, w_down = np.abs(rng.normal(size=(n, d))) + 1, *rng.normal(size=(2, d, f))
    w_gate = np.full((d, f), 100.0)
    wanted = ((x @ w_gate) * (x @ w_up)) @ w_down.T
    assert np.allclose(swiglu(x, w_gate, w_up, w_down.T), wanted)
    assert np.allclose(swiglu(x, -w_gate, w_up, w_down.T), 0)


@given(generators, batches, lengths, lengths, lengths, st.integers(1, 4))
def test_shared_heads_answer_as_if_each_had_its_own(rng, batch, h, n, d, groups) -> None:
    """Query head i is served by the head i // groups."""
    query = rng.normal(size=(*batch, h * groups, n, d))
    key, value = rng.normal(size=(2, *batch, h, n, d))
    output, _ = attention(query, repeat_kv(key, groups), repeat_kv(value, groups))
    for i in range(h * groups):
        k = i // groups
        own, _ = attention(query[..., i, :, :], key[..., k, :, :], value[..., k, :, :])
        assert np.allclose(output[..., i, :, :], own)


@given(generators, st.integers(1, 7), lengths, lengths)
def test_the_names_of_nodes_do_not_matter(rng, n, d_in, d_out) -> None:
    """A graph in another order gives the same results, in that order."""
    x, w, a = (
        rng.normal(size=(n, d_in)),
        rng.normal(size=(d_in, d_out)),
        rng.normal(size=(2, d_out)),
    )
    graph, order = rng.random((n, n)) < 0.4, rng.permutation(n)
    result = graph_attention(x, graph, w, *a)
    assert np.allclose(graph_attention(x[order], graph[order][:, order], w, *a), result[order])
    assert not result[~graph.any(axis=1)].any()


@given(generators, batches, st.integers(2, 17), lengths)
def test_a_pyramid_loses_odd_frames_only(rng, batch, n, d) -> None:
    """The numbers that are left stand in the order of time."""
    x = rng.normal(size=(*batch, n, d))
    halved = pyramid(x)
    assert halved.shape == (*batch, n // 2, 2 * d)
    assert np.array_equal(halved.reshape(*batch, -1), x[..., : n - n % 2, :].reshape(*batch, -1))


@given(generators, batches, lengths, lengths, lengths, lengths)
def test_a_context_is_a_mean_of_frames(rng, batch, n, d_s, d_l, a) -> None:
    """Weights sum to 1, and if all frames are alike, so is the context."""
    state, frame = rng.normal(size=(*batch, d_s)), rng.normal(size=(*batch, 1, d_l))
    listened = np.repeat(frame, n, axis=-2)
    context, weights = attend(state, listened, rng.normal(size=(d_s, a)), rng.normal(size=(d_l, a)))
    assert np.allclose(weights, 1 / n)
    assert np.allclose(context, frame[..., 0, :])


@given(generators, batches, lengths)
def test_returns_fall_by_what_was_won(rng, batch, n) -> None:
    """From one step to the next the return to go loses the reward of that step."""
    rewards = rng.normal(size=(*batch, n))
    returns = returns_to_go(rewards)
    assert np.allclose(returns[..., :-1] - returns[..., 1:], rewards[..., :-1])
    assert np.allclose(returns[..., -1], rewards[..., -1])


@given(generators, batches, lengths, lengths)
def test_every_third_vector_is_of_one_kind(rng, batch, n, d) -> None:
    """Returns, states and actions are found again."""
    kinds = rng.normal(size=(3, *batch, n, d))
    sequence = interleave(*kinds)
    for k, kind in enumerate(kinds):
        assert np.array_equal(sequence[..., k::3, :], kind)


@given(generators, batches, lengths, lengths, st.integers(2, 6))
def test_patterns_have_their_bounds(rng, batch, layers, h, n) -> None:
    """Scores lie between 0 and 1, entropies between 0 and log(n), and origins sum to 1."""
    weights = softmax(5 * rng.normal(size=(layers, *batch, h, n, n)))
    weights[rng.random(weights.shape[:-1]) < 0.2] = 0
    score, spread, origin = previous_token_score(weights), entropy(weights), rollout(weights)
    assert ((score >= 0) & (score <= 1)).all()
    assert ((spread >= 0) & (spread <= np.log(n) + 1e-9)).all()
    assert np.allclose(origin.sum(axis=-1), 1)
    assert origin.shape == (*batch, n, n)


@given(generators, lengths, lengths, st.integers(1, 5))
def test_rollout_goes_layer_by_layer(rng, layers, h, n) -> None:
    """What came through the upper layers is looked up in what came through the lower ones."""
    weights = softmax(rng.normal(size=(layers + 1, h, n, n)))
    upper, lower = rollout(weights[layers:]), rollout(weights[:layers])
    assert np.allclose(rollout(weights), upper @ lower)
