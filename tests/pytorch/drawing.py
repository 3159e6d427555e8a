"""Random sizes, numbers, masks and parameters, the pieces of a sample.

`k` is the sample's number; it picks the kind of a piece, so that every kind turns up.

Every number is a multiple of 1/64: as exact in float32 as in float64, and short when compressed.
"""

import numpy as np

MASKS = ("none", "causal", "own", "shared", "padding", "keys", "ones")


def call(*args, **kwargs):
    """Return arguments as they are called with; None is the default, so it is left out."""
    return args, {name: value for name, value in kwargs.items() if value is not None}


def numbers(rng, *shape, scale=1.0):
    """Return normal numbers, rounded to a multiple of 1/64."""
    return np.round(rng.normal(size=shape) * scale * 64) / 64


def sizes(rng, count, most=5):
    """Return the lengths of `count` axes."""
    return rng.integers(1, most + 1, size=count).tolist()


def batch_axes(rng, k):
    """Return the lengths of no, one or two leading axes."""
    return tuple(sizes(rng, k % 3, most=3))


def choices(rng, *shape):
    """Return True and False at random, True at least once in every row."""
    chosen = rng.random(shape) < 0.5
    one = rng.integers(shape[-1], size=(*shape[:-1], 1))
    np.put_along_axis(chosen, one, True, axis=-1)
    return chosen


def mask_of(rng, k, batch, n_query, n_key):
    """Return a mask of the `k`-th kind, which broadcasts to `(*batch, n_query, n_key)`."""
    kind = MASKS[k % len(MASKS)]
    if kind == "none":
        return None
    if kind == "causal":
        return np.tri(n_query, n_key, dtype=bool)
    shapes = {
        "own": (*batch, n_query, n_key),
        "shared": (n_query, n_key),
        "padding": (*batch, 1, n_key),
        "keys": (1, n_key),
        "ones": (*(1 for _ in batch), n_query, n_key),
    }
    return choices(rng, *shapes[kind])


def emptied(mask, k):
    """Return the mask; in some samples its first row is now empty: nothing may be attended to."""
    if k % 14 == MASKS.index("own"):
        mask[..., 0, :] = False
    return mask


def activation_of(k):
    """Return an activation, or None for the default."""
    return ("relu", "gelu", None, "gelu")[k % 4]


def eps_of(k):
    """Return an eps, or None for the default."""
    return (None, 1e-3, 0.1, 1e-6)[k % 4]


def attention_params(rng, d):
    """Return the parameters of an attention, with every bias."""
    parts = ("query", "key", "value", "output")
    weights = {f"w_{part}": numbers(rng, d, d, scale=d**-0.5) for part in parts}
    return weights | {f"b_{part}": numbers(rng, d, scale=0.5) for part in parts}


def norm_params(rng, d):
    """Return the parameters of a layer norm, in the order of its arguments."""
    return {"gain": 1 + numbers(rng, d, scale=0.5), "bias": numbers(rng, d)}


def feed_forward_params(rng, d, f):
    """Return the parameters of a feed-forward layer."""
    return {
        "w_in": numbers(rng, d, f, scale=d**-0.5),
        "b_in": numbers(rng, f, scale=0.5),
        "w_out": numbers(rng, f, d, scale=f**-0.5),
        "b_out": numbers(rng, d, scale=0.5),
    }


def encoder_block_params(rng, d, f):
    """Return the parameters of an encoder block."""
    return {
        "attention": attention_params(rng, d),
        "norm_1": norm_params(rng, d),
        "feed_forward": feed_forward_params(rng, d, f),
        "norm_2": norm_params(rng, d),
    }


def decoder_block_params(rng, d, f):
    """Return the parameters of a decoder block."""
    return {
        "self_attention": attention_params(rng, d),
        "norm_1": norm_params(rng, d),
        "cross_attention": attention_params(rng, d),
        "norm_2": norm_params(rng, d),
        "feed_forward": feed_forward_params(rng, d, f),
        "norm_3": norm_params(rng, d),
    }
