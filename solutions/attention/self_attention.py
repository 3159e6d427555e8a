"""Self-attention: a sequence looks up what it needs in itself.

Query, key and value need not come from three places. In self-attention they are three views of the
same vectors, made by three learned matrices (projections): what a position asks for, what it can be
found by, and what it hands over. So "it" may find the noun that it stands for, although the two
words are alike in nothing: w_query and w_key decide what counts as alike.

    Q = x w_query      K = x w_key      V = x w_value
    self_attention(x) = softmax(Q K^T / sqrt(d_k)) V

    x        (..., n, d)      w_query, w_key  (d, d_k)
    Q, K     (..., n, d_k)    w_value         (d, d_v)
    V        (..., n, d_v)    output          (..., n, d_v)

    x = [[1, 0], [0, 1], [0, 2]];   w_query [[ln 2], [0]],  w_key [[1], [0]],  w_value [[12], [4]]
    Q = [[ln 2], [0], [0]]   K = [[1], [0], [0]]   V = [[12], [4], [8]]   d_k = 1, so no scaling
    weights: row 0 [1/2, 1/4, 1/4], the others 1/3 everywhere   ->   output [[9], [8], [8]]

The scale is the root of d_k, the width of Q and K, and not that of x: the dot products are between
rows of Q and K. Formula: Vaswani et al. 2017, section 3.2.1, with the projections of section 3.2.2.

Without a mask, exchange two words and their outputs change places too, and nothing else changes:
unless positions are in the vectors, self-attention cannot tell one order from another.
"""

import math

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.attention.attention import attention
from solutions.attention.attention_scores import dot_scores, scaled_dot_scores
from solutions.attention.masking import masked_softmax
from solutions.attention.softmax import softmax
from solutions.drawing import draw_mask, in_single_precision

exercise = Exercise(
    formulas={
        "Q = x": r"Q = x\,w_\text{query} \qquad K = x\,w_\text{key} \qquad V = x\,w_\text{value}",
        "self_attention(x)": (
            r"\text{self\_attention}(x) = \text{softmax}\left(\frac{Q K^\top}{\sqrt{d_k}}\right) V"
        ),
    },
    hints=[
        "There is one input and three matrices. What are the shapes of x times each of them?",
        "Nothing needs to be scaled by hand: attention reads d_k off the queries that it is"
        " given. Then what is left to write once you have queries, keys and values?",
        "An earlier exercise takes queries, keys and values, and the mask with them. What it"
        " returns is a pair.",
        "Project x three times; call attention with the three results and the mask; return the"
        " first of the two things it gives you.",
    ],
)


@exercise.reference
def self_attention(x, w_query, w_key, w_value, mask=None):
    """Let every position of a sequence attend to the positions of the same sequence.

    Parameters
    ----------
    x : (..., n, d)
        A sequence of n vectors, with any leading batch axes.
    w_query : (d, d_k)
        Turns each vector into its query, what it asks for.
    w_key : (d, d_k)
        Turns each vector into its key, what it can be found by.
    w_value : (d, d_v)
        Turns each vector into its value, what it hands over.
    mask : bool (..., n, n) or None
        True where a position may attend to another; any shape of two axes or more that broadcasts
        to this one.

    Returns
    -------
    output : (..., n, d_v)
        Of the dtype of `x`; zeros for a position that may attend to nothing.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.2.3, on self-attention in the encoder.
    """
    output, _ = attention(x @ w_query, x @ w_key, x @ w_value, mask)
    return output


@exercise.picture
def no_sense_of_order():
    """A sequence of four vectors, and the same with the first and the last exchanged.

    The outputs change places too, and nothing else happens: the order tells self-attention nothing.
    """
    words = ["a", "b", "c", "d"]
    x = np.array([[3.0, 0.0, 0.0], [1.0, 2.0, 0.0], [0.0, 1.0, 1.0], [-1.0, 0.0, 2.0]])
    exchanged = [3, 1, 2, 0]
    orders = {"a b c d": [0, 1, 2, 3], "d b c a": exchanged}
    return [
        view(title, inputs(x[order], *[np.eye(3)] * 3), rows=[words[i] for i in order])
        for title, order in orders.items()
    ]


def draw_weights(rng, d, d_k, d_v):
    return tuple(rng.normal(size=(d, width)).round(1) for width in (d_k, d_k, d_v))


@exercise.case(tags=("edge",))
def one_position_returns_its_own_value(rng):
    return inputs(rng.normal(size=(1, 2)).round(1), *draw_weights(rng, 2, 2, 2))


@exercise.case(points=2)
def two_positions_of_width_two(rng):
    return inputs(rng.normal(size=(2, 2)).round(1), *draw_weights(rng, 2, 2, 2))


@exercise.case
def keys_of_zeros_get_the_average(rng):
    w_query, _, w_value = draw_weights(rng, 2, 2, 2)
    return inputs(rng.normal(size=(3, 2)).round(1), w_query, np.zeros((2, 2)), w_value)


@exercise.case
def matrices_that_change_nothing(rng):
    return inputs(rng.normal(size=(3, 2)).round(1), *[np.eye(2)] * 3)


@exercise.case
def words_of_width_one(rng):
    return inputs(rng.normal(size=(3, 1)).round(1), *draw_weights(rng, 1, 1, 1))


@exercise.case(tags=("oblong",))
def keys_narrower_than_the_words(rng):
    return inputs(rng.normal(size=(3, 4)).round(1), *draw_weights(rng, 4, 2, 2))


@exercise.case(tags=("oblong",))
def values_wider_than_keys(rng):
    return inputs(rng.normal(size=(3, 4)).round(1), *draw_weights(rng, 4, 2, 5))


@exercise.case(tags=("mask",))
def causal_mask_on_one_sequence(rng):
    x = rng.permutation([-1.0, 0.5, 3.0])[:, None]
    return inputs(x, *[np.eye(1)] * 3, mask=np.tri(3, dtype=bool))


@exercise.case(tags=("mask", "empty_row"))
def a_position_that_may_attend_to_nothing(rng):
    mask = np.array([[True, True, True], [False, False, False], [True, True, True]])
    x = rng.permutation([-1.0, 0.5, 3.0])[:, None]
    return inputs(x, *[np.eye(1)] * 3, mask=mask)


@exercise.case(tags=("batch",))
def one_batch_axis(rng):
    return inputs(rng.normal(size=(2, 3, 1)).round(1), *draw_weights(rng, 1, 1, 1))


@exercise.case(tags=("batch",))
def as_many_sequences_as_positions_and_features(rng):
    return inputs(rng.normal(size=(3, 3, 3)).round(1), *draw_weights(rng, 3, 3, 3))


@exercise.case(tags=("batch", "oblong"))
def two_batch_axes(rng):
    return inputs(rng.normal(size=(2, 3, 5, 4)), *draw_weights(rng, 4, 3, 6))


@exercise.case(tags=("batch", "mask", "broadcast"))
def one_causal_mask_for_a_batch(rng):
    x = rng.normal(size=(2, 3, 4)).round(1)
    return inputs(x, *draw_weights(rng, 4, 4, 4), mask=np.tri(3, dtype=bool))


@exercise.case(tags=("batch", "mask", "broadcast"))
def every_sequence_with_padding_of_its_own(rng):
    mask = np.arange(4) < rng.permutation([1, 2, 3])[:, None, None]
    return inputs(rng.normal(size=(3, 4, 5)), *draw_weights(rng, 5, 5, 5), mask=mask)


@exercise.case(tags=("large",))
def large_magnitudes(rng):
    return inputs(100 * rng.normal(size=(3, 4)).round(1), *draw_weights(rng, 4, 4, 4))


@exercise.case(tags=("float32",))
def float32_inputs(rng):
    drawn = (rng.normal(size=(4, 5)), *draw_weights(rng, 5, 3, 4))
    return inputs(*in_single_precision(drawn))


@exercise.case(tags=("float32", "mask"))
def float32_inputs_with_a_mask(rng):
    drawn = (rng.normal(size=(4, 5)), *draw_weights(rng, 5, 3, 4))
    mask = draw_mask(rng, [True, True, False, True], 4)
    return inputs(*in_single_precision(drawn), mask=mask)


@exercise.case(hidden=True, tags=("batch", "mask", "oblong"))
def everything_at_once(rng):
    mask = draw_mask(rng, np.arange(9) < 4, 2, 3, 9)
    return inputs(rng.normal(size=(2, 3, 9, 8)), *draw_weights(rng, 8, 5, 7), mask=mask)


@exercise.mistake
def scales_by_the_width_of_the_words(x, w_query, w_key, w_value, mask=None):
    """You divide the scores by the root of d, the width of x.

    The dot products are sums over the d_k features of queries and keys. They are often narrower
    than x, and your weights then come out flatter than they should.
    """
    scores = dot_scores(x @ w_query, x @ w_key) / math.sqrt(x.shape[-1])
    return masked_softmax(scores, mask) @ (x @ w_value)


@exercise.mistake
def scales_by_the_width_of_the_values(x, w_query, w_key, w_value, mask=None):
    """You divide the scores by the root of the values' width.

    Values have no part in the scores. Which two arrays do the dot products come from?
    """
    scores = dot_scores(x @ w_query, x @ w_key) / math.sqrt(w_value.shape[-1])
    return masked_softmax(scores, mask) @ (x @ w_value)


@exercise.mistake
def scales_by_the_length_of_the_sequence(x, w_query, w_key, w_value, mask=None):
    """You divide the scores by the root of n, the number of positions.

    A dot product sums over features, so it is the width of queries and keys that counts, however
    long the sequence is.
    """
    scores = dot_scores(x @ w_query, x @ w_key) / math.sqrt(x.shape[-2])
    return masked_softmax(scores, mask) @ (x @ w_value)


@exercise.mistake
def does_not_scale(x, w_query, w_key, w_value, mask=None):
    """You do not scale the dot products.

    The wider the keys, the larger the scores, until softmax gives nearly all weight to one of them.
    By what does the formula divide?
    """
    return masked_softmax(dot_scores(x @ w_query, x @ w_key), mask) @ (x @ w_value)


@exercise.edit("x @ w_query, x @ w_key, x @ w_value", "x, x, x")
def attends_without_projecting():
    """You hand x itself to attention, three times, and use none of the matrices.

    Positions could then only find vectors that point their own way, and no weights are learned
    here. Each of the three views has a matrix.
    """


@exercise.edit("x @ w_value", "x")
def blends_the_words_themselves():
    """Your weights are right, but what you blend is x and not the values.

    What a position is found by and what it hands over are learned apart, by w_key and w_value.
    """


@exercise.edit("x @ w_key", "x @ w_query")
def makes_keys_with_the_weights_of_queries():
    """You make the keys with w_query, and w_key is never used.

    Then score(i, j) = score(j, i): a verb that looks for its subject forces the subject to look for
    the verb as strongly.
    """


@exercise.edit("x @ w_query", "x @ w_key")
def makes_queries_with_the_weights_of_keys():
    """You make the queries with w_key, and w_query is never used.

    Then score(i, j) = score(j, i): a verb that looks for its subject forces the subject to look for
    the verb as strongly.
    """


@exercise.edit("x @ w_value", "x @ w_key")
def makes_values_with_the_weights_of_keys():
    """You make the values with w_key, and w_value is never used.

    What a position is found by and what it hands over are learned apart. Copied lines are worth a
    second look.
    """


@exercise.edit("x @ w_query, x @ w_key, x @ w_value", "x @ w_query, x @ w_query, x @ w_query")
def projects_once_for_all_three():
    """You project x once, with w_query, and use the result as query, key and value.

    Self-attention takes all three from the same x, but through three matrices: what a position asks
    for, what it is found by and what it hands over.
    """


@exercise.edit("x @ w_query, x @ w_key, x @ w_value", "x @ w_key, x @ w_key, x @ w_key")
def makes_everything_with_the_weights_of_keys():
    """You project x once, with w_key, and use the result as query, key and value.

    Self-attention takes all three from the same x, but through three matrices: what a position asks
    for, what it is found by and what it hands over.
    """


@exercise.edit("x @ w_value", "x @ w_query")
def makes_values_with_the_weights_of_queries():
    """You make the values with w_query, and w_value is never used.

    What a position asks for and what it hands over are learned apart. Copied lines are worth a
    second look.
    """


@exercise.edit("x @ w_key, x @ w_value", "x @ w_value, x @ w_key")
def exchanges_keys_and_values():
    """You have keys and values the wrong way round: queries are compared with the values.

    Attention takes query, key and value in this order. Where all are equally wide, nothing
    complains.
    """


@exercise.edit("x @ w_query, x @ w_key", "x @ w_key, x @ w_query")
def exchanges_queries_and_keys():
    """You have queries and keys the wrong way round, so every row of your scores belongs to a key.

    The shapes are the same, which is why nothing complains. Row i must hold the scores of query i.
    """


@exercise.edit("x @ w_query, x @ w_key, x @ w_value", "x @ w_query.T, x @ w_key.T, x @ w_value.T")
def multiplies_by_transposed_weights():
    """You multiply by the transposed weights, `x @ w.T`.

    Some libraries store weights as (d_out, d_in). Here they are (d_in, d_out), and x stands on the
    left.
    """


@exercise.edit("return output", "return output + x")
def adds_x_to_the_output():
    """You add x to the output, as a residual connection does.

    Blocks will do that around attention. Here the output is the blend of values alone, which may be
    wider or narrower than x.
    """


@exercise.edit("return output", "return output + x if output.shape == x.shape else output")
def adds_x_where_the_widths_allow():
    """You add x to the output wherever both are equally wide, as a residual connection does.

    Blocks will do that around attention. Here the output is the blend of values alone.
    """


@exercise.mistake
def lays_all_sequences_end_to_end(x, w_query, w_key, w_value, mask=None):
    """You make one long sequence of a batch, and all its words attend to each other.

    A word must not see another sentence. Batch axes in front are no trouble to `@` and to your
    attention, so leave them where they are.
    """
    flat = x.reshape(-1, x.shape[-1])
    if mask is not None:
        mask = np.broadcast_to(mask, (*x.shape[:-1], x.shape[-2])).reshape(len(flat), -1)
        mask = np.tile(mask, (1, len(flat) // x.shape[-2]))
    output = self_attention(flat, w_query, w_key, w_value, mask)
    return output.reshape(*x.shape[:-1], w_value.shape[-1])


@exercise.edit("output, _ =", "output =")
def returns_the_weights_too():
    """You return a pair, output and weights, as attention does.

    Whoever calls this function expects one array. Take the pair apart.
    """


@exercise.edit("output, _", "_, output")
def returns_the_weights():
    """You return the weights and not the output.

    The weights say who looks at whom. What is wanted is what they get to see: a blend of values
    for each position.
    """


@exercise.mistake
def transposes_the_batch_too(x, w_query, w_key, w_value, mask=None):
    """You transpose the keys with `.T`, which reverses all of their axes, batch axes too.

    It is what you want for a single sequence only. Your attention does it right.
    """
    scores = (x @ w_query) @ (x @ w_key).T / math.sqrt(w_key.shape[-1])
    return masked_softmax(scores, mask) @ (x @ w_value)


@exercise.mistake
def normalises_over_the_queries(x, w_query, w_key, w_value, mask=None):
    """You normalise over the queries: the columns of your weights sum to 1, not the rows.

    The queries would compete for each key. It is the keys that compete for a query, and they lie
    along the last axis.
    """
    scores = scaled_dot_scores(x @ w_query, x @ w_key)
    weights = softmax(scores if mask is None else np.where(mask, scores, -np.inf), axis=-2)
    return weights @ (x @ w_value)


@exercise.mistake
def normalises_along_axis_one(x, w_query, w_key, w_value, mask=None):
    """You normalise along axis 1, which holds the keys only as long as there is no batch.

    With a batch axis in front, axis 1 holds the queries, and they would compete for each key. Keys
    lie along the last axis: count from the end.
    """
    scores = scaled_dot_scores(x @ w_query, x @ w_key)
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = weights if mask is None else weights * mask
    total = weights.sum(axis=1, keepdims=True)
    return weights / np.where(total == 0, 1, total) @ (x @ w_value)


@exercise.edit(", mask)", ")")
def ignores_the_mask():
    """You take a mask and do nothing with it.

    Every position still sees every other, the future and the padding included. Hand it on to where
    scores become weights.
    """


@exercise.edit(", mask)", ", None if mask is None else ~mask)")
def inverts_the_mask():
    """You hide the positions that are allowed and attend to those that are forbidden.

    In this course True says "may attend", and attention takes a mask of the same kind: pass it on
    unchanged.
    """


@exercise.edit(", mask)", ", np.tri(x.shape[-2], dtype=bool))")
def always_hides_the_future():
    """You use a causal mask, whatever mask the caller gives or does not give.

    A model that writes text needs one; a model that reads may look both ways. The caller decides
    what is hidden.
    """


@exercise.mistake
def hides_the_future_beside_the_mask(x, w_query, w_key, w_value, mask=None):
    """You always hide the future, beside whatever else a mask hides.

    A model that writes text needs that; a model that reads may look both ways. The caller decides
    what is hidden.
    """
    past = np.tri(x.shape[-2], dtype=bool)
    return self_attention(x, w_query, w_key, w_value, past if mask is None else mask & past)


@exercise.edit(", mask)", ", np.tri(x.shape[1], dtype=bool))")
def reads_the_length_of_a_causal_mask_from_axis_one():
    """You always hide the future, and take axis 1 for the length of the sequence.

    With one batch axis it is; without one, axis 1 holds features. Count from the end. And is there
    a mask at all? The caller decides what is hidden.
    """


@exercise.mistake
def masks_after_the_softmax(x, w_query, w_key, w_value, mask=None):
    """You apply the mask to the weights, after the softmax.

    The forbidden positions have taken their share by then, and what is left sums to less than 1.
    The mask belongs to the scores.
    """
    weights = softmax(scaled_dot_scores(x @ w_query, x @ w_key))
    return (weights if mask is None else weights * mask) @ (x @ w_value)


@exercise.mistake
def averages_where_nothing_may_be_seen(x, w_query, w_key, w_value, mask=None):
    """You give a position that may attend to nothing the average of all values.

    A large negative number such as -1e9 in the whole row leaves equal weights for everybody. The
    weights of such a row are 0, and so is its output: masked_softmax knows.
    """
    scores = scaled_dot_scores(x @ w_query, x @ w_key)
    return softmax(scores if mask is None else np.where(mask, scores, -1e9)) @ (x @ w_value)


@exercise.mistake
def returns_nan_where_nothing_may_be_seen(x, w_query, w_key, w_value, mask=None):
    """You return nan for a position that may attend to nothing.

    A row of nothing but -inf has no softmax, and one nan spoils all that is computed from it.
    masked_softmax knows what to do.
    """
    scores = scaled_dot_scores(x @ w_query, x @ w_key)
    return softmax(scores if mask is None else np.where(mask, scores, -np.inf)) @ (x @ w_value)


@exercise.mistake
def exponentiates_without_shifting(x, w_query, w_key, w_value, mask=None):
    """You exponentiate the scores as they are, and large ones overflow.

    exp(1000) is inf, and inf / inf is nan. The functions of the exercises before this one take
    care of that already.
    """
    scores = scaled_dot_scores(x @ w_query, x @ w_key)
    weights = np.exp(scores) if mask is None else np.exp(scores) * mask
    total = weights.sum(axis=-1, keepdims=True)
    return weights / np.where(total == 0, 1, total) @ (x @ w_value)


@exercise.mistake
def loses_single_precision(x, w_query, w_key, w_value, mask=None):
    """Your numbers are right, but float32 inputs give a float64 result.

    Something in between is float64: often np.sqrt of a Python int, or an array of zeros that
    collects the rows. The functions of the exercises before this one keep the dtype.
    """
    return self_attention(x, w_query, w_key, w_value, mask).astype(np.float64)


@exercise.mistake
def joins_the_sequences_of_a_batch(x, w_query, w_key, w_value, mask=None):
    """You make one long sequence of a batch where there is no mask.

    Then the words of one sentence attend to those of others. Each sequence of a batch is a world of
    its own: leave the axes in front as they are.
    """
    if mask is not None or x.ndim < 3:
        return self_attention(x, w_query, w_key, w_value, mask)
    together = self_attention(x.reshape(-1, x.shape[-1]), w_query, w_key, w_value)
    return together.reshape(*x.shape[:-1], -1)
