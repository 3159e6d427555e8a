"""Multi-head attention: several attentions read side by side, and their findings are put together.

A head that was given a mere slice of the features could use only what is in its slice. So three
learned linear layers, x w + b, come first: they decide what each head asks for, can be found by and
hands over. A fourth comes last, and mixes what the heads have found.

    Q = query w_query + b_query,   and K, V likewise        params["w_query"] is w_query, and so on
    head_i = attention(block i of Q, block i of K, block i of V)
    output = concat(head_0, ..., head_(h-1)) w_output + b_output

    query, output     (..., n_query, d)           key, value  (..., n_key, d)
    Q, K, V in heads  (..., h, n, d_head)         d_head = d / h
    scores            (..., h, n_query, n_key)    each head scales by sqrt(d_head), its own width
    mask              (..., n_query, n_key)       the same for every head

    d = h = 2, so d_head = 1; Q = [[ln 3, 0]], K = [[1, 0], [0, 1]], V = [[4, 0], [8, 2]]
    head 0: scores [ln 3, 0], weights [3/4, 1/4], finds 3 + 2 = 5
    head 1: scores [0, 0],    weights [1/2, 1/2], finds 0 + 1 = 1
    Merged: [[5, 1]]. With w_output the identity matrix and b_output 0, that is the output.

If one sequence is query, key and value, this is self-attention; if key and value come from another,
it is cross-attention. Beware of the mask: shapes line up from the right, so beside scores
(batch, h, n, n) the batch axis of a mask (batch, 1, n) is lined up with the heads. It needs an axis
of length 1 in their place. Without one, where batch equals h, nothing complains, and head i of
every sequence works with the mask of sequence i.
"""

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.attention.attention import attention
from solutions.attention.multi_head import merge_heads, split_heads
from solutions.drawing import draw_mask, in_single_precision

exercise = Exercise(
    formulas={
        "Q = query": (
            r"Q &= \text{query}\;w_\text{query} + b_\text{query},"
            r" \quad \text{and } K, V \text{ likewise}"
        ),
        "head_i": (
            r"\text{head}_i &= \text{attention}(\text{block } i \text{ of } Q, K \text{ and } V)"
        ),
        "output = concat": (
            r"\text{output} &= \text{concat}(\text{head}_0, \dots, \text{head}_{h-1})"
            r"\,w_\text{output} + b_\text{output}"
        ),
    },
    hints=[
        "You have all the parts: attention works on the last two axes and takes any others for"
        " batch axes. Heads can be such an axis.",
        "Project query, key and value, each with its own weights and bias, and split each into"
        " heads. Attend once, for all heads together; merge the heads; project a last time. The"
        " mask needs an axis of length 1 where the scores have their heads.",
        "The axis of heads is the third from the end, in the scores as in the mask. np.expand_dims"
        " with axis=-3 makes (..., 1, n_query, n_key) of a mask of any number of axes. attention"
        " returns two things; you need the first.",
    ],
)


@exercise.reference
def multi_head_attention(query, key, value, params, num_heads, mask=None):
    """Attend with several heads at once, each with learned views of its own.

    Parameters
    ----------
    query : (..., n_query, d)
        One vector for each position that asks.
    key : (..., n_key, d)
        One vector for each position that can be found.
    value : (..., n_key, d)
        What the position of each key has to offer.
    params : dict
        `w_query`, `w_key`, `w_value` and `w_output`, each (d, d), and `b_query`, `b_key`,
        `b_value` and `b_output`, each (d,).
    num_heads : int
        The number of heads h; d must be divisible by it, or split_heads raises a ValueError.
    mask : bool (..., n_query, n_key) or None
        True where a query may attend to a key, the same for every head; any shape of two axes or
        more that broadcasts to this one.

    Returns
    -------
    output : (..., n_query, d)
        What the heads found, side by side and projected; of the dtype of `query`. A query that may
        attend to nothing gets `b_output`.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.2.2. The paper has no biases here; most code has.
    """
    query = split_heads(query @ params["w_query"] + params["b_query"], num_heads)
    key = split_heads(key @ params["w_key"] + params["b_key"], num_heads)
    value = split_heads(value @ params["w_value"] + params["b_value"], num_heads)
    if mask is not None:
        mask = mask[..., None, :, :]  # (..., 1, n_query, n_key)
    heads, _ = attention(query, key, value, mask)  # (..., h, n_query, d_head)
    return merge_heads(heads) @ params["w_output"] + params["b_output"]  # (..., n_query, d)


exercise.equivalent(
    '+ params["b_key"]',
    None,
    "It adds the same number to all scores of a query, and softmax leaves that out again.",
)


@exercise.picture
def two_heads():
    """Two heads, made to hand over their weights: on the left those of head 0, on the right head 1.

    Each row is a query, each column a key. Head 0 looks at the position before its own, head 1 at
    the positions around it. A causal mask hides the same keys from both.
    """
    n = 6
    x = np.eye(n, 2 * n)  # the vector of a position says which one it is
    near = np.exp(-np.abs(np.subtract.outer(range(n), range(n))))
    before = np.eye(n, k=-1)
    params = {f"b_{name}": np.zeros(2 * n) for name in ("query", "key", "value", "output")}
    params["w_query"] = np.block([[12 * before, 6 * near], [np.zeros((n, 2 * n))]])
    params["w_key"] = params["w_value"] = np.block([[np.eye(n)] * 2, [np.zeros((n, n))] * 2])
    params["w_output"] = np.eye(2 * n)
    masks = {"no mask": None, "causal mask": np.tri(n, dtype=bool)}
    return [
        view(
            title,
            inputs(x, x, x, params, 2, mask=mask),
            rows=range(n),
            columns=[*range(n), *range(n)],
        )
        for title, mask in masks.items()
    ]


NAMES = ("query", "key", "value", "output")


def draw_params(rng, d, biases=()):
    """Draw the four projections of an attention of width d; other than the named biases are 0."""
    weights = {f"w_{name}": rng.normal(scale=0.7, size=(d, d)).round(1) for name in NAMES}
    drawn = {f"b_{name}": rng.normal(size=d).round(1) * (name in biases) for name in NAMES}
    return weights | drawn


def plain_params(d):
    """Make four projections that change nothing."""
    weights = {f"w_{name}": np.eye(d) for name in NAMES}
    return weights | {f"b_{name}": np.zeros(d) for name in NAMES}


@exercise.case
def two_heads_and_projections_that_change_nothing(rng):
    x = rng.integers(-2, 3, size=(3, 4)).astype(float)
    return inputs(x, x, x, plain_params(4), 2)


@exercise.case
def one_head_without_biases(rng):
    x = rng.normal(size=(2, 2)).round(1)
    return inputs(x, x, x, draw_params(rng, 2), 1)


@exercise.case
def only_the_last_projection_changes_something(rng):
    x = rng.integers(-2, 3, size=(3, 4)).astype(float)
    return inputs(x, x, x, plain_params(4) | {"w_output": 2 * np.eye(4)}, 2)


@exercise.case
def a_last_projection_that_changes_nothing(rng):
    x = rng.normal(size=(3, 4)).round(1)
    return inputs(x, x, x, draw_params(rng, 4) | {"w_output": np.eye(4)}, 2)


@exercise.case(points=2)
def two_heads_without_biases(rng):
    x = rng.normal(size=(3, 4)).round(1)
    return inputs(x, x, x, draw_params(rng, 4), 2)


@exercise.case
def queries_of_zeros_get_the_average(rng):
    x = rng.normal(size=(3, 4)).round(1)
    return inputs(np.zeros((3, 4)), x, x, draw_params(rng, 4), 2)


@exercise.case
def query_key_and_value_differ(rng):
    query, key, value = rng.normal(size=(3, 3, 4)).round(1)
    return inputs(query, key, value, draw_params(rng, 4), 2)


@exercise.case(tags=("oblong",))
def fewer_queries_than_keys(rng):
    query, memory = rng.normal(size=(2, 6)).round(1), rng.normal(size=(5, 6)).round(1)
    return inputs(query, memory, memory, draw_params(rng, 6), 3)


@exercise.case
def only_the_queries_have_a_bias(rng):
    x = rng.normal(size=(3, 4)).round(1)
    return inputs(x, x, x, draw_params(rng, 4, biases=("query",)), 2)


@exercise.case
def only_the_values_have_a_bias(rng):
    x = rng.normal(size=(3, 4)).round(1)
    return inputs(x, x, x, draw_params(rng, 4, biases=("value",)), 2)


@exercise.case
def only_the_last_projection_has_a_bias(rng):
    x = rng.normal(size=(3, 4)).round(1)
    return inputs(x, x, x, draw_params(rng, 4, biases=("output",)), 2)


@exercise.case
def every_projection_has_a_bias(rng):
    x = rng.normal(size=(3, 4)).round(1)
    return inputs(x, x, x, draw_params(rng, 4, biases=NAMES), 2)


@exercise.case(tags=("mask",))
def causal_mask_on_one_sequence(rng):
    x = rng.normal(size=(3, 4)).round(1)
    return inputs(x, x, x, plain_params(4), 2, mask=np.tri(3, dtype=bool))


@exercise.case(tags=("mask", "empty_row"))
def a_query_that_may_attend_to_nothing(rng):
    x = rng.normal(size=(2, 4)).round(1)
    mask = np.array([[True, True], [False, False]])
    return inputs(x, x, x, plain_params(4), 2, mask=mask)


@exercise.case(tags=("mask", "empty_row"))
def a_query_that_may_attend_to_nothing_gets_the_bias(rng):
    x = rng.normal(size=(2, 4)).round(1)
    mask = np.array([[False, False], [True, True]])
    params = plain_params(4) | {"b_output": rng.normal(size=4).round(1)}
    return inputs(x, x, x, params, 2, mask=mask)


@exercise.case(tags=("batch",))
def one_batch_axis(rng):
    x = rng.normal(size=(3, 2, 4)).round(1)
    return inputs(x, x, x, draw_params(rng, 4), 2)


@exercise.case(tags=("batch",))
def two_batch_axes(rng):
    x = rng.normal(size=(2, 2, 3, 4)).round(1)
    return inputs(x, x, x, draw_params(rng, 4), 2)


@exercise.case(tags=("batch", "mask", "broadcast"))
def one_causal_mask_for_a_batch(rng):
    x = rng.normal(size=(2, 3, 4)).round(1)
    return inputs(x, x, x, plain_params(4), 2, mask=np.tri(3, dtype=bool))


@exercise.case(tags=("batch", "mask", "broadcast"))
def padding_mask_on_a_batch(rng):
    x = rng.normal(size=(3, 4, 8)).round(1)
    mask = np.arange(4) < rng.permutation([1, 2, 3])[:, None, None]
    return inputs(x, x, x, plain_params(8), 4, mask=mask)


@exercise.case(tags=("batch", "mask", "broadcast"))
def padding_mask_for_as_many_sequences_as_heads(rng):
    x = rng.normal(size=(2, 3, 4)).round(1)
    mask = np.arange(3) < rng.permutation([1, 3])[:, None, None]
    return inputs(x, x, x, draw_params(rng, 4), 2, mask=mask)


@exercise.case(tags=("batch", "mask", "oblong"))
def two_batch_axes_with_masks_of_their_own(rng):
    query = rng.normal(size=(2, 3, 4, 6))
    key, value = rng.normal(size=(2, 2, 3, 5, 6))
    mask = draw_mask(rng, [True, True, False, True, False], 2, 3, 4)
    return inputs(query, key, value, draw_params(rng, 6), 2, mask=mask)


@exercise.case(tags=("large",))
def large_magnitudes(rng):
    x = 100 * rng.normal(size=(3, 4)).round(1)
    return inputs(x, x, x, draw_params(rng, 4), 2)


@exercise.case(tags=("float32",))
def float32_inputs(rng):
    x = rng.normal(size=(5, 6)).astype(np.float32)
    return inputs(x, x, x, in_single_precision(draw_params(rng, 6)), 3)


@exercise.case(tags=("float32", "batch", "mask", "broadcast"))
def float32_inputs_with_a_mask(rng):
    x = rng.normal(size=(2, 5, 6)).astype(np.float32)
    params = in_single_precision(draw_params(rng, 6, biases=NAMES))
    mask = np.arange(5) < rng.permutation([3, 5])[:, None, None]
    return inputs(x, x, x, params, 3, mask=mask)


@exercise.case(hidden=True, tags=("batch", "mask", "oblong"))
def everything_at_once(rng):
    query = rng.normal(size=(2, 7, 12))
    key, value = rng.normal(size=(2, 2, 9, 12))
    mask = draw_mask(rng, np.arange(9) < 5, 2, 7)
    return inputs(query, key, value, draw_params(rng, 12, biases=NAMES), 3, mask=mask)


@exercise.edit(
    "attention(query, key, value, mask)", "attention(query / num_heads**0.5, key, value, mask)"
)
def scales_by_the_whole_width():
    """You scale by the root of d, the whole width, and not of d_head.

    The dot products of a head add up d_head terms, so that is the width to use. With several heads
    your weights come out flatter than they should.
    """


@exercise.mistake
def attends_before_splitting(query, key, value, params, num_heads, mask=None):
    """You attend once over the whole width, so all heads share the same weights.

    Splitting the output and merging it again changes nothing. The heads have to be apart when the
    scores are made.
    """
    return multi_head_attention(query, key, value, params, 1, mask=mask)


@exercise.edit(' @ params["w_output"] + params["b_output"]', "")
def forgets_the_last_projection():
    """You return the merged heads as they are, without the last projection.

    So far every head has written into a block of its own. The output layer lets their findings mix.
    """


@exercise.edit(' @ params["w_output"]', "")
def forgets_the_last_weights():
    """You add the bias of the last layer, but never multiply by its weights.

    So far every head has written into a block of its own. `w_output` lets their findings mix.
    """


@exercise.mistake
def adds_the_query(query, key, value, params, num_heads, mask=None):
    """You add the query to the result, as a residual connection does.

    The blocks of a transformer do that around attention, in a step of their own. Here the result is
    what the heads found, projected, and nothing else.
    """
    return multi_head_attention(query, key, value, params, num_heads, mask=mask) + query


@exercise.mistake
def adds_the_query_and_normalises(query, key, value, params, num_heads, mask=None):
    """You add the query to the result and normalise the sum, as a transformer block does.

    Both are steps of their own, around attention. Here the result is what the heads found,
    projected, and nothing else.
    """
    total = multi_head_attention(query, key, value, params, num_heads, mask=mask) + query
    centred = total - total.mean(axis=-1, keepdims=True)
    return centred / (total.var(axis=-1, keepdims=True) + 1e-6) ** 0.5


@exercise.mistake
def forgets_all_biases(query, key, value, params, num_heads, mask=None):
    """You multiply by the weights and leave out the biases.

    Each of the four layers has one: it is the output of the layer for an input of zeros.
    """
    query = split_heads(query @ params["w_query"], num_heads)
    key = split_heads(key @ params["w_key"], num_heads)
    value = split_heads(value @ params["w_value"], num_heads)
    mask = None if mask is None else mask[..., None, :, :]
    heads, _ = attention(query, key, value, mask)
    return merge_heads(heads) @ params["w_output"]


@exercise.mistake
def forgets_the_biases_before_the_heads(query, key, value, params, num_heads, mask=None):
    """You leave out the biases of query, key and value.

    Only your last layer has one. Some models do without the others, but these parameters hold four,
    and whoever trained them counted on all.
    """
    query = split_heads(query @ params["w_query"], num_heads)
    key = split_heads(key @ params["w_key"], num_heads)
    value = split_heads(value @ params["w_value"], num_heads)
    mask = None if mask is None else mask[..., None, :, :]
    heads, _ = attention(query, key, value, mask)
    return merge_heads(heads) @ params["w_output"] + params["b_output"]


@exercise.edit('query @ params["w_query"] + params["b_query"]', 'query @ params["w_query"]')
def forgets_the_bias_of_the_queries():
    """You leave out the bias of the queries.

    Each of the four layers has one: it is the output of the layer for an input of zeros.
    """


@exercise.edit('value @ params["w_value"] + params["b_value"]', 'value @ params["w_value"]')
def forgets_the_bias_of_the_values():
    """You leave out the bias of the values.

    Each of the four layers has one: it is the output of the layer for an input of zeros.
    """


@exercise.mistake
def adds_the_biases_before_the_weights(query, key, value, params, num_heads, mask=None):
    """You add the biases of query, key and value before you multiply by the weights.

    A linear layer is x w + b: first the product, then the bias, which is as wide as its result.
    """
    moved = {f"b_{name}": params[f"b_{name}"] @ params[f"w_{name}"] for name in NAMES[:3]}
    return multi_head_attention(query, key, value, params | moved, num_heads, mask=mask)


@exercise.edit(
    '@ params["w_output"] + params["b_output"]',
    '@ params["w_output"] + params["b_output"] @ params["w_output"]',
)
def adds_the_last_bias_before_the_weights():
    """You add the last bias before you multiply by the last weights.

    A linear layer is x w + b: first the product, then the bias, which is as wide as its result.
    """


@exercise.edit(' + params["b_output"]', "")
def forgets_the_last_bias():
    """You leave out the bias of the last projection.

    Each of the four layers has one, the output layer too.
    """


@exercise.mistake
def transposes_the_weights(query, key, value, params, num_heads, mask=None):
    """You multiply by the transposed weights, `x @ w.T`.

    Some libraries store weights as (d_out, d_in). Here they are (d_in, d_out), and `x @ w` is all.
    """
    params = {name: array.T for name, array in params.items()}
    return multi_head_attention(query, key, value, params, num_heads, mask=mask)


@exercise.edit('@ params["w_output"]', '@ params["w_output"].T')
def transposes_the_last_weights():
    """You multiply by the last weights transposed, `x @ w.T`.

    Some libraries store weights as (d_out, d_in). Here they are (d_in, d_out), and `x @ w` is all.
    """


@exercise.mistake
def projects_values_with_the_weights_of_queries(query, key, value, params, num_heads, mask=None):
    """You project the values with the weights and bias of the queries.

    What a position asks for and what it hands over are learned apart: `w_value` and `b_value` are
    waiting. Copied lines are worth a second look.
    """
    params = params | {"w_value": params["w_query"], "b_value": params["b_query"]}
    return multi_head_attention(query, key, value, params, num_heads, mask=mask)


@exercise.mistake
def projects_values_with_the_weights_of_keys(query, key, value, params, num_heads, mask=None):
    """You project the values with the weights and bias of the keys.

    What a position can be found by and what it hands over are learned apart: `w_value` and
    `b_value` are waiting. Copied lines are worth a second look.
    """
    params = params | {"w_value": params["w_key"], "b_value": params["b_key"]}
    return multi_head_attention(query, key, value, params, num_heads, mask=mask)


@exercise.mistake
def projects_keys_with_the_weights_of_queries(query, key, value, params, num_heads, mask=None):
    """You project the keys with the weights and bias of the queries.

    What a position asks for and what it can be found by are learned apart: `w_key` and `b_key` are
    waiting. Copied lines are worth a second look.
    """
    params = params | {"w_key": params["w_query"], "b_key": params["b_query"]}
    return multi_head_attention(query, key, value, params, num_heads, mask=mask)


@exercise.mistake
def projects_with_one_layer_for_all(query, key, value, params, num_heads, mask=None):
    """You project query, key and value with the same layer, that of the query.

    What a position asks for, what it can be found by and what it hands over are learned apart, in
    three layers. Which weights and biases do you never use?
    """
    shared = {
        f"{kind}_{name}": params[f"{kind}_query"] for kind in "wb" for name in ("key", "value")
    }
    return multi_head_attention(query, key, value, params | shared, num_heads, mask=mask)


@exercise.mistake
def projects_each_block_by_itself(query, key, value, params, num_heads, mask=None):
    """You split first and project afterwards, so a head sees only its own slice of the features.

    The projections come before the heads, so that each head can draw on the whole vector. Of every
    matrix you use only the blocks on the diagonal.
    """
    d_head = len(params["b_query"]) // num_heads
    block = np.kron(np.eye(num_heads), np.ones((d_head, d_head))) > 0
    cut = {f"w_{name}": params[f"w_{name}"] * block for name in NAMES[:3]}
    return multi_head_attention(query, key, value, params | cut, num_heads, mask=mask)


@exercise.mistake
def takes_everything_from_the_key(query, key, value, params, num_heads, mask=None):
    """You make the queries from `key` as well, and never look at `query`.

    In self-attention the three are the same and nobody notices. In cross-attention a decoder would
    not ask for anything of its own, and there would be a row for each key.
    """
    return multi_head_attention(key, key, key, params, num_heads, mask=mask)


@exercise.mistake
def takes_everything_from_the_query(query, key, value, params, num_heads, mask=None):
    """You make keys and values from the query as well.

    In self-attention the three are the same and nobody notices. In cross-attention a decoder would
    never see what it is to translate.
    """
    return multi_head_attention(query, query, query, params, num_heads, mask=mask)


@exercise.mistake
def takes_the_values_from_the_key(query, key, value, params, num_heads, mask=None):
    """You make the values from `key` and never use `value`.

    Often both are the same sequence, but the function has three inputs, and each is projected by
    weights of its own.
    """
    return multi_head_attention(query, key, key, params, num_heads, mask=mask)


@exercise.mistake
def splits_by_reshape_alone(query, key, value, params, num_heads, mask=None):
    """You split into heads with `reshape` alone, which cuts the sequence and not the features.

    Each head then holds all features of some positions, cut into pieces. You have written
    split_heads; it does both steps.
    """

    def split(x):
        *batch, n, d = x.shape
        return x.reshape(*batch, num_heads, n, d // num_heads)

    query = split(query @ params["w_query"] + params["b_query"])
    key = split(key @ params["w_key"] + params["b_key"])
    value = split(value @ params["w_value"] + params["b_value"])
    mask = None if mask is None else mask[..., None, :, :]
    heads, _ = attention(query, key, value, mask)
    *batch, h, n, d_head = heads.shape
    return heads.reshape(*batch, n, h * d_head) @ params["w_output"] + params["b_output"]


@exercise.edit("merge_heads(heads)", "heads.reshape(*heads.shape[:-3], heads.shape[-2], -1)")
def merges_by_reshape_alone():
    """You merge the heads with `reshape` alone, and positions get mixed up.

    Heads stand before positions, and `reshape` keeps the numbers in that order. You have written
    merge_heads; it lets the two axes change places first.
    """


@exercise.mistake
def merges_sequences_into_each_other(query, key, value, params, num_heads, mask=None):
    """You fold heads into the batch with the heads in front, and unfold them as if behind it.

    Then heads of different sequences end up side by side. If heads have an axis of their own, right
    before the positions, there is nothing to fold.
    """
    query = split_heads(query @ params["w_query"] + params["b_query"], num_heads)
    key = split_heads(key @ params["w_key"] + params["b_key"], num_heads)
    value = split_heads(value @ params["w_value"] + params["b_value"], num_heads)
    mask = None if mask is None else mask[..., None, :, :]
    heads, _ = attention(query, key, value, mask)
    heads = np.moveaxis(heads, -3, 0).reshape(heads.shape)
    return merge_heads(heads) @ params["w_output"] + params["b_output"]


def with_masks_in_another_order(query, key, value, params, num_heads, mask, order):
    """Attend with a mask for every head of every sequence, taken from the batch by `order`."""
    if mask is not None and mask.ndim == query.ndim == 3 and len(mask) > 1:
        mask = mask[order(np.arange(len(mask) * num_heads), len(mask))]  # (batch, h, ...)
    elif mask is not None:
        mask = mask[..., None, :, :]
    query = split_heads(query @ params["w_query"] + params["b_query"], num_heads)
    key = split_heads(key @ params["w_key"] + params["b_key"], num_heads)
    value = split_heads(value @ params["w_value"] + params["b_value"], num_heads)
    heads, _ = attention(query, key, value, mask)
    return merge_heads(heads) @ params["w_output"] + params["b_output"]


@exercise.mistake
def repeats_masks_for_heads_in_front(query, key, value, params, num_heads, mask=None):
    """You fold heads into the batch, heads in front, but repeat each mask for its neighbours.

    np.repeat puts the copies of one mask next to each other, where you have the same head of all
    sequences, so they work with each other's masks. An axis of length 1 for the heads needs no
    copies.
    """
    return with_masks_in_another_order(
        *(query, key, value, params, num_heads, mask),
        lambda places, batch: (places // num_heads).reshape(num_heads, batch).T,
    )


@exercise.mistake
def tiles_masks_for_heads_behind(query, key, value, params, num_heads, mask=None):
    """You fold heads into the batch, heads behind, but lay copies of all masks end to end.

    np.tile puts one mask after the other, where you have all heads of one sequence, so they work
    with each other's masks. An axis of length 1 for the heads needs no copies.
    """
    return with_masks_in_another_order(
        *(query, key, value, params, num_heads, mask),
        lambda places, batch: (places % batch).reshape(batch, num_heads),
    )


@exercise.mistake
def always_hides_the_future(query, key, value, params, num_heads, mask=None):
    """You always hide the future, beside whatever else a mask hides.

    A model that writes text needs that; one that reads may look both ways, and keys of another
    sequence are no future at all. The caller decides what is hidden.
    """
    past = np.tri(query.shape[-2], key.shape[-2], dtype=bool)
    mask = past if mask is None else mask & past
    return multi_head_attention(query, key, value, params, num_heads, mask=mask)


@exercise.mistake
def reads_the_length_of_a_causal_mask_from_axis_one(
    query, key, value, params, num_heads, mask=None
):
    """You always hide the future, and take axis 1 for the length of the sequence.

    With one batch axis it is; without one, axis 1 holds features. Count from the end. And is there
    a mask at all? The caller decides what is hidden.
    """
    mask = np.tri(query.shape[1], dtype=bool)
    return multi_head_attention(query, key, value, params, num_heads, mask=mask)


@exercise.mistake
def ignores_the_mask(query, key, value, params, num_heads, mask=None):
    """You take a mask and do nothing with it.

    Every query still sees every key, the future and the padding included. Hand it on to attention,
    with a place for the heads.
    """
    return multi_head_attention(query, key, value, params, num_heads)


@exercise.edit("mask[..., None, :, :]", "mask")
def pairs_the_mask_with_the_heads():
    """You hand on the mask as it is, so its batch axis meets the axis of the heads.

    Scores have one axis more than the mask, and shapes line up from the right. With as many
    sequences as heads nothing complains, and head b hides the padding of sequence b. With one head
    every sequence meets every mask, and the error comes only at w_output. Give the mask an axis
    where the heads are.
    """


@exercise.edit("mask[..., None, :, :]", "mask[:, None]")
def counts_the_axes_of_the_mask_from_the_front():
    """You give the mask its new axis in second place, which fits a single batch axis only.

    A mask without batch axes, or with two, then lines up wrongly. The axis of heads is the third
    from the end, so count from there.
    """


@exercise.edit("mask[..., None, :, :]", "mask[:, None] if mask.ndim == 3 else mask")
def counts_on_one_batch_axis_at_most():
    """You count on one batch axis at most, as `if mask.ndim == 3` does, and two do not fit.

    A mask may have as many batch axes as the vectors. Its axis of heads is the third from the end
    whatever stands in front, and so is that of the scores: count from the end.
    """


@exercise.edit("mask[..., None, :, :]", "mask[None, None]")
def puts_two_axes_before_every_mask():
    """You put two axes before every mask, which fits a 2-D mask on one batch only.

    A single sequence has no place for the second of them, and a mask with batch axes of its own
    needs the axis of heads after those. It is one axis, the third from the end.
    """


@exercise.mistake
def scales_the_parameters_in_place(query, key, value, params, num_heads, mask=None):
    """Your numbers are right, but you divide the caller's own parameters on the way.

    `w /= ...` writes into the array that is in the dict, and with every call the queries shrink
    further. An operation without the `=` makes a new array.
    """
    output = multi_head_attention(query, key, value, params, num_heads, mask=mask)
    for name in ("w_query", "b_query"):
        params[name] /= (query.shape[-1] // num_heads) ** 0.5
    return output


@exercise.mistake
def folds_the_heads_into_the_first_axis(query, key, value, params, num_heads, mask=None):
    """You lay the heads one after the other along the first axis, which fits a batch only.

    Without a batch that axis holds positions, and words of different heads attend to each other. If
    heads have an axis of their own, right before the positions, any number of batch axes fits.
    """
    projected = [
        each @ params[f"w_{name}"] + params[f"b_{name}"]
        for name, each in zip(NAMES[:3], (query, key, value), strict=True)
    ]
    folded = [np.concatenate(np.split(each, num_heads, axis=-1), axis=0) for each in projected]
    heads, _ = attention(*folded, None if mask is None else np.tile(mask, (num_heads, 1, 1)))
    merged = np.concatenate(np.split(heads, num_heads, axis=0), axis=-1)
    return merged @ params["w_output"] + params["b_output"]


@exercise.mistake
def returns_the_weights_too(query, key, value, params, num_heads, mask=None):
    """You return a pair, output and weights, as attention does.

    Whoever calls this function expects one array: the weights of all the heads stay inside.
    """
    output = multi_head_attention(query, key, value, params, num_heads, mask=mask)
    query = split_heads(query @ params["w_query"] + params["b_query"], num_heads)
    key = split_heads(key @ params["w_key"] + params["b_key"], num_heads)
    return output, attention(query, key, key, None if mask is None else mask[..., None, :, :])[1]


@exercise.mistake
def loses_single_precision(query, key, value, params, num_heads, mask=None):
    """Your numbers are right, but float32 inputs give a float64 result.

    Something in between is float64: an array of zeros that collects the heads, or np.sqrt of a
    Python int. Either needs the dtype of the inputs, or need not be there at all.
    """
    output = multi_head_attention(query, key, value, params, num_heads, mask=mask)
    return output.astype(np.float64)


@exercise.mistake
def returns_zeros_where_nothing_may_be_seen(query, key, value, params, num_heads, mask=None):
    """You return zeros for a query that may attend to nothing.

    Its heads find zeros, and then comes the last projection like for all others: what is left is
    b_output.
    """
    output = multi_head_attention(query, key, value, params, num_heads, mask)
    return output if mask is None else output * mask.any(axis=-1)[..., None]


@exercise.edit(
    "attention(query, key, value, mask)",
    "attention(query, np.broadcast_to(key[..., :1, :, :], key.shape), value, mask)",
)
def compares_with_the_keys_of_the_first_head():
    """Every head of yours compares its query with the keys of head 0.

    Heads may share keys in some later models; here each has a block of its own. Where is the axis
    of the heads when you compare?
    """


@exercise.edit(
    '+ params["b_query"], num_heads)',
    '+ (query.shape[-1] // num_heads) ** 0.5 * params["b_query"], num_heads)',
)
def scales_the_query_before_its_bias():
    """You scale the query before you add its bias, so the bias is not scaled.

    The whole score is divided by the root of d_head, and the bias is part of it. Scaling the query
    is as good as scaling the scores, once the projection is complete.
    """
