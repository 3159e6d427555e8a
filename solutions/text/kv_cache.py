"""Key-value cache: what was worked out for a token is kept, and the next one needs one row only.

When a model writes, its text grows by one token at a time. Causal attention never looks ahead, so
the keys and values of the earlier tokens stay what they are; to work them out again for every new
token would be waste. A cache holds them. A step gets the newest vector x, projects that one alone,
puts its key and its value behind the others, and lets its query attend to all of them.

    x      (..., 1, d)                the newest token, and nothing else
    cache  "key" (..., t, d_k), "value" (..., t, d_v): the t tokens before it; None at first

    query, key, value = x w_query, x w_key, x w_value                   one row each
    output, _ = attention(query, all t + 1 keys, all t + 1 values)      scaled by 1 / sqrt(d_k)

    d = 1, all three weights [[1]]
    x = [[0]]    keys and values [[0]]                          output [[0]]
    x = [[2]]    keys and values [[0], [2]]    scores [0, 4]    output 0.018 * 0 + 0.982 * 2 = 1.964

No mask is needed: whatever is in the cache comes before, and a token may see itself. Nor are old
queries kept: they have asked. Step by step, the outputs are those of causal self-attention on the
whole text. A step returns a new cache and leaves the old one as it was, so that a text can be
continued in two ways from one place.
"""

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.attention.attention import attention
from solutions.drawing import waves

exercise = Exercise(
    formulas={
        "output, _ = attention": (
            r"\text{output} = \text{softmax}\!\left(\frac{q\, [K; k]^\top}{\sqrt{d_k}}\right)"
            r" [V; v], \quad q, k, v \text{ of } x; \; K, V \text{ from the cache}"
        ),
    },
    tags={
        "started": "for the first token and wrong for later ones",
        "foreign": "unless the cache holds what x alone does not tell",
    },
    hints=[
        "Three products first: x with each of the three weights. These are all the projections that"
        " a step makes.",
        "np.concatenate puts arrays one behind the other. Which axis are the tokens? Count it from"
        " the end. Without a cache there is nothing to put in front.",
        "Your attention takes the query, all keys and all values, and returns a pair of which the"
        " output is the first. With one query there is nothing to mask.",
        'Return a pair: the output, and a new dict {"key": ..., "value": ...}, t + 1 rows each.',
    ],
)


@exercise.reference
def decode_step(x, cache, w_query, w_key, w_value):
    """Let the newest token attend to itself and to all before it.

    Parameters
    ----------
    x : (..., 1, d)
        The vector of the newest token.
    cache : dict or None
        "key": (..., t, d_k) and "value": (..., t, d_v) of the t tokens before it, None for the
        first token. It is left as it is.
    w_query, w_key : (d, d_k)
        Weights without biases.
    w_value : (d, d_v)
        Weights without a bias.

    Returns
    -------
    output : (..., 1, d_v)
        The newest token's own.
    cache : dict
        A new one, with the same two names and one more row behind each of the others.

    Notes
    -----
    Source: Shazeer 2019, section 2.3, which counts what this saves.
    """
    key, value = x @ w_key, x @ w_value
    if cache is not None:
        key = np.concatenate([cache["key"], key], axis=-2)
        value = np.concatenate([cache["value"], value], axis=-2)
    output, _ = attention(x @ w_query, key, value)
    return output, {"key": key, "value": value}


def cached(x, w_key, w_value):
    """Return the cache of tokens that came before."""
    return {"key": x @ w_key, "value": x @ w_value}


@exercise.picture
def the_cache_grows():
    """The keys in the cache after the first token, the second, the fourth and the seventh.

    One row for each token, one column for each of six features. A row that is there stays as it is:
    each step adds one below and works out that one alone.
    """
    x, w = waves(7, 4), waves(12, 6).reshape(3, 4, 6)[:, :, ::-1].copy()
    views = []
    for t in (0, 1, 3, 6):
        cache = cached(x[:t], w[1], w[2]) if t else None
        call = inputs(x[t : t + 1], cache, *w)
        views.append(view(f"tokens: {t + 1}", call, part=(1, "key"), rows=range(t + 1)))
    return views


def weights(rng, d, d_k, d_v):
    """Draw three weights, short ones so that the queries look at several tokens."""
    return tuple((0.7 * rng.normal(size=(d, width))).round(1) for width in (d_k, d_k, d_v))


@exercise.case(points=2)
def the_first_token(rng):
    return inputs(rng.normal(size=(1, 3)).round(1), None, *weights(rng, 3, 3, 3))


@exercise.case(points=2, tags=("started",))
def the_second_token(rng):
    w = weights(rng, 2, 2, 2)
    x = rng.normal(size=(2, 2)).round(1)
    return inputs(x[1:], cached(x[:1], *w[1:]), *w)


@exercise.case(tags=("oblong", "started"))
def a_token_of_zeros(rng):
    w = weights(rng, 3, 2, 3)
    return inputs(np.zeros((1, 3)), cached(rng.normal(size=(2, 3)).round(1), *w[1:]), *w)


@exercise.case(tags=("started",))
def the_fourth_token(rng):
    w = weights(rng, 3, 3, 3)
    x = rng.normal(size=(4, 3)).round(1)
    return inputs(x[3:], cached(x[:3], *w[1:]), *w)


@exercise.case(tags=("oblong",))
def three_widths_for_the_first_token(rng):
    return inputs(rng.normal(size=(1, 3)).round(1), None, *weights(rng, 3, 2, 4))


@exercise.case(tags=("oblong", "started"))
def three_widths_for_a_later_token(rng):
    w = weights(rng, 4, 2, 3)
    x = rng.normal(size=(4, 4)).round(1)
    return inputs(x[3:], cached(x[:3], *w[1:]), *w)


@exercise.case(tags=("oblong", "started"))
def keys_of_one_number(rng):
    w = weights(rng, 3, 1, 2)
    x = rng.normal(size=(3, 3)).round(1)
    return inputs(x[2:], cached(x[:2], *w[1:]), *w)


@exercise.case(tags=("batch",))
def the_first_tokens_of_a_batch(rng):
    return inputs(rng.normal(size=(2, 1, 3)).round(1), None, *weights(rng, 3, 2, 3))


@exercise.case(tags=("batch", "started"))
def later_tokens_of_a_batch(rng):
    w = weights(rng, 3, 2, 4)
    x = rng.normal(size=(2, 4, 3))
    return inputs(x[:, 3:], cached(x[:, :3], *w[1:]), *w)


@exercise.case(tags=("batch", "started"))
def two_batch_axes(rng):
    w = weights(rng, 3, 4, 2)
    x = rng.normal(size=(2, 3, 3, 3))
    return inputs(x[..., 2:, :], cached(x[..., :2, :], *w[1:]), *w)


@exercise.case(tags=("started", "foreign"))
def a_cache_that_something_else_filled(rng):
    w = weights(rng, 3, 2, 2)
    cache = {"key": rng.normal(size=(3, 2)).round(1), "value": rng.normal(size=(3, 2)).round(1)}
    return inputs(rng.normal(size=(1, 3)).round(1), cache, *w)


@exercise.case(tags=("large", "started"))
def scores_around_one_thousand(rng):
    w = weights(rng, 2, 2, 2)
    cache = {"key": 500 + rng.normal(size=(3, 2)), "value": rng.normal(size=(3, 2)).round(1)}
    return inputs(3 + rng.normal(size=(1, 2)), cache, *w)


@exercise.case(tags=("float32", "started"))
def float32_inputs(rng):
    w = tuple(each.astype(np.float32) for each in weights(rng, 3, 2, 3))
    x = rng.normal(size=(3, 3)).astype(np.float32)
    return inputs(x[2:], cached(x[:2], *w[1:]), *w)


@exercise.case(hidden=True, tags=("batch", "long", "started"))
def the_fortieth_token(rng):
    w = weights(rng, 6, 4, 5)
    x = rng.normal(size=(2, 40, 6))
    return inputs(x[:, 39:], cached(x[:, :39], *w[1:]), *w)


@exercise.edit(
    'return output, {"key": key, "value": value}',
    'return output, {"key": x @ w_key, "value": x @ w_value}',
)
def keeps_the_newest_only():
    """You put the newest key and value alone into the cache, and the earlier ones are lost.

    The next token needs all of them: the new cache has one row more than the old.
    """


@exercise.edit('return output, {"key": key, "value": value}', "return output, cache")
def returns_the_old_cache():
    """You return the cache that you were given, without the newest token.

    The next token has to find this one in it.
    """


@exercise.edit(
    "attention(x @ w_query, key, value)", "attention(x @ w_query, x @ w_key, x @ w_value)"
)
def attends_to_itself_only():
    """You let the newest token attend to itself alone.

    It may look at all keys in the cache as well; for that they are kept.
    """


@exercise.edit('key = np.concatenate([cache["key"], key], axis=-2)', "pass")
def forgets_the_keys_in_the_cache():
    """You put the values of the cache in front of the new one, and forget its keys.

    A key and a value of each token belong together: t + 1 keys meet t + 1 values.
    """


@exercise.edit('value = np.concatenate([cache["value"], value], axis=-2)', "pass")
def forgets_the_values_in_the_cache():
    """You put the keys of the cache in front of the new one, and forget its values.

    A key and a value of each token belong together: t + 1 keys meet t + 1 values.
    """


@exercise.edit("cache is not None", "True")
def expects_a_cache_at_first():
    """You look into the cache of the first token, and there is none: it is None.

    The first token has nobody before it. Its key and its value are all there are.
    """


@exercise.edit(
    "if cache is not None:", 'cache = cache or {"key": key, "value": value}\n    if cache:'
)
def keeps_the_first_token_twice():
    """You put the first token into the cache twice.

    Where there is no cache yet, its key and its value are the whole new one. Nothing is to be put
    behind them.
    """


@exercise.edit("x @ w_query, key, value", "x @ w_query, value, key")
def exchanges_keys_and_values():
    """You hand the values to attention in the place of the keys, and the keys for the values.

    It takes query, key, value, in this order.
    """


@exercise.edit('{"key": key, "value": value}', '{"key": value, "value": key}')
def names_keys_values():
    """You give the keys back under the name "value", and the values under "key"."""


@exercise.mistake
def keeps_the_vectors(x, cache, w_query, w_key, w_value):
    """You keep x in the cache, and project all of it again at every step.

    What comes in the cache are keys and values that have been projected, once each. That is the
    work which a cache saves.
    """
    keys = values = x
    if cache is not None:
        keys = np.concatenate([cache["key"], x], axis=-2)
        values = np.concatenate([cache["value"], x], axis=-2)
    output, _ = attention(x @ w_query, keys @ w_key, values @ w_value)
    return output, {"key": keys, "value": values}


@exercise.edit(
    'return output, {"key": key, "value": value}', 'return output, {"key": x, "value": x}'
)
def keeps_the_newest_vector():
    """You put x into the cache, where keys and values belong.

    The next token compares its query with keys; x would have to be projected again for that.
    """


@exercise.mistake
def takes_the_last_axis_for_the_tokens(x, cache, w_query, w_key, w_value):
    """You put arrays together along the last axis, which is the features.

    Tokens are the last axis but one: the new key is one row more, as wide as the others.
    """
    key, value = x @ w_key, x @ w_value
    if cache is not None:
        key = np.concatenate([cache["key"], key], axis=-1)
        value = np.concatenate([cache["value"], value], axis=-1)
    return attention(x @ w_query, key, value)[0], {"key": key, "value": value}


@exercise.mistake
def leaves_itself_out(x, cache, w_query, w_key, w_value):
    """You let the token attend to what was in the cache before, and not to itself.

    In causal attention a token sees itself too. Put its key and its value behind the others first.
    """
    output, grown = decode_step(x, cache, w_query, w_key, w_value)
    if cache is not None:
        output, _ = attention(x @ w_query, cache["key"], cache["value"])
    return output, grown


@exercise.mistake
def puts_the_newest_first(x, cache, w_query, w_key, w_value):
    """You put the newest key and value in front of the others.

    The output is the same, but whoever reads the cache expects the tokens in the order of the text:
    new rows come last.
    """
    output, _ = decode_step(x, cache, w_query, w_key, w_value)
    fresh = cached(x, w_key, w_value)
    if cache is None:
        return output, fresh
    return output, {n: np.concatenate([fresh[n], cache[n]], axis=-2) for n in ("key", "value")}


@exercise.mistake
def counts_the_axis_from_the_front(x, cache, w_query, w_key, w_value):
    """You put arrays together along axis 0, which is the tokens of a single text only.

    In a batch, axis 0 is the texts. Tokens are the last axis but one.
    """
    key, value = x @ w_key, x @ w_value
    if cache is not None:
        key = np.concatenate([cache["key"], key])
        value = np.concatenate([cache["value"], value])
    return attention(x @ w_query, key, value)[0], {"key": key, "value": value}


@exercise.mistake
def takes_axis_one_for_the_tokens(x, cache, w_query, w_key, w_value):
    """You put arrays together along axis 1, which is the tokens of one batch axis only.

    In a single text it is the features, and with more axes in front another one. Count from the
    end.
    """
    key, value = x @ w_key, x @ w_value
    if cache is not None:
        key = np.concatenate([cache["key"], key], axis=1)
        value = np.concatenate([cache["value"], value], axis=1)
    return attention(x @ w_query, key, value)[0], {"key": key, "value": value}


@exercise.mistake
def writes_into_the_old_cache(x, cache, w_query, w_key, w_value):
    """Your output is right, but you change the cache that you were given.

    Whoever kept it, to go on from the same place in another way, finds a longer one. Make a new
    dict.
    """
    output, grown = decode_step(x, cache, w_query, w_key, w_value)
    if cache is None:
        return output, grown
    cache.update(grown)
    return output, cache


@exercise.edit(
    "attention(x @ w_query, key, value)",
    "attention(x @ w_query * w_query.shape[-1] ** 0.5, key, value)",
)
def leaves_the_scale_out():
    """You do not divide the scores by the square root of d_k.

    It is the attention that you know, with one query.
    """


@exercise.edit(
    "attention(x @ w_query, key, value)",
    "attention(x @ w_query * (w_query.shape[-1] / w_query.shape[0]) ** 0.5, key, value)",
)
def scales_by_the_width_of_x():
    """You divide the scores by the square root of d, the width of x.

    Queries and keys are d_k wide, and their dot product grows with that.
    """


@exercise.edit(
    "attention(x @ w_query, key, value)",
    "attention(x @ w_query, key, value, np.tri(1, key.shape[-2], dtype=bool))",
)
def masks_as_if_it_were_the_first():
    """You mask with the first row of a causal mask, as if the newest token were the first.

    It stands behind all others and may see all of them: its row is the last. With one query, no
    mask is needed.
    """


@exercise.edit("x @ w_query", "key[..., -1:, :]")
def asks_with_its_key():
    """You take the token's key for its query.

    The query has weights of its own. It is needed once, and therefore not kept.
    """


@exercise.edit('[cache["key"], key]', '[cache["key"] @ w_key, key]')
def projects_old_keys_again():
    """You multiply the keys in the cache by w_key, and they are keys already.

    What is in the cache has been projected, each token once, when it was the newest.
    """


@exercise.edit(
    'key = np.concatenate([cache["key"], key], axis=-2)',
    'key = np.concatenate([cache["key"], x @ w_query], axis=-2)',
)
def keeps_the_query():
    """You put the token's query into the cache, where its key belongs.

    Later tokens compare their queries with keys. Nobody asks for an old query.
    """


@exercise.edit('[cache["value"], value]', '[cache["value"], x @ w_key]')
def keeps_the_key_for_a_value():
    """You put the token's key into the cache, where its value belongs."""


@exercise.edit("return output, {", "return {")
def returns_the_cache_only():
    """You return the cache without the output. Both are wanted, the output first."""


@exercise.edit("output, _ = attention", "output = attention")
def returns_the_weights_as_well():
    """You return the pair that attention gives, output and weights, where the output is wanted.

    The weights are for pictures. Take the pair apart.
    """


@exercise.edit("return output,", "return output[..., 0, :],")
def drops_the_axis_of_the_token():
    """You return the output without the axis of the tokens, because there is one only.

    (..., 1, d_v) is wanted, so that a step takes and gives the same axes.
    """
