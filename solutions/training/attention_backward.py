"""Attention backward: which way queries, keys and values should go.

Training asks of every number: if it grows a little, by how much does the loss grow? That is its
gradient. It has the shape of what it belongs to, and is found step by step from the end:

    scores = query · keyᵀ / sqrt(d_k)
    weights = softmax(scores)         output = weights · value

What is given is grad_output, the gradient of the output. Two of the three steps are products of
matrices. A product goes back like this, where grad_c is known and c = a · b:

    grad_a = grad_c · bᵀ    grad_b = aᵀ · grad_c     (as the shapes have it)

The third step is softmax. More weight for one key is less for the others, so each gradient is
compared with the mean of its row, which is weighted as the row is. With g for grad_weights:

    grad_scores  =  weights · (g - sum over the row of weights · g)

    weights [1/2, 1/4, 1/4], g [4, 0, 0]:  the sum is 2  ->  [1, -1/2, -1/2]

    query (..., n_query, d_k)  key (..., n_key, d_k)  value (..., n_key, d_v)

A factor goes back as a factor: what divides the scores divides their gradient. What the mask
forbids has weight 0, and so its gradient is 0, too; a row that may attend to nothing has no
gradient at all.
"""

import math

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.attention.attention_scores import scaled_dot_scores
from solutions.attention.masking import masked_softmax
from solutions.attention.softmax import softmax
from solutions.drawing import draw_mask, in_single_precision

exercise = Exercise(
    formulas={
        "grad_scores ": (
            r"\frac{\partial L}{\partial s_i} = w_i \left(g_i - \textstyle\sum_j w_j g_j\right),"
            r" \quad g = \frac{\partial L}{\partial w}"
        ),
    },
    tags={
        "scaled": "where d_k is 1 and wrong where it is not",
        "wider_values": "where values are as wide as keys and wrong where they are not",
        "empty_weights": "unless a row has no weight at all",
    },
    hints=[
        "softmax_backward: multiply weights and gradients, and add up each row. With keepdims the"
        " sums stay in front of their rows.",
        "attention_backward: first go forward, to have the weights. Then go back: output, weights,"
        " scores, and from these to query and key.",
        "attention_backward: output = weights · value is c = a · b. So there are two gradients; one"
        " of them is finished, and the other goes on through softmax.",
        "attention_backward: scores = query · keyᵀ is a product as well. The shapes say what has to"
        " be transposed: grad_key has a row for each key.",
        "swapaxes(-1, -2) transposes the last two axes and leaves batches alone; .T does not.",
    ],
)


def draw_weights(rng, *shape):
    """Draw rows that sum to 1."""
    return softmax(rng.normal(size=shape).round(1))


@exercise.reference
def softmax_backward(weights, grad):
    """Take the gradient of weights back to the scores that they were made of.

    Parameters
    ----------
    weights : (..., n)
        What softmax returned over the last axis. A row may be all zeros.
    grad : (..., n)
        The gradient of the loss for each weight.

    Returns
    -------
    grad_scores : (..., n)
        The gradient of the loss for each score.
    """
    return weights * (grad - (weights * grad).sum(axis=-1, keepdims=True))


@exercise.case(points=2)
def one_row(rng):
    return inputs(draw_weights(rng, 3), rng.normal(size=3).round(1))


@exercise.case
def weights_that_are_equal(rng):
    return inputs(np.full(4, 0.25), rng.normal(size=4).round(1))


@exercise.case(tags=("oblong",))
def several_rows(rng):
    return inputs(draw_weights(rng, 2, 3), rng.normal(size=(2, 3)).round(1))


@exercise.case
def as_many_rows_as_weights(rng):
    return inputs(draw_weights(rng, 3, 3), rng.normal(size=(3, 3)).round(1))


@exercise.case(tags=("batch",))
def rows_of_several_heads(rng):
    return inputs(draw_weights(rng, 2, 2, 3, 4), rng.normal(size=(2, 2, 3, 4)).round(1))


@exercise.case(tags=("edge",))
def one_weight_of_one(rng):
    return inputs(rng.permutation(np.array([1.0, 0.0, 0.0])), rng.normal(size=3).round(1))


@exercise.case(tags=("edge",))
def gradients_that_are_all_equal(rng):
    return inputs(draw_weights(rng, 2, 3), np.full((2, 3), float(rng.integers(2, 9))))


@exercise.case(tags=("edge", "empty_weights"))
def a_row_without_any_weight(rng):
    weights = draw_weights(rng, 3, 4)
    weights[1] = 0
    return inputs(weights, rng.normal(size=(3, 4)).round(1))


@exercise.case(tags=("float32",))
def float32_weights(rng):
    arrays = draw_weights(rng, 3, 4), rng.normal(size=(3, 4)).round(1)
    return inputs(*in_single_precision(arrays))


@exercise.case(hidden=True, tags=("batch",))
def a_larger_batch_of_rows(rng):
    return inputs(draw_weights(rng, 3, 7, 9), rng.normal(size=(3, 7, 9)))


@exercise.edit("(grad - (weights * grad).sum(axis=-1, keepdims=True))", "grad")
def subtracts_nothing():
    """You multiply the gradient by the weights, and that is half of it.

    If one weight grows, the others shrink. Subtract from each gradient what its row has on average,
    weighted by the weights.
    """


@exercise.edit(
    "weights * (grad - (weights * grad).sum(axis=-1, keepdims=True))",
    "weights * grad - (weights * grad).sum(axis=-1, keepdims=True)",
)
def forgets_the_brackets():
    """You write weights * grad - sum, and that multiplies before it subtracts.

    Brackets around grad - sum: what is left of a gradient after the subtraction is multiplied by
    its weight.
    """


@exercise.edit("(grad - (weights * grad).sum(axis=-1, keepdims=True))", "(1 - weights) * grad")
def looks_at_one_weight_alone():
    """You use weights · (1 - weights), which says how a weight follows its own score.

    It follows the other scores as well: that part is missing. It is right for a sigmoid, which has
    only one number.
    """


@exercise.edit("return weights * (", "return 1 * (")
def forgets_the_weights_in_front():
    """You subtract the weighted mean, and do not multiply by the weights afterwards.

    A score whose weight is 0 can change nothing.
    """


@exercise.edit("(weights * grad).sum(axis=-1, keepdims=True)", "grad.mean(axis=-1, keepdims=True)")
def subtracts_the_plain_mean():
    """You subtract the plain mean of the row. It has to be weighted by the weights."""


@exercise.edit("(weights * grad).sum(axis=-1, keepdims=True)", "grad.sum(axis=-1, keepdims=True)")
def subtracts_the_plain_sum():
    """You subtract the sum of the row. Each gradient in it is to be multiplied by its weight."""


@exercise.edit("(weights * grad).sum(axis=-1", "(weights * grad).mean(axis=-1")
def takes_the_mean_of_the_products():
    """You take the mean of weights · grad.

    The weights sum to 1 already, so their sum is the weighted mean: nothing else is to be divided
    by.
    """


@exercise.edit("(weights * grad).sum(axis=-1, keepdims=True)", "(weights * grad).sum()")
def sums_over_everything():
    """You sum over the whole array. Each row is a softmax of its own."""


@exercise.edit("sum(axis=-1, keepdims=True)", "sum(axis=-1)")
def lets_go_of_the_axis():
    """You sum without keepdims, and the axis is gone.

    (2, 3) and (2,) do not fit together. In a square array they do by accident, and each row meets
    the sums of others.
    """


@exercise.edit("sum(axis=-1, keepdims=True)", "sum(axis=0, keepdims=True)")
def sums_along_the_first_axis():
    """You sum along the first axis.

    The weights of one softmax lie along the last one.
    """


@exercise.edit("(grad - (weights", "(grad + (weights")
def adds_the_mean():
    """You add the weighted mean, and it is to be subtracted.

    If all gradients are equal, nothing can be gained by shifting weight: the result is 0.
    """


@exercise.mistake
def subtracts_in_place(weights, grad):
    """Your gradients are right, but you change the caller's own array on the way.

    `grad -= ...` writes into it. An operation without the `=` makes a new array.
    """
    grad -= (weights * grad).sum(axis=-1, keepdims=True)
    return weights * grad


@exercise.reference
def attention_backward(query, key, value, grad_output, mask=None):
    """Return the gradients of scaled dot-product attention.

    Parameters
    ----------
    query : (..., n_query, d_k)
    key : (..., n_key, d_k)
    value : (..., n_key, d_v)
        As attention was called with them.
    grad_output : (..., n_query, d_v)
        The gradient of the loss for the output.
    mask : bool, optional
        True where a query may attend to a key; at least two axes, and broadcasts to
        (..., n_query, n_key). A query that may attend to nothing has no weights, and changes
        nothing.

    Returns
    -------
    grad_query : (..., n_query, d_k)
        The gradient of the loss for the queries,
    grad_key : (..., n_key, d_k)
        for the keys,
    grad_value : (..., n_key, d_v)
        and for the values.
    """
    weights = masked_softmax(scaled_dot_scores(query, key), mask)
    grad_value = weights.swapaxes(-1, -2) @ grad_output
    grad_weights = grad_output @ value.swapaxes(-1, -2)
    grad_scores = softmax_backward(weights, grad_weights) / math.sqrt(query.shape[-1])
    return grad_scores @ key, grad_scores.swapaxes(-1, -2) @ query, grad_value


exercise.equivalent("query.shape[-1]", "key.shape[-1]", "Queries are as wide as keys.")
for old in ("weights.swapaxes(-1, -2)", "value.swapaxes(-1, -2)", "grad_scores.swapaxes(-1, -2)"):
    exercise.equivalent(old, old.replace("-1, -2", "-2, -1"), "It exchanges the same two axes.")


@exercise.picture
def who_should_get_more():
    """Whom five words look at (left, a column for each word), and what a loss makes of it.

    The loss wants `it` to look at `cat`. Its gradient for the scores (right, a row for each word)
    is below zero there, since training goes against the gradient: that score will grow. The others
    of the row shrink, the more the larger their weight is. What other words look at stays.
    """
    words = ("the", "cat", "ate", "and", "it")
    scores = 2 * np.sin(np.arange(25.0) ** 2).reshape(5, 5)
    query, one = math.sqrt(5) * scores, np.eye(5)  # so that query · keyᵀ / sqrt(5) are the scores
    wish = np.zeros((5, 5))
    wish[4, 1] = -8.0
    labels = {"rows": words, "columns": words}
    return [
        view("weights, by column", inputs(query, one, one, one), part=(2,), **labels),
        view("gradient of scores", inputs(query, one, one, wish), part=(0,), **labels),
    ]


def draw_call(rng, n_query, n_key, d_k, d_v, batch=(), scale=1.0):
    """Draw what attention was called with, and a gradient of its output."""
    shapes = (n_query, d_k), (n_key, d_k), (n_key, d_v), (n_query, d_v)
    return [(scale * rng.normal(size=(*batch, *shape))).round(1) for shape in shapes]


@exercise.case
def one_query_and_one_key(rng):
    return inputs(*draw_call(rng, 1, 1, 2, 2))


@exercise.case(points=2)
def vectors_of_one_feature(rng):
    return inputs(*draw_call(rng, 3, 3, 1, 1))


@exercise.case
def scores_that_are_all_zero(rng):
    query, key, value, grad = draw_call(rng, 3, 3, 1, 1)
    return inputs(0 * query, key, value, grad)


@exercise.case(points=2, tags=("scaled",))
def as_many_queries_as_keys_and_features(rng):
    return inputs(*draw_call(rng, 3, 3, 3, 3))


@exercise.case(tags=("scaled", "oblong"))
def one_query_and_several_keys(rng):
    return inputs(*draw_call(rng, 1, 4, 2, 2))


@exercise.case(tags=("scaled", "oblong"))
def more_keys_than_queries(rng):
    return inputs(*draw_call(rng, 2, 4, 3, 3))


@exercise.case(tags=("scaled", "wider_values"))
def values_that_are_wider_than_keys(rng):
    return inputs(*draw_call(rng, 3, 3, 3, 5))


@exercise.case(tags=("scaled", "batch"))
def a_batch(rng):
    return inputs(*draw_call(rng, 3, 3, 3, 3, batch=(2,)))


@exercise.case(tags=("mask",))
def a_causal_mask(rng):
    return inputs(*draw_call(rng, 3, 3, 1, 1), mask=np.tri(3, dtype=bool))


@exercise.case(tags=("mask", "one_row"))
def one_row_of_a_mask_for_all_queries(rng):
    mask = rng.permutation(np.array([True, True, False, False]))[None]
    return inputs(*draw_call(rng, 4, 4, 1, 1), mask=mask)


@exercise.case(tags=("mask", "empty_row"))
def a_query_that_may_attend_to_nothing(rng):
    mask = draw_mask(rng, [True, True, False], 3)
    mask[1] = False
    return inputs(*draw_call(rng, 3, 3, 1, 1), mask=mask)


@exercise.case(tags=("mask", "batch", "scaled", "oblong", "wider_values"))
def padding_in_a_batch(rng):
    mask = np.array([[[True, True, False, False]], [[True, True, True, False]]])
    return inputs(*draw_call(rng, 3, 4, 4, 2, batch=(2,)), mask=mask)


@exercise.case(tags=("large",))
def scores_around_one_thousand(rng):
    query, key, value, grad = draw_call(rng, 3, 3, 1, 1)
    return inputs(query + 30, key + 30, value, grad)


@exercise.case(tags=("float32", "scaled"))
def float32_inputs(rng):
    return inputs(*in_single_precision(draw_call(rng, 3, 4, 2, 3)))


@exercise.case(hidden=True, tags=("batch", "scaled", "oblong", "wider_values", "mask"))
def heads_of_a_larger_batch(rng):
    mask = draw_mask(rng, [True, True, False, True, False], 2, 1, 4)
    return inputs(*draw_call(rng, 4, 5, 6, 7, batch=(2, 3)), mask=mask)


@exercise.edit(" / math.sqrt(query.shape[-1])", "")
def forgets_the_scale_on_the_way_back():
    """You divide the scores by the root of d_k on the way forward, and not on the way back.

    A factor goes back as a factor: the gradient of the scores is divided as well, before it meets
    queries and keys.
    """


@exercise.edit("/ math.sqrt(query.shape[-1])", "* math.sqrt(query.shape[-1])")
def multiplies_on_the_way_back():
    """You multiply by the root of d_k on the way back.

    What divides the scores divides their gradient, too: a factor goes back as the same factor.
    """


@exercise.edit("math.sqrt(query.shape[-1])", "query.shape[-1]")
def divides_by_the_width():
    """You divide by d_k on the way back, and not by its root.

    Only one of the two, query or key, is multiplied in each gradient. The factor is the one of the
    way forward.
    """


@exercise.edit("math.sqrt(query.shape[-1])", "math.sqrt(value.shape[-1])")
def takes_the_width_of_the_values():
    """You divide by the root of d_v, the width of the values.

    The scores were divided by the root of d_k, the width of queries and keys.
    """


@exercise.edit(
    "grad_scores.swapaxes(-1, -2) @ query",
    "grad_scores.swapaxes(-1, -2) @ query * math.sqrt(query.shape[-1])",
)
def scales_the_gradient_of_the_query_only():
    """You divide by the root of d_k for the query, and not for the key.

    The factor belongs to the scores, and both come from there.
    """


@exercise.edit(
    "masked_softmax(scaled_dot_scores(query, key), mask)",
    "masked_softmax(scaled_dot_scores(query, key) * math.sqrt(query.shape[-1]), mask)",
)
def forgets_the_scale_on_the_way_forward():
    """You leave the scores undivided when you work the weights out.

    The weights have to be those of the way forward: divide by the root of d_k there, too.
    """


@exercise.edit(
    "masked_softmax(scaled_dot_scores(query, key), mask)",
    "masked_softmax(scaled_dot_scores(query, key) / math.sqrt(query.shape[-1]), mask)",
)
def scales_twice_on_the_way_forward():
    """You divide the scores by the root of d_k once more when you work the weights out.

    scaled_dot_scores has divided them already: that is what its name says.
    """


@exercise.edit("grad_scores.swapaxes(-1, -2) @ query", "grad_scores @ query")
def mixes_queries_up_for_the_key():
    """You do not transpose the gradient of the scores for the key.

    A key collects from its column: all queries that looked at it. With as many queries as keys no
    shape complains.
    """


@exercise.edit("grad_scores @ key", "grad_scores.swapaxes(-1, -2) @ key")
def transposes_for_the_query():
    """You transpose the gradient of the scores for the query.

    A query collects from its row: all keys that it looked at.
    """


@exercise.edit("weights.swapaxes(-1, -2) @ grad_output", "weights @ grad_output")
def mixes_queries_up_for_the_value():
    """You do not transpose the weights for the value.

    A value collects from its column: all queries that used it. With as many queries as keys no
    shape complains.
    """


@exercise.edit("grad_output @ value.swapaxes(-1, -2)", "grad_output @ value")
def does_not_transpose_the_value():
    """You multiply grad_output by value as it is.

    output = weights · value goes back to the weights by grad_output · valueᵀ: a row for each query,
    a column for each key.
    """


@exercise.edit("softmax_backward(weights, grad_weights)", "grad_weights")
def goes_round_softmax():
    """You take the gradient of the weights for that of the scores.

    Softmax lies between them, and has to be gone back through.
    """


@exercise.edit("softmax_backward(weights, grad_weights)", "(weights * grad_weights)")
def multiplies_by_the_weights_only():
    """You multiply the gradient of the weights by the weights, and that is half of softmax.

    More weight for one key is less for the others: softmax_backward does the rest.
    """


@exercise.edit(
    "softmax_backward(weights, grad_weights)",
    "softmax_backward(scaled_dot_scores(query, key), grad_weights)",
)
def hands_scores_to_softmax_backward():
    """You hand the scores to softmax_backward. It wants the weights that softmax made of them."""


@exercise.edit("softmax_backward(weights, grad_weights)", "softmax_backward(grad_weights, weights)")
def exchanges_weights_and_gradient():
    """You hand softmax_backward the gradient first. The weights come first, then their gradient."""


@exercise.edit("(scaled_dot_scores(query, key), mask)", "(scaled_dot_scores(query, key))")
def ignores_the_mask():
    """You leave the mask out when you work the weights out.

    What may not be attended to has weight 0; with that, all of its gradients are 0.
    """


@exercise.edit(
    "(scaled_dot_scores(query, key), mask)",
    "(scaled_dot_scores(query, key), None if mask is None else ~mask)",
)
def turns_the_mask_round():
    """You forbid what the mask allows: True is where a query may attend."""


@exercise.mistake
def masks_the_gradient_only(query, key, value, grad_output, mask=None):
    """You work the weights out without the mask, and make gradients 0 where it forbids.

    The other weights of the row would have been larger with the mask. It belongs into the softmax;
    then the gradients are 0 by themselves.
    """
    weights = softmax(scaled_dot_scores(query, key))
    grad_scores = softmax_backward(weights, grad_output @ value.swapaxes(-1, -2))
    if mask is not None:
        weights, grad_scores = weights * mask, grad_scores * mask
    grad_scores = grad_scores / math.sqrt(query.shape[-1])
    grad_value = weights.swapaxes(-1, -2) @ grad_output
    return grad_scores @ key, grad_scores.swapaxes(-1, -2) @ query, grad_value


@exercise.mistake
def spreads_an_empty_row(query, key, value, grad_output, mask=None):
    """You give a query that may attend to nothing the same weight for every key.

    That is what a very low score in the place of each forbidden one comes to. Such a row has no
    weights at all, so it changes nothing.
    """
    scores = scaled_dot_scores(query, key)
    if mask is not None:
        scores = np.where(mask, scores, scores.dtype.type(-1e9))
    weights = softmax(scores)
    grad_scores = softmax_backward(weights, grad_output @ value.swapaxes(-1, -2))
    grad_scores = grad_scores / math.sqrt(query.shape[-1])
    grad_value = weights.swapaxes(-1, -2) @ grad_output
    return grad_scores @ key, grad_scores.swapaxes(-1, -2) @ query, grad_value


@exercise.mistake
def makes_nan_of_an_empty_row(query, key, value, grad_output, mask=None):
    """You get nan where a query may attend to nothing: its scores are all -inf.

    Softmax of such a row is 0 / 0. The row has no weights, so it changes nothing; masked_softmax
    knows that.
    """
    scores = scaled_dot_scores(query, key)
    if mask is not None:
        scores = np.where(mask, scores, scores.dtype.type(-np.inf))
    with np.errstate(invalid="ignore"):
        weights = softmax(scores)
        grad_scores = softmax_backward(weights, grad_output @ value.swapaxes(-1, -2))
    grad_scores = grad_scores / math.sqrt(query.shape[-1])
    grad_value = weights.swapaxes(-1, -2) @ grad_output
    return grad_scores @ key, grad_scores.swapaxes(-1, -2) @ query, grad_value


@exercise.edit(
    "return grad_scores @ key, grad_scores.swapaxes(-1, -2) @ query, grad_value",
    "return grad_scores.swapaxes(-1, -2) @ query, grad_scores @ key, grad_value",
)
def returns_the_key_first():
    """You return the gradient of the key first. The order is query, key, value."""


@exercise.edit(
    "return grad_scores @ key, grad_scores.swapaxes(-1, -2) @ query, grad_value",
    "return grad_value, grad_scores.swapaxes(-1, -2) @ query, grad_scores @ key",
)
def returns_the_value_first():
    """You return the gradient of the value first. The order is query, key, value."""


@exercise.edit(
    "return grad_scores @ key, grad_scores.swapaxes(-1, -2) @ query, grad_value",
    "return grad_scores @ query, grad_scores.swapaxes(-1, -2) @ key, grad_value",
)
def multiplies_by_its_own():
    """You multiply for the query by the queries, and for the key by the keys.

    In a product each factor's gradient has the other factor in it.
    """


@exercise.edit("weights.swapaxes(-1, -2)", "weights.T")
def transposes_all_axes():
    """You transpose with .T, which turns all axes round: batch axes come last then.

    swapaxes(-1, -2) exchanges the last two.
    """


@exercise.edit("math.sqrt(query.shape[-1])", "np.sqrt(query.shape[-1])")
def loses_single_precision():
    """Your gradients are right, but float32 ones come back as float64.

    np.sqrt of a number is a float64 of NumPy's, and wins over float32. math.sqrt gives one of
    Python's own, which does not.
    """
