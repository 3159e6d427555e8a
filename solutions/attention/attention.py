"""Attention: look up by likeness, and take home a blend.

A dictionary compares your word with its entries, finds the one that is equal, and hands over what
stands beside it. Attention is a dictionary that settles for likeness (a large dot product): a query
is compared with every key, and the answer is a blend of all values, most of it from the keys most
like the query.

    attention(Q, K, V) = softmax(Q K^T / sqrt(d_k)) V        K^T: the last two axes exchanged

    query    (..., n_query, d_k)     what each position asks for
    key      (..., n_key, d_k)       what each position can be found by
    value    (..., n_key, d_v)       what it hands over
    weights  (..., n_query, n_key)   row i: how query i shares out its attention
    output   (..., n_query, d_v)     row i: the blend it gets

    q = [2 ln 3, 0, 0, 0],  keys [1, 0, 0, 0] and [0, 1, 0, 0],  values [4] and [8]
    dot products [2 ln 3, 0]  ->  scores [ln 3, 0]  ->  weights [3/4, 1/4]  ->  output [5]

The root of d_k is the scale of scaled_dot_scores. A mask hides keys from queries before the softmax
shares anything out: where it forbids all of them, the weights are zeros, and so is the output.
n_query and n_key may differ. Batch axes in front hold separate attentions: no query sees a key of
another sequence.
"""

import math

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.attention.attention_scores import dot_scores, scaled_dot_scores
from solutions.attention.masking import masked_softmax
from solutions.attention.softmax import softmax
from solutions.drawing import draw_mask

exercise = Exercise(
    formulas={
        "attention(Q, K, V)": (
            r"\text{attention}(Q, K, V) = \text{softmax}\left(\frac{Q K^\top}{\sqrt{d_k}}\right) V"
        ),
    },
    hints=[
        "Write down the shapes of query, key and value, and what each of the three operations in"
        " the formula makes of them. Which of the operations have you written already?",
        "The scores are scaled and have a row for each query; the softmax needs the mask. Then look"
        " at one row of weights and all rows of the value: a weighted sum of rows is a product of"
        " matrices.",
        "Three steps: scaled_dot_scores compares; masked_softmax makes weights of the scores; the"
        " weights stand on the left of `@`, the value on the right. Return the output first, then"
        " the weights.",
    ],
)


@exercise.reference
def attention(query, key, value, mask=None):
    """Blend the values for each query, weighted by how well each key matches the query.

    Parameters
    ----------
    query : (..., n_query, d_k)
        One vector for each position that asks.
    key : (..., n_key, d_k)
        One vector for each position that can be found, as wide as a query.
    value : (..., n_key, d_v)
        What the position of each key hands over.
    mask : bool (..., n_query, n_key) or None
        True where a query may attend to a key; any shape of two axes or more that broadcasts to
        this one.

    Returns
    -------
    output : (..., n_query, d_v)
        The weighted sums of the values; zeros for a query that may attend to nothing.
    weights : (..., n_query, n_key)
        The weight of each key for each query. Both results have the dtype of `query`.

    Notes
    -----
    Scaled dot-product attention, Vaswani et al. 2017, section 3.2.1.
    """
    weights = masked_softmax(scaled_dot_scores(query, key), mask)  # (..., n_query, n_key)
    output = weights @ value  # (..., n_query, d_v)
    return output, weights


def compass(*degrees, length=1.0):
    angles = np.deg2rad(degrees)
    return (length * np.stack([np.cos(angles), np.sin(angles)], axis=-1)).round(3)


def look_ups(part, columns):
    """Eight keys stand in a circle and hand over four features, two keys each the same one."""
    asked = (0, 60, 180, 270)
    key, value = compass(*range(0, 360, 45)), np.repeat(np.eye(4), 2, axis=0)
    return [
        view(
            f"queries of length {length}",
            inputs(compass(*asked, length=length), key, value),
            part=part,
            rows=asked,
            columns=columns,
        )
        for length in (2, 12)
    ]


@exercise.picture
def weights():
    """Four queries look into different directions, in degrees; eight keys stand in a circle.

    Each query weighs the keys by how nearly they point where it does. Long queries make large
    scores, and those make a sharp choice.
    """
    return look_ups(part=(1,), columns=range(0, 360, 45))


@exercise.picture
def blend():
    """What the four queries take home. Two neighbouring keys each hand over one of four features.

    Long queries get what one or two keys have to give, short ones a bit of everything.
    """
    return look_ups(part=(0,), columns=["0-45", "90-135", "180-225", "270-315"])


def draw_narrow(rng, *batch):
    """Draw query, key and value of three positions and width 1, where no scale is needed."""
    return rng.permuted(np.tile([-1.0, 0.5, 3.0], (3, *batch, 1)), axis=-1)[..., None]


@exercise.case(tags=("edge",))
def one_position_returns_its_own_value(rng):
    return inputs(*rng.normal(size=(3, 1, 2)).round(1))


@exercise.case
def queries_of_zeros_get_the_average(rng):
    return inputs(np.zeros((2, 4)), *rng.integers(-4, 5, size=(2, 2, 4)).astype(float))


@exercise.case
def keys_and_queries_of_width_one(rng):
    return inputs(*draw_narrow(rng))


@exercise.case(points=2)
def two_positions_of_width_four(rng):
    return inputs(*rng.normal(size=(3, 2, 4)).round(1))


@exercise.case
def six_positions_of_width_five(rng):
    return inputs(*rng.normal(size=(3, 6, 5)))


@exercise.case(tags=("oblong",))
def values_wider_than_keys(rng):
    query, key = rng.normal(size=(2, 3, 2)).round(1)
    return inputs(query, key, rng.normal(size=(3, 5)).round(1))


@exercise.case(tags=("oblong",))
def fewer_queries_than_keys(rng):
    key, value = rng.normal(size=(2, 5, 3)).round(1)
    return inputs(rng.normal(size=(2, 3)).round(1), key, value)


@exercise.case(tags=("mask",))
def causal_mask_on_one_sequence(rng):
    return inputs(*draw_narrow(rng), mask=np.tri(3, dtype=bool))


@exercise.case(tags=("mask",))
def a_mask_that_allows_everything(rng):
    return inputs(*draw_narrow(rng), mask=np.full((3, 3), True))


@exercise.case(tags=("mask", "empty_row"))
def a_query_that_may_attend_to_nothing(rng):
    mask = np.array([[True, True, True], [False, False, False], [True, True, True]])
    return inputs(*draw_narrow(rng), mask=mask)


@exercise.case(tags=("batch",))
def one_batch_axis(rng):
    return inputs(*rng.normal(size=(3, 2, 3, 4)).round(1))


@exercise.case(tags=("batch",))
def as_many_sequences_as_positions_and_features(rng):
    return inputs(*rng.normal(size=(3, 3, 3, 3)).round(1))


@exercise.case(tags=("batch",))
def two_batch_axes(rng):
    return inputs(*rng.normal(size=(3, 2, 3, 5, 4)))


@exercise.case(tags=("batch", "mask", "broadcast"))
def padding_mask_on_a_batch(rng):
    mask = np.arange(4) < rng.permutation([1, 2, 4])[:, None, None]
    return inputs(*rng.normal(size=(3, 3, 4, 5)), mask=mask)


@exercise.case(tags=("batch", "mask", "broadcast"))
def one_causal_mask_for_a_batch(rng):
    return inputs(*draw_narrow(rng, 2), mask=np.tri(3, dtype=bool))


@exercise.case(tags=("large",))
def large_magnitudes(rng):
    query, key, value = rng.normal(size=(3, 3, 4)).round(1)
    return inputs(100 * query, 100 * key, value)


@exercise.case(tags=("mask", "large"))
def a_forbidden_key_far_above_the_rest(rng):
    query, key, value = rng.normal(size=(3, 3, 4)).round(1)
    query[:, 0], key[:, 0] = 1000.0, [-10.0, 12.0, -10.0]
    return inputs(query, key, value, mask=np.array([[True, False, True]] * 3))


@exercise.case(tags=("float32",))
def float32_inputs(rng):
    return inputs(*rng.normal(size=(3, 4, 3)).astype(np.float32))


@exercise.case(tags=("float32", "mask"))
def float32_inputs_with_a_mask(rng):
    mask = draw_mask(rng, [True, True, False, True], 4)
    return inputs(*rng.normal(size=(3, 4, 3)).astype(np.float32), mask=mask)


@exercise.case(hidden=True, tags=("batch", "mask", "oblong"))
def everything_at_once(rng):
    query = rng.normal(size=(2, 3, 7, 6))
    key = rng.normal(size=(2, 3, 9, 6))
    value = rng.normal(size=(2, 3, 9, 4))
    mask = draw_mask(rng, np.arange(9) < 5, 3, 7)
    return inputs(query, key, value, mask=mask)


@exercise.edit("scaled_dot_scores", "dot_scores")
def does_not_scale():
    """You do not scale the dot products.

    The wider the vectors, the larger the scores, until softmax gives nearly all weight to one key
    and hardly any gradient to the others. By what does the formula divide?
    """


@exercise.edit("scaled_dot_scores(query, key)", "dot_scores(query, key) / query.shape[-1]")
def divides_by_the_width_itself():
    """You divide the scores by d_k and not by its square root.

    The spread of the dot products grows with the root of the width. Dividing by the width itself
    flattens the weights, and wide vectors could hardly choose any more.
    """


@exercise.edit("scaled_dot_scores(query, key)", "dot_scores(query, key) / math.sqrt(key.shape[-2])")
def scales_by_the_number_of_keys():
    """You divide by the root of the number of keys.

    A dot product sums over features, so it is the width of query and key that counts, however
    long the sequence is.
    """


@exercise.edit(
    "scaled_dot_scores(query, key)", "dot_scores(query, key) / math.sqrt(query.shape[-2])"
)
def scales_by_the_number_of_queries():
    """You divide by the root of the number of queries.

    A dot product sums over features, so it is the width of query and key that counts, however
    long the sequence is. Along which axis do the features lie?
    """


@exercise.edit(
    "scaled_dot_scores(query, key)", "dot_scores(query, key) / math.sqrt(value.shape[-1])"
)
def scales_by_the_width_of_the_values():
    """You divide by the root of the values' width.

    Often it is the same number, but the values have no part in the scores. Which two arrays do the
    dot products come from?
    """


@exercise.edit(
    "scaled_dot_scores(query, key)", "dot_scores(query, key) / math.sqrt(query.shape[1])"
)
def reads_the_width_from_the_second_axis():
    """You take the length of the second axis for the width.

    With a single sequence it is; a batch axis in front makes it the number of positions. Features
    are always last, so count from the end.
    """


@exercise.edit("scaled_dot_scores(query, key)", "query @ key.T / math.sqrt(query.shape[-1])")
def transposes_the_batch_too():
    """You transpose the key with `.T`, which reverses all of its axes, batch axes too.

    It is what you want for a single sequence only. With a batch, exchange just the last two axes.
    """


@exercise.mistake
def transposes_the_batch_in_np_dot(query, key, value, mask=None):
    """You use np.dot with `.T`, and neither of the two keeps the sequences of a batch apart.

    `.T` reverses all axes, batch axes too, and np.dot pairs every sequence with every other.
    Exchange just the last two axes, and multiply with `@`.
    """
    weights = masked_softmax(np.dot(query, key.T) / math.sqrt(query.shape[-1]), mask)
    return np.dot(weights, value), weights


@exercise.edit(
    "scaled_dot_scores(query, key)", "query @ key.transpose(0, 2, 1) / math.sqrt(query.shape[-1])"
)
def names_the_axes_of_a_single_batch():
    """You count on exactly one batch axis, as key.transpose(0, 2, 1) does.

    A single sequence has one axis fewer, and a batch of batches has one more. Count the axes from
    the end; in einsum, `...` stands for those in front.
    """


@exercise.edit("scaled_dot_scores(query, key)", "scaled_dot_scores(key, query)")
def lets_the_keys_ask():
    """You multiply key by query, so your scores have a row for each key.

    Every query chooses among the keys: queries are rows, keys are columns. Which of the two stands
    first in the product?
    """


@exercise.edit("weights @ value", "weights @ value + query")
def adds_the_query():
    """You add the query to the blend, as a residual connection does.

    Blocks will do that around attention. Here the result is the blend alone, and the query only
    decides its proportions.
    """


@exercise.edit("weights @ value", "weights.swapaxes(-1, -2) @ value")
def blends_by_the_columns_of_the_weights():
    """Your weights are right, but you turn them on their side before you blend the values.

    Row i of the weights belongs to query i, and the sum runs over the keys, along that row. Which
    axis of the weights should meet the axis of the keys in `value`?
    """


@exercise.edit("weights @ value", "weights @ value + value")
def adds_the_value():
    """You add the value to the blend, as if by a residual connection.

    It fits only where there are as many queries as keys. The result is the blend alone: each query
    takes from its own position what its weights say, and no more.
    """


@exercise.edit("weights @ value", "weights @ query")
def blends_the_queries():
    """You blend the queries; the values are never used.

    Queries only decide who is listened to. What is handed on are the values, one for each key.
    """


@exercise.mistake
def normalises_the_output(query, key, value, mask=None):
    """You normalise the blend, as a layer norm does.

    Blocks will do that after attention, in a step of their own. Here the result is the blend as it
    is.
    """
    output, weights = attention(query, key, value, mask)
    spread = (output.var(axis=-1, keepdims=True) + 1e-5) ** 0.5
    return (output - output.mean(axis=-1, keepdims=True)) / spread, weights


@exercise.mistake
def forgets_the_softmax(query, key, value, mask=None):
    """You blend with the scores themselves; there is no softmax.

    Scores may be negative, and they do not sum to 1. Softmax makes shares of them.
    """
    weights = scaled_dot_scores(query, key)
    weights = weights if mask is None else np.where(mask, weights, 0)
    return weights @ value, weights


@exercise.edit("weights @ value", "weights @ key")
def blends_the_keys():
    """You blend the keys; the values are never used.

    Keys only decide who is listened to. What is handed on are the values, which may be wider or
    narrower than the keys.
    """


@exercise.mistake
def hides_the_future_unasked(query, key, value, mask=None):
    """You hide the future from every query as soon as no mask is given.

    Without a mask each query may attend to every key. A caller who wants to hide the future passes
    a causal mask.
    """
    if mask is None and query.shape[-2] == key.shape[-2]:
        mask = np.tri(key.shape[-2], dtype=bool)
    return attention(query, key, value, mask)


@exercise.edit(", mask)", ", np.tri(query.shape[-2], key.shape[-2], dtype=bool))")
def takes_a_causal_mask_for_any():
    """You use a causal mask, whatever mask the caller gives or does not give.

    Whoever reads a whole sentence may look both ways, and padding has to be hidden wherever it is.
    The caller decides what is hidden.
    """


@exercise.mistake
def hides_the_future_of_other_sequences_too(query, key, value, mask=None):
    """You hide the future from every query as soon as no mask is given, even in another sequence.

    Without a mask each query may attend to every key. A caller who wants to hide the future passes
    a causal mask.
    """
    if mask is None:
        mask = np.tri(query.shape[-2], key.shape[-2], dtype=bool)
    return attention(query, key, value, mask)


@exercise.mistake
def always_hides_the_future(query, key, value, mask=None):
    """You always hide the future, from every query and beside any mask that is given.

    Whoever reads a whole sentence may look both ways, and then no mask forbids it. A caller who
    wants to hide the future passes a causal mask.
    """
    past = np.tri(query.shape[-2], key.shape[-2], dtype=bool)
    return attention(query, key, value, past if mask is None else mask & past)


@exercise.mistake
def lets_queries_compete_for_each_key(query, key, value, mask=None):
    """You normalise over the queries: the columns of your weights sum to 1, not the rows.

    The queries would compete for each key. It is the keys that compete for a query, and they lie
    along the last axis.
    """
    scores = scaled_dot_scores(query, key).swapaxes(-1, -2)
    turned = None if mask is None else np.broadcast_to(mask, scores.swapaxes(-1, -2).shape)
    weights = masked_softmax(scores, None if turned is None else turned.swapaxes(-1, -2))
    return weights.swapaxes(-1, -2) @ value, weights.swapaxes(-1, -2)


@exercise.mistake
def normalises_over_the_queries(query, key, value, mask=None):
    """You normalise over the queries: the columns of your weights sum to 1, not the rows.

    The queries would compete for each key. It is the keys that compete for a query, and they lie
    along the last axis.
    """
    scores = scaled_dot_scores(query, key)
    weights = softmax(scores if mask is None else np.where(mask, scores, -np.inf), axis=-2)
    return weights @ value, weights


@exercise.mistake
def scales_the_weights(query, key, value, mask=None):
    """You divide by the root after the softmax, so it is the weights that shrink.

    They no longer sum to 1, and the scores were too large already when softmax saw them.
    """
    weights = masked_softmax(dot_scores(query, key), mask) / math.sqrt(query.shape[-1])
    return weights @ value, weights


@exercise.mistake
def exponentiates_without_shifting(query, key, value, mask=None):
    """You exponentiate the scores as they are, and large ones overflow.

    exp(1000) is inf, and inf / inf is nan. The functions of the exercises before this one take
    care of that already.
    """
    scores = scaled_dot_scores(query, key)
    weights = np.exp(scores) if mask is None else np.exp(scores) * mask
    total = weights.sum(axis=-1, keepdims=True)
    weights = weights / np.where(total == 0, 1, total)
    return weights @ value, weights


@exercise.edit(", mask)", ")")
def ignores_the_mask():
    """You take a mask and do nothing with it.

    Every query still sees every key, the future and the padding included. Hand the mask on to
    where scores become weights.
    """


@exercise.edit(", mask)", ", None if mask is None else ~mask)")
def inverts_the_mask():
    """You hide the keys that are allowed and attend to those that are forbidden.

    In this course True says "may attend", so a causal mask is True on and below its diagonal. Some
    libraries mark what is hidden instead.
    """


@exercise.mistake
def masks_after_the_softmax(query, key, value, mask=None):
    """You apply the mask to the weights, after the softmax.

    The forbidden keys have taken their share by then, and what is left sums to less than 1. The
    mask belongs to the scores.
    """
    _, weights = attention(query, key, value)
    weights = weights if mask is None else weights * mask
    return weights @ value, weights


@exercise.mistake
def averages_where_nothing_may_be_seen(query, key, value, mask=None):
    """You give a query that may attend to nothing the average of all values.

    A large negative number such as -1e9 in the whole row leaves equal weights for all keys, and
    so what was forbidden leaks out. The weights of such a row are 0, and so is its output.
    """
    scores = scaled_dot_scores(query, key)
    weights = softmax(scores if mask is None else np.where(mask, scores, -1e9))
    return weights @ value, weights


@exercise.mistake
def unmasks_where_nothing_may_be_seen(query, key, value, mask=None):
    """You let a query that may attend to nothing attend to everything, as if there were no mask.

    In float64, adding -1e9 to a whole row leaves its weights as they were, because softmax cancels
    what all scores share. The weights of such a row are 0, and so is its output.
    """
    scores = scaled_dot_scores(query, key)
    if mask is not None:
        scores = scores + np.where(mask, 0, -1e9).astype(scores.dtype)
    weights = softmax(scores)
    return weights @ value, weights


@exercise.mistake
def returns_nan_where_nothing_may_be_seen(query, key, value, mask=None):
    """You return nan for a query that may attend to nothing.

    A row of nothing but -inf has no softmax. Padded batches often contain such rows, and one nan
    spoils all that is computed from it. masked_softmax knows what to do.
    """
    scores = scaled_dot_scores(query, key)
    weights = softmax(scores if mask is None else np.where(mask, scores, -np.inf))
    return weights @ value, weights


@exercise.mistake
def cleans_the_output_only(query, key, value, mask=None):
    """Your output is right, but the weights are nan for a query that may attend to nothing.

    The nan is cleaned up after the blend, and the weights are returned as they were. They are to be
    zeros as well: masked_softmax makes them so.
    """
    scores = scaled_dot_scores(query, key)
    weights = softmax(scores if mask is None else np.where(mask, scores, -np.inf))
    return np.nan_to_num(weights @ value), weights


@exercise.mistake
def masks_half_way_with_minus_a_billion(query, key, value, mask=None):
    """You clear the output of a query that may attend to nothing, but not its weights.

    A large negative number in the whole row leaves equal weights for all keys, and those are
    returned. They are to be zeros as well: masked_softmax makes them so.
    """
    scores = scaled_dot_scores(query, key)
    weights = softmax(scores if mask is None else np.where(mask, scores, -1e9))
    is_empty = False if mask is None else ~mask.any(axis=-1, keepdims=True)
    return np.where(is_empty, 0, weights @ value), weights


@exercise.mistake
def scales_the_query_in_place(query, key, value, mask=None):
    """Your numbers are right, but you divide the caller's own query on the way.

    `query /= ...` writes into it, and whoever called you still needs those vectors. An operation
    without the `=` makes a new array.
    """
    query /= math.sqrt(query.shape[-1])
    weights = masked_softmax(dot_scores(query, key), mask)
    return weights @ value, weights


@exercise.edit("return output, weights", "return output")
def returns_the_output_only():
    """You return the output and keep the weights to yourself.

    Callers unpack two things, output and weights: who looks at whom is worth seeing.
    """


@exercise.edit("output, weights", "weights, output")
def returns_the_weights_first():
    """You return the weights first and the output second.

    Callers unpack them as `output, weights`.
    """


@exercise.mistake
def returns_the_scores(query, key, value, mask=None):
    """You return the scores in place of the weights.

    They have the same shape. What callers want to see is how each query shares out its attention:
    the rows that sum to 1, after the softmax.
    """
    scores = scaled_dot_scores(query, key)
    return masked_softmax(scores, mask) @ value, scores


@exercise.edit("scaled_dot_scores(query, key)", "dot_scores(query, key) / np.sqrt(query.shape[-1])")
def loses_single_precision():
    """Your numbers are right, but float32 inputs give float64 results.

    The usual cause is np.sqrt: of a Python int it makes a float64 scalar, which makes float64 of
    every array it meets. A plain Python float does not, and the standard library has a root too.
    """


@exercise.edit(
    "scaled_dot_scores(query, key)",
    "scaled_dot_scores(query, key) if mask is None else dot_scores(query, key)",
)
def scales_only_where_there_is_no_mask():
    """You divide by the root of d_k where there is no mask, and not where there is one.

    A mask says which keys may be seen; how large the scores are is another matter. What do the two
    branches have in common?
    """


@exercise.edit(
    "return output, weights", "return output, masked_softmax(scaled_dot_scores(query, key))"
)
def returns_the_weights_before_the_mask():
    """The weights you return know nothing of the mask; your output does.

    Whoever draws them sees attention to keys that were never looked at. Return those that made the
    output.
    """
