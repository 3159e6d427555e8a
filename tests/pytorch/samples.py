"""Calls of the course's functions that PyTorch can answer too, drawn from a fixed seed.

No row is fully masked: PyTorch answers those with NaN and the course with zeros, so they are
checked by the course's own cases.
"""

from typing import Any, NamedTuple

import numpy as np
from drawing import (
    activation_of,
    attention_params,
    batch_axes,
    call,
    choices,
    eps_of,
    feed_forward_params,
    mask_of,
    norm_params,
    numbers,
    sizes,
)

SEED = 2017
COUNT = 42  # 2 activations x 3 numbers of batch axes x 7 kinds of mask: each combination once


class Sample(NamedTuple):
    """One call, in the terms of the curriculum."""

    function: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


def samples(exercise):
    """Return `COUNT` calls of every function of `exercise`, the same ones each time."""
    calls = []
    for draw in DRAWS[exercise]:
        rng = np.random.default_rng(SEED)
        for k in range(COUNT):
            args, kwargs = draw(rng, k)
            calls.append(Sample(draw.__name__, args, kwargs))
    return calls


def outputs(result):
    """Return the results of a call as a tuple, be they one or several."""
    return tuple(result) if isinstance(result, (tuple, list)) else (result,)


def softmax(rng, k):
    """Draw scores up to 1e4, along any axis; in every fifth sample some are -inf."""
    scores = numbers(rng, *sizes(rng, 1 + k % 4), scale=(1, 30, 10_000)[k % 3])
    axis = int(rng.integers(-scores.ndim, scores.ndim)) if k % 7 else -1
    if k % 5 == 0:
        rows = np.moveaxis(scores, axis, -1)
        rows[~choices(rng, *rows.shape)] = -np.inf
    return call(scores, axis=axis if k % 7 else None)


def causal_mask(rng, k):
    """Ask for every size in turn."""
    return call(k + 1)


def padding_mask(rng, k):
    """Draw lengths from none to all."""
    n = int(rng.integers(1, 10))
    return call(rng.integers(0, n + 1, size=rng.integers(1, 6)), n)


def masked_softmax(rng, k):
    """Draw a batch of scores and a mask that broadcasts to them."""
    batch, (n_query, n_key) = batch_axes(rng, k), sizes(rng, 2)
    scores = numbers(rng, *batch, n_query, n_key, scale=(1, 1000)[k % 2])
    return call(scores, mask=mask_of(rng, k, batch, n_query, n_key))


def attention(rng, k):
    """Draw as many values as keys, with widths of their own; every fifth query is long."""
    batch, (n_query, n_key, d_key, d_value) = batch_axes(rng, k), sizes(rng, 4)
    query = numbers(rng, *batch, n_query, d_key, scale=1 if k % 5 else 500)
    key, value = numbers(rng, *batch, n_key, d_key), numbers(rng, *batch, n_key, d_value)
    return call(query, key, value, mask=mask_of(rng, k, batch, n_query, n_key))


def split_heads(rng, k):
    """Draw a sequence whose features divide among the heads."""
    n, h, d_head = sizes(rng, 3)
    return call(numbers(rng, *batch_axes(rng, k), n, h * d_head), h)


def merge_heads(rng, k):
    """Draw the narrow sequences of some heads."""
    return call(numbers(rng, *batch_axes(rng, k), *sizes(rng, 3)))


def multi_head_attention(rng, k):
    """Draw queries and keys of unequal numbers, and weights with every bias."""
    batch, (n_query, n_key, h, d_head) = batch_axes(rng, k), sizes(rng, 4, most=4)
    query = numbers(rng, *batch, n_query, h * d_head)
    key, value = numbers(rng, 2, *batch, n_key, h * d_head)
    mask = mask_of(rng, k, batch, n_query, n_key)
    return call(query, key, value, attention_params(rng, h * d_head), h, mask=mask)


def sinusoidal_encoding(rng, k):
    """Draw a length and an even width."""
    return call(int(rng.integers(1, 21)), 2 * int(rng.integers(1, 9)))


def add_positions(rng, k):
    """Draw a table that is long enough for the sequence, or longer."""
    n, spare, d = sizes(rng, 3)
    table = numbers(rng, n + spare - 1, d)
    return call(numbers(rng, *batch_axes(rng, k), n, d), table)


def layer_norm(rng, k):
    """Draw vectors off centre, and an eps that is not always the default."""
    n, d = sizes(rng, 2, most=7)
    x = numbers(rng, *batch_axes(rng, k), n, d, scale=3) + numbers(rng, n, 1, scale=3)
    return call(x, *norm_params(rng, d).values(), eps=eps_of(k))


def relu(rng, k):
    """Draw numbers around zero in one to four axes."""
    return call(numbers(rng, *sizes(rng, 1 + k % 4), scale=(1, 10)[k % 2]))


def gelu(rng, k):
    """Draw numbers from where the curve bends to where it is straight."""
    return call(numbers(rng, *sizes(rng, 1 + k % 4), scale=(1, 4)[k % 2]))


def feed_forward(rng, k):
    """Draw a layer that is wider, or narrower, inside."""
    n, d, f = sizes(rng, 3, most=7)
    x = numbers(rng, *batch_axes(rng, k), n, d)
    return call(x, feed_forward_params(rng, d, f), activation=activation_of(k))


def encoder_block(rng, k):
    """Draw a whole block: any mask, either activation, several eps."""
    batch, (n, h, d_head, f) = batch_axes(rng, k), sizes(rng, 4, most=4)
    d = h * d_head
    params = {
        "attention": attention_params(rng, d),
        "norm_1": norm_params(rng, d),
        "feed_forward": feed_forward_params(rng, d, 2 * f),
        "norm_2": norm_params(rng, d),
    }
    options = {
        "mask": mask_of(rng, k, batch, n, n),
        "activation": activation_of(k),
        "eps": eps_of(k),
    }
    return call(numbers(rng, *batch, n, d), params, h, **options)


DRAWS = {
    "softmax": (softmax,),
    "masking": (causal_mask, padding_mask, masked_softmax),
    "attention": (attention,),
    "multi_head": (split_heads, merge_heads),
    "multi_head_attention": (multi_head_attention,),
    "positional_encoding": (sinusoidal_encoding, add_positions),
    "layer_norm": (layer_norm,),
    "feed_forward": (relu, gelu, feed_forward),
    "encoder_block": (encoder_block,),
}
EXERCISES = tuple(DRAWS)
