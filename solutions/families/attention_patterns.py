"""Attention patterns: what heads look at, in numbers.

A model's weights can be looked at, but they are many: for each layer and each head a table with a
row for every query. Three ways to sum them up:

Some heads look at the word before. The score of a head says how much, on average:

    score      =  mean of weights[i, i - 1]  for i = 1 ... n - 1

Entropy says how widely a query looks around: 0 for one key only, log(n) for all n alike.

    entropy_i  =  - sum over j of  weights[i, j] * log(weights[i, j])   0 log(0) = 0
    [1/2, 1/4, 1/4]  ->  0.347 + 0.347 + 0.347  =  1.04      [1, 0, 0]  ->  0

Rollout asks where it comes from what stands at a position in the end. Half of it went around each
attention, by the residual connection, and half through it, whichever head that was:

    A          =  (mean over the heads of the weights + identity) / 2
    A          =  A, each row divided by its sum
    rollout    =  A_L · ... · A_2 · A_1        A_1 is nearest to the words

    weights  (layers, ..., h, n, n)    row: query, column: key

A row of weights sums to 1, unless its query may attend to nothing: then it sums to 0, and without
the last division half of what stands there would be lost.
"""

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.attention.softmax import softmax

exercise = Exercise(
    formulas={
        "score ": r"\text{score} &= \frac{1}{n-1} \sum_{i=1}^{n-1} w_{i,\,i-1}",
        "entropy_i ": r"H_i &= -\textstyle\sum_j w_{ij} \log w_{ij}",
        "rollout ": r"\text{rollout} &= A_L \cdots A_2 A_1",
    },
    tags={
        "zeros": "unless a weight is 0",
        "several_heads": "for one head and wrong for several",
        "several_layers": "for one layer and wrong for several",
        "longer": "for two tokens and wrong for more",
        "empty_row": "unless a query attends to nothing",
    },
    hints=[
        "previous_token_score: the entries wanted lie on one diagonal, just below the main one."
        " np.diagonal has an offset, and has to be told which two axes make the tables.",
        "entropy: log(0) is minus infinity, and 0 times that is nan. What could stand in the place"
        " of a weight of 0, inside the logarithm, so that nothing is added?",
        "rollout: the heads are the third axis from the end, the layers the first one.",
        "rollout: begin with the first layer, and multiply by one layer after the other from the"
        " left, with @.",
    ],
)


@exercise.reference
def previous_token_score(weights):
    """Say how much each head looks at the token before.

    Parameters
    ----------
    weights : (layers, ..., h, n, n)
        Attention weights: query i in row i, key j in column j; n is at least 2.

    Returns
    -------
    score : (layers, ..., h)
        Over the queries from 1 on, the mean weight of the key before.

    Notes
    -----
    Source: Voita et al. 2019, section 5.1, on positional heads.
    """
    return np.diagonal(weights, offset=-1, axis1=-2, axis2=-1).mean(axis=-1)


def draw_weights(rng, *shape):
    """Draw attention weights without zeros."""
    return softmax(1.5 * rng.normal(size=shape))


def draw_causal(rng, *shape):
    """Draw weights of queries that do not look ahead."""
    weights = np.tril(draw_weights(rng, *shape))
    return weights / weights.sum(axis=-1, keepdims=True)


@exercise.case(points=2, tags=("edge",))
def a_head_over_two_tokens(rng):
    return inputs(draw_weights(rng, 1, 1, 2, 2))


@exercise.case(tags=("longer",))
def a_head_that_looks_at_nothing_else(rng):
    weights = np.eye(4, k=-1)
    weights[0] = np.eye(4)[rng.integers(3)]
    return inputs(weights[None, None])


@exercise.case(points=2, tags=("longer",))
def a_head_over_four_tokens(rng):
    return inputs(draw_weights(rng, 1, 1, 4, 4))


@exercise.case(tags=("longer", "zeros"))
def a_head_that_does_not_look_ahead(rng):
    return inputs(draw_causal(rng, 1, 1, 5, 5))


@exercise.case(tags=("longer", "several_heads"))
def three_heads(rng):
    return inputs(draw_weights(rng, 1, 3, 4, 4))


@exercise.case(tags=("longer", "several_layers"))
def two_layers(rng):
    return inputs(draw_weights(rng, 2, 1, 4, 4))


@exercise.case(tags=("longer", "several_layers", "several_heads"))
def as_many_layers_as_heads_and_tokens(rng):
    return inputs(draw_weights(rng, 3, 3, 3, 3))


@exercise.case(tags=("longer", "several_layers", "several_heads", "batch"))
def heads_in_a_batch(rng):
    return inputs(draw_weights(rng, 2, 4, 3, 5, 5))


@exercise.case(tags=("longer", "several_heads", "float32"))
def float32_heads(rng):
    return inputs(draw_weights(rng, 1, 2, 4, 4).astype(np.float32))


@exercise.case(hidden=True, tags=("longer", "several_layers", "several_heads", "batch", "zeros"))
def a_whole_model(rng):
    return inputs(draw_causal(rng, 3, 2, 4, 9, 9))


@exercise.edit("offset=-1", "offset=1")
def looks_at_the_next_token():
    """You take the diagonal above the main one: how much a query looks at the next token.

    The key before stands one column to the left: weights[i, i - 1].
    """


@exercise.edit("offset=-1", "offset=0")
def looks_at_the_token_itself():
    """You take the main diagonal: how much a query looks at its own position."""


@exercise.mistake
def looks_at_all_earlier_tokens(weights):
    """You add up the weights of all earlier tokens, and only the one before counts."""
    return np.tril(weights, -1).sum(axis=-1)[..., 1:].mean(axis=-1)


@exercise.mistake
def looks_at_the_first_token(weights):
    """You take the weights of the first token. The one before position i is i - 1."""
    return weights[..., 1:, 0].mean(axis=-1)


@exercise.edit("mean(axis=-1)", "mean(axis=(0, -1))")
def averages_the_layers_of_a_head():
    """You average over the layers as well. A head of one layer is not that of another."""


@exercise.edit("mean(axis=-1)", "sum(axis=-1)")
def adds_the_scores_up():
    """You add the weights up, and their mean is wanted: else long texts have larger scores."""


@exercise.edit("mean(axis=-1)", "sum(axis=-1) / weights.shape[-1]")
def counts_the_first_query():
    """You divide by n. There are n - 1 queries with a token before them: position 0 has none."""


@exercise.mistake
def wraps_round(weights):
    """You let position 0 look at the last token as the one before, as np.roll does, or index -1.

    It has none before it. Begin with i = 1.
    """
    i = np.arange(weights.shape[-1])
    return weights[..., i, i - 1].mean(axis=-1)


@exercise.mistake
def counts_how_often_it_is_the_largest(weights):
    """You count how often the token before has the largest weight.

    That is another measure. Here it is the mean of the weights themselves.
    """
    hits = weights.argmax(axis=-1)[..., 1:] == np.arange(weights.shape[-1] - 1)
    return hits.mean(axis=-1).astype(weights.dtype)


@exercise.edit("mean(axis=-1)", "max(axis=-1)")
def takes_the_largest():
    """You take the largest of the weights, and their mean is wanted."""


@exercise.edit("mean(axis=-1)", "mean(axis=(-2, -1))")
def averages_the_heads():
    """You average over the heads as well. Each head has a score of its own."""


@exercise.edit("mean(axis=-1)", "mean()")
def averages_everything():
    """You average over everything. Each head of each layer has a score of its own."""


@exercise.edit(", axis1=-2, axis2=-1)", ")")
def takes_the_first_two_axes():
    """You let np.diagonal take the first two axes: layers and heads, or layers and the batch.

    Tables of weights are the last two: it has to be told.
    """


@exercise.edit("mean(axis=-1)", "mean(axis=-1, dtype=np.float64)")
def keeps_scores_in_double_precision():
    """Your scores are right, but float32 weights give float64."""


@exercise.reference
def entropy(weights):
    """Say how widely each query spreads its attention.

    Parameters
    ----------
    weights : (layers, ..., h, n, n)
        Attention weights: query i in row i, key j in column j. Some may be 0.

    Returns
    -------
    entropy : (layers, ..., h, n)
        One for each query, in nats; 0 where a single key has all the weight.

    Notes
    -----
    Source: Ghader and Monz 2017, section 4.2.
    """
    logs = np.log(np.where(weights > 0, weights, 1))
    return -(weights * logs).sum(axis=-1)


for other in (2, 10):
    exercise.equivalent("weights, 1)", f"weights, {other})", "Its logarithm is multiplied by 0.")


@exercise.picture
def how_widely_queries_look():
    """The entropy of ten queries that share out their weight evenly over all keys up to their own.

    It grows as the logarithm of how many there are: 0 for the first, which sees itself only.
    """
    weights = np.tri(10) / np.arange(1, 11)[:, None]
    return [view("query", inputs(weights[None, None]), part=(0, 0), columns=range(10))]


@exercise.case(points=2)
def weights_that_are_all_alike(rng):
    n = int(rng.integers(3, 7))
    return inputs(np.full((1, 1, n, n), 1 / n))


@exercise.case(points=2)
def weights_above_zero(rng):
    return inputs(draw_weights(rng, 1, 1, 3, 3))


@exercise.case(tags=("zeros",))
def queries_that_look_at_one_key_each(rng):
    return inputs(rng.permutation(np.eye(3))[None, None])


@exercise.case(tags=("zeros",))
def weights_of_half_a_quarter_and_zero(rng):
    rows = np.tile([0.5, 0.25, 0.25, 0.0], (4, 1))
    return inputs(rng.permuted(rows, axis=-1)[None, None])


@exercise.case(tags=("zeros", "empty_row"))
def a_query_without_any_weight(rng):
    weights = draw_weights(rng, 1, 1, 3, 3)
    weights[..., rng.integers(3), :] = 0
    return inputs(weights)


@exercise.case(tags=("edge",))
def one_token_alone(rng):
    return inputs(np.ones((1, 1, 1, 1)))


@exercise.case(tags=("several_heads",))
def entropies_of_three_heads(rng):
    return inputs(draw_weights(rng, 1, 3, 4, 4))


@exercise.case(tags=("several_layers",))
def entropies_of_two_layers(rng):
    return inputs(draw_weights(rng, 2, 1, 4, 4))


@exercise.case(tags=("several_layers", "several_heads", "batch"))
def entropies_in_a_batch(rng):
    return inputs(draw_weights(rng, 2, 2, 3, 4, 4))


@exercise.case(tags=("several_heads", "float32"))
def float32_entropies(rng):
    return inputs(draw_weights(rng, 1, 2, 4, 4).astype(np.float32))


@exercise.case(hidden=True, tags=("several_layers", "several_heads", "batch", "zeros"))
def entropies_of_a_whole_model(rng):
    return inputs(draw_causal(rng, 3, 2, 4, 9, 9))


@exercise.edit("np.log(", "np.log2(")
def counts_in_bits():
    """You take logarithms to base 2, which gives bits. Nats take the natural logarithm."""


@exercise.edit("np.log(", "np.log10(")
def takes_decimal_logarithms():
    """You take logarithms to base 10. Nats take the natural logarithm."""


@exercise.mistake
def makes_nan_of_a_zero(weights):
    """You get nan where a weight is 0: log(0) is minus infinity, and 0 times that is nan.

    A weight of 0 adds nothing.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return -(weights * np.log(weights)).sum(axis=-1)


for much, name in (("1e-6", "adds_a_millionth"), ("1e-5", "adds_a_hundred_thousandth")):
    exercise.edit(
        "np.where(weights > 0, weights, 1)",
        f"weights + weights.dtype.type({much})",
        f"""You add {much} to every weight to be spared log(0), and that shows in the result.

        What is added has to be far smaller; or put something else in the place of a 0.
        """,
        name=name,
    )


@exercise.edit("np.log(np.where(weights > 0, weights, 1))", "np.log1p(weights)")
def adds_one_inside_the_logarithm():
    """You use log1p, the logarithm of 1 + weight. Entropy has that of the weight."""


@exercise.edit("-(weights * logs)", "(weights * logs)")
def forgets_the_minus():
    """You leave the minus out. Logarithms of weights are below 0, and entropy is not."""


@exercise.edit("(weights * logs)", "(logs)")
def forgets_the_weights():
    """You add up the logarithms alone. Each counts as much as its weight."""


@exercise.edit("logs).sum(axis=-1)", "logs).mean(axis=-1)")
def averages_over_the_keys():
    """You take the mean over the keys, and the sum is wanted: the weights make a mean of it."""


@exercise.edit("sum(axis=-1)", "sum(axis=-2)")
def adds_up_along_the_queries():
    """You add up along the queries. Those of one query lie along the last axis, the keys."""


@exercise.edit("-(weights * logs).sum(axis=-1)", "-(weights * logs).sum(axis=-1).mean(axis=-1)")
def averages_the_queries():
    """You average over the queries as well. Each has an entropy of its own."""


@exercise.edit("-(weights * logs).sum(axis=-1)", "-(weights * logs).sum(axis=-1).mean(axis=-2)")
def averages_the_entropies_of_heads():
    """You average over the heads as well. Each query of each head has an entropy of its own."""


@exercise.edit("(weights * logs).sum(axis=-1)", "(weights * logs).sum()")
def adds_everything_up():
    """You add up everything. Each query has an entropy of its own."""


@exercise.edit("-(weights * logs).sum(axis=-1)", "np.exp(-(weights * logs).sum(axis=-1))")
def returns_the_perplexity():
    """You return the exponential of the entropy: how many keys, in effect, a query looks at."""


@exercise.edit(
    "-(weights * logs).sum(axis=-1)",
    "-(weights * logs).sum(axis=-1) / max(1.0, float(np.log(weights.shape[-1])))",
)
def divides_by_the_largest_entropy():
    """You divide by log(n), so that 1 is the most. Nothing is divided here."""


@exercise.edit("-(weights * logs).sum(axis=-1)", "1 - (weights * weights).sum(axis=-1)")
def takes_the_gini_index():
    """You return 1 minus the sum of the squares, another measure of spread. Take logarithms."""


@exercise.edit("(weights * logs)", "(weights.astype(np.float64) * logs)")
def keeps_entropies_in_double_precision():
    """Your entropies are right, but float32 weights give float64."""


@exercise.reference
def rollout(weights):
    """Follow attention through all layers, back to the words.

    Parameters
    ----------
    weights : (layers, ..., h, n, n)
        Attention weights, the layer nearest to the words first; a row may be all zeros.

    Returns
    -------
    origin : (..., n, n)
        How much of what stands at position i in the end comes from word j.

    Notes
    -----
    Source: Abnar and Zuidema 2020, section 3.
    """
    mixed = (weights.mean(axis=-3) + np.eye(weights.shape[-1], dtype=weights.dtype)) / 2
    mixed = mixed / mixed.sum(axis=-1, keepdims=True)  # (layers, ..., n, n)
    origin = mixed[0]
    for layer in mixed[1:]:
        origin = layer @ origin
    return origin


exercise.equivalent("/ 2", None, "Rows are divided by their sums: a common factor is lost.")
exercise.equivalent("weights.shape[-1]", "weights.shape[-2]", "Tables of weights are square.")


@exercise.picture
def further_and_further_back():
    """Where it comes from (columns) what stands at a position (rows), after 1, 2 and 6 layers.

    Every head looks at the word before only. Half goes straight up each time, so what has been
    gathered spreads out, and moves to the left.
    """
    weights = np.eye(8, k=-1)
    weights[0, 0] = 1
    views = []
    for layers in (1, 2, 6):
        call = inputs(np.tile(weights, (layers, 1, 1, 1)))
        views.append(view(f"layers: {layers}", call, rows=range(8), columns=range(8)))
    return views


@exercise.case(points=2)
def one_layer_with_one_head(rng):
    return inputs(draw_weights(rng, 1, 1, 3, 3))


@exercise.case(tags=("edge",))
def everybody_looks_at_themselves(rng):
    return inputs(np.tile(np.eye(3), (2, 2, 1, 1)))


@exercise.case(tags=("several_heads",))
def one_layer_with_three_heads(rng):
    return inputs(draw_weights(rng, 1, 3, 4, 4))


@exercise.case(points=2, tags=("several_layers",))
def two_layers_with_one_head(rng):
    return inputs(draw_weights(rng, 2, 1, 3, 3))


@exercise.case(tags=("empty_row",))
def a_query_that_attends_to_nothing(rng):
    weights = draw_weights(rng, 1, 1, 3, 3)
    weights[..., rng.integers(3), :] = 0
    return inputs(weights)


@exercise.case(tags=("empty_row", "several_layers"))
def a_query_that_attends_to_nothing_in_the_lower_layer(rng):
    weights = draw_weights(rng, 2, 1, 3, 3)
    weights[0, 0, rng.integers(3)] = 0
    return inputs(weights)


@exercise.case(tags=("edge", "empty_row"))
def nobody_attends_to_anything(rng):
    return inputs(np.zeros((1, 1, 3, 3)))


@exercise.case(tags=("empty_row", "several_heads"))
def a_query_that_attends_to_nothing_in_one_head(rng):
    weights = draw_weights(rng, 1, 3, 4, 4)
    weights[0, 0, rng.integers(4)] = 0
    return inputs(weights)


@exercise.case(tags=("batch",))
def texts_of_a_batch(rng):
    return inputs(draw_weights(rng, 1, 3, 1, 4, 4))


@exercise.case(tags=("batch", "several_heads"))
def as_many_texts_as_heads(rng):
    return inputs(draw_weights(rng, 1, 3, 3, 4, 4))


@exercise.case(tags=("batch", "several_heads", "several_layers"))
def layers_heads_and_texts(rng):
    return inputs(draw_weights(rng, 3, 2, 3, 4, 4))


@exercise.case(tags=("several_heads", "several_layers", "float32"))
def float32_layers(rng):
    return inputs(draw_weights(rng, 2, 3, 4, 4).astype(np.float32))


@exercise.case(hidden=True, tags=("batch", "several_heads", "several_layers", "zeros"))
def rollout_of_a_whole_model(rng):
    return inputs(draw_causal(rng, 4, 2, 3, 9, 9))


@exercise.edit(
    "(weights.mean(axis=-3) + np.eye(weights.shape[-1], dtype=weights.dtype)) / 2",
    "weights.mean(axis=-3) + weights.dtype.type(1e-30)",
)
def leaves_the_identity_out():
    """You multiply the weights alone, without the identity.

    The residual connection carries each position past the attention. Without it the words would
    seem to forget themselves at once.
    """


@exercise.edit(
    "(weights.mean(axis=-3) + np.eye(weights.shape[-1], dtype=weights.dtype)) / 2\n"
    "    mixed = mixed / mixed.sum(axis=-1, keepdims=True)",
    "weights.mean(axis=-3)\n"
    "    sums = mixed.sum(axis=-1, keepdims=True)\n"
    "    mixed = mixed / np.where(sums > 0, sums, 1)",
)
def leaves_the_identity_out_and_rows_of_zeros_alone():
    """You multiply the weights alone, without the identity.

    The residual connection carries each position past the attention. Without it the words would
    seem to forget themselves at once.
    """


@exercise.edit(
    "origin = mixed[0]",
    "sums = weights[0].mean(axis=-3).sum(axis=-1, keepdims=True)\n"
    "    origin = weights[0].mean(axis=-3) / np.where(sums > 0, sums, 1)",
)
def leaves_the_identity_out_of_the_first_layer():
    """You begin with the weights of the first layer as they are, without the identity.

    Its residual connection carries the words past its attention as well: each layer has one.
    """


@exercise.edit("mixed = mixed / mixed.sum(axis=-1, keepdims=True)", "mixed = mixed + 0")
def does_not_divide_by_the_sums():
    """You do not divide the rows by their sums.

    Where a query attends to nothing, (0 + identity) / 2 sums to 1/2, and half of what stands there
    is lost.
    """


@exercise.mistake
def divides_at_the_end_only(weights):
    """You multiply the layers first and divide the rows of the product by their sums.

    Where a query attends to nothing in one layer, the layers above take half of it for nothing.
    Divide in every layer.
    """
    origin = None
    for layer in weights.mean(axis=-3) + np.eye(weights.shape[-1], dtype=weights.dtype):
        origin = layer if origin is None else layer @ origin
    return origin / origin.sum(axis=-1, keepdims=True)


@exercise.edit(
    "np.eye(weights.shape[-1], dtype=weights.dtype)",
    "np.eye(weights.shape[-1], dtype=weights.dtype) / 2",
)
def adds_half_of_the_identity_to_the_whole():
    """You halve the identity and not the weights, so that two thirds go through the attention.

    Both have the same share.
    """


@exercise.edit("np.eye(weights.shape[-1], dtype=weights.dtype)", "1")
def adds_one_everywhere():
    """You add 1 to every weight. The identity has ones on its diagonal only."""


@exercise.mistake
def follows_each_head_by_itself(weights):
    """You follow each head through all layers, and average the heads in the end.

    Every layer reads what all heads of the one below have written: average them in each layer.
    """
    mixed = (weights + np.eye(weights.shape[-1], dtype=weights.dtype)) / 2
    mixed = mixed / mixed.sum(axis=-1, keepdims=True)
    origin = mixed[0]
    for layer in mixed[1:]:
        origin = layer @ origin
    return origin.mean(axis=-3)


@exercise.mistake
def returns_every_layer(weights):
    """You return what comes out after each layer. Only what stands in the end is wanted."""
    return np.stack([rollout(weights[: layer + 1]) for layer in range(len(weights))])


@exercise.mistake
def adds_the_whole_identity(weights):
    """You add the identity without halving, and do not divide by the sums: they are 2 a layer."""
    origin = None
    for layer in weights.mean(axis=-3) + np.eye(weights.shape[-1], dtype=weights.dtype):
        origin = layer if origin is None else layer @ origin
    return origin


@exercise.edit("layer @ origin", "origin @ layer")
def multiplies_the_other_way():
    """You multiply from the right, A_1 · A_2 · ... · A_L.

    Row i is a position at the top. It is the last layer that it looks through first, and that
    layer's matrix is on the left.
    """


@exercise.edit("layer @ origin", "layer * origin")
def multiplies_entry_by_entry():
    """You multiply entry by entry. One table after another is a product of matrices."""


@exercise.edit("weights.mean(axis=-3)", "weights.sum(axis=-3)")
def adds_the_heads_up():
    """You add the heads up, and with them all the identity counts for little. Average them."""


@exercise.edit("weights.mean(axis=-3)", "weights.max(axis=-3)")
def takes_the_largest_head():
    """You take the largest weight of all heads. Here the heads are averaged."""


@exercise.edit("weights.mean(axis=-3)", "weights.min(axis=-3)")
def takes_the_smallest_head():
    """You take the smallest weight of all heads. Here the heads are averaged."""


@exercise.edit("weights.mean(axis=-3)", "weights[..., 0, :, :]")
def takes_the_first_head():
    """You take the first head of each layer only. All heads are averaged."""


@exercise.edit("weights.mean(axis=-3)", "weights.mean(axis=1)")
def averages_axis_one():
    """You average along axis 1, which is the heads only where there is no batch.

    Count the axis from the end.
    """


@exercise.edit("mixed.sum(axis=-1", "mixed.sum(axis=-2")
def divides_columns():
    """You divide columns by their sums. It is rows that say where something comes from."""


@exercise.edit("    return origin", "    return mixed[-1]")
def looks_at_the_last_layer_only():
    """You return the last layer's table alone. What it looks at was mixed by the layers below."""


@exercise.edit("    return origin", "    return mixed.mean(axis=0)")
def averages_the_layers():
    """You average the layers. They come one after the other, so their tables are multiplied."""


@exercise.edit("mixed[1:]", "mixed")
def counts_the_first_layer_twice():
    """You multiply by the first layer's table twice: the product begins with it already."""


@exercise.edit("mixed[1:]", "mixed[1:-1]")
def leaves_the_last_layer_out():
    """You stop before the last layer. All layers belong to the product."""


@exercise.mistake
def adds_the_identity_at_the_end(weights):
    """You multiply the layers first and add the identity to the product, once.

    There is a residual connection around every attention: it belongs into every layer.
    """
    origin = None
    for layer in weights.mean(axis=-3):
        origin = layer if origin is None else layer @ origin
    mixed = (origin + np.eye(weights.shape[-1], dtype=weights.dtype)) / 2
    return mixed / mixed.sum(axis=-1, keepdims=True)


@exercise.edit("    return origin", "    return origin.swapaxes(-1, -2)")
def transposes_the_product():
    """You transpose the result. Rows are positions at the top, columns are words."""


@exercise.edit("np.eye(weights.shape[-1], dtype=weights.dtype)", "np.eye(weights.shape[-1])")
def loses_single_precision():
    """Your rollout is right, but float32 weights give float64.

    np.eye is float64 unless it is told otherwise.
    """
