"""What several exercises draw their inputs with: masks, and parameters of the parts of a model.

Whatever looks random in a picture is the same every time; what takes an `rng` is drawn from it.
"""

import numpy as np


def in_single_precision(params):
    """Return arrays as float32, however deep in dicts, lists and tuples they are."""
    if isinstance(params, dict):
        return {name: in_single_precision(each) for name, each in params.items()}
    if isinstance(params, list | tuple):
        return [in_single_precision(each) for each in params]
    return params.astype(np.float32)


def draw_mask(rng, row, *shape):
    """Draw a mask of shape (*shape, len(row)): rows that have the entries of `row` in any order."""
    return rng.permuted(np.tile(row, (*shape, 1)), axis=-1)


def draw_vectors(rng, *shape):
    """Draw whole numbers, of vectors so large that no eps beside their variance can be seen.

    So who has an eps of their own loses only the checks that are about it.
    """
    return rng.normal(scale=30, size=shape).round()


def draw_gain_and_bias(rng, d):
    """Draw what a norm of width d has learned."""
    return rng.uniform(0.5, 2.0, size=d).round(1), rng.normal(size=d).round(1)


def draw_attention(rng, d):
    """Draw the projections of an attention of width d: of large vectors it makes small scores."""
    params = {}
    for name, scale, digits in [
        ("query", 0.02, 2),
        ("key", 0.02, 2),
        ("value", 0.7, 1),
        ("output", 5.0, 0),
    ]:
        params[f"w_{name}"] = rng.normal(scale=scale, size=(d, d)).round(digits)
        params[f"b_{name}"] = rng.normal(size=d).round(1)
    return params


def draw_feed_forward(rng, d, f, scale=1.0):
    """Draw two layers, from d features to f and back; `scale` is that of the second."""
    params = {
        "w_in": rng.normal(size=(d, f)).round(1),
        "b_in": rng.normal(size=f).round(1),
        "w_out": rng.normal(scale=scale, size=(f, d)).round(1),
        "b_out": rng.normal(size=d).round(1),
    }
    params["w_in"][:, 1] = -params["w_in"][:, 0]  # relu lets one of the two pass, whatever comes
    return params


def draw_block(rng, d, f):
    """Draw the parameters of an encoder block of width d, and f inside, for large vectors.

    What its parts return is large as well, so that eps shows in neither norm.
    """
    attention, feed_forward = draw_attention(rng, d), draw_feed_forward(rng, d, f, scale=30.0)
    parts = {"attention": attention, "feed_forward": feed_forward}
    for name in ("norm_1", "norm_2"):
        gain, bias = draw_gain_and_bias(rng, d)
        parts[name] = {"gain": gain, "bias": bias}
    return parts


def draw_blocks(rng, count, d, f):
    """Draw the parameters of a stack of encoder blocks."""
    return [draw_block(rng, d, f) for _ in range(count)]


def draw_decoder_block(rng, d, f):
    """Draw the parameters of a decoder block of width d, and f inside."""
    first, second = draw_blocks(rng, 2, d, f)
    return {
        "self_attention": first["attention"],
        "norm_1": first["norm_1"],
        "cross_attention": second["attention"],
        "norm_2": first["norm_2"],
        "feed_forward": first["feed_forward"],
        "norm_3": second["norm_1"],
    }


def draw_model(rng, d=4, f=6, words=(5, 6), depths=(1, 1)):
    """Draw a transformer: `words` and `depths` are those of its source and its target."""
    return {
        "source_embedding": rng.normal(scale=15, size=(words[0], d)).round(),
        "target_embedding": rng.normal(scale=15, size=(words[1], d)).round(),
        "encoder": draw_blocks(rng, depths[0], d, f),
        "decoder": [draw_decoder_block(rng, d, f) for _ in range(depths[1])],
        "w_logits": rng.normal(scale=0.7, size=(d, words[1])).round(1),
        "b_logits": rng.normal(size=words[1]).round(1),
    }


def neutral(params, *but, gain=1.0):
    """Return parameters without biases, and with norms that stretch all features alike.

    What is in `but`, a part or a single array, is left as it was drawn. So a check tries one thing
    at a time.
    """
    if isinstance(params, list):
        return [neutral(each, *but, gain=gain) for each in params]
    if not isinstance(params, dict):
        return params
    return {
        name: each if name in but else _neutral(name, each, but, gain)
        for name, each in params.items()
    }


def _neutral(name, each, but, gain):
    if name == "gain":
        return np.full_like(each, gain)
    if name == "bias" or name.startswith("b_"):
        return np.zeros_like(each)
    return neutral(each, *but, gain=gain)


def without_gain(params, norm):
    """Return the parameters of a block in which one norm returns its bias, whatever comes in."""
    return params | {norm: params[norm] | {"gain": 0 * params[norm]["gain"]}}


def scaled(params, **factors):
    """Return parameters in which the named arrays are multiplied, however deep in them they are."""
    if isinstance(params, list):
        return [scaled(each, **factors) for each in params]
    if not isinstance(params, dict):
        return params
    return {
        name: factors[name] * each if name in factors else scaled(each, **factors)
        for name, each in params.items()
    }


def draw_ids(rng, batch, lengths, words=(5, 6)):
    """Draw the ids of sources and targets; none is 0, which some take for padding."""
    return tuple(rng.integers(1, v, size=(batch, n)) for n, v in zip(lengths, words, strict=True))


def plain_block(d):
    """Make a block of which each part hands on what it is given, feed-forward in reverse."""
    attention = {f"w_{name}": np.eye(d) for name in ("query", "key", "value", "output")}
    attention |= {f"b_{name}": np.zeros(d) for name in ("query", "key", "value", "output")}
    feed_forward = {"w_in": np.eye(d), "w_out": np.eye(d)[::-1]}
    feed_forward |= {"b_in": np.zeros(d), "b_out": np.zeros(d)}
    norm = {"gain": np.ones(d), "bias": np.zeros(d)}
    parts = {"attention": attention, "feed_forward": feed_forward}
    return parts | {"norm_1": norm, "norm_2": norm}


def waves(n, d):
    """Make n vectors that look as if they were drawn at random, but are the same every time."""
    return np.sin(np.arange(1.0, n * d + 1) ** 2).reshape(n, d)


def draw_one_length(rng, n, d_k, d_v, batch=()):
    """Draw queries, keys and values of one length."""
    shapes = (n, d_k), (n, d_k), (n, d_v)
    return [rng.normal(size=(*batch, *shape)).round(1) for shape in shapes]
