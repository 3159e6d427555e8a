"""Linear attention: the same products in another order, and no table of scores.

Full attention is softmax(Q Kᵀ) V, and softmax needs the whole table Q Kᵀ before V comes in. Put a
plain product of features in its place, and the brackets may move, since (Q Kᵀ) V = Q (Kᵀ V):

    weight of key j for query i:   phi(q_i) · phi(k_j)  /  sum over all l of phi(q_i) · phi(k_l)

    output_i  =  (phi(q_i) · S) / (phi(q_i) · z)
    S = sum over j of phi(k_j)ᵀ v_j    (d_k, d_v)        z = sum over j of phi(k_j)    (d_k)

S and z are worked out once and serve every query: that takes n · d_k · d_v multiplications, where
full attention takes n² times a width. Weights have to be positive, so phi, element by element, is

    phi(x) = elu(x) + 1        that is exp(x) up to 0, and x + 1 above

    key [0], [-ln 2]: features 1, 1/2      value [3], [6]      S = 1 · 3 + 1/2 · 6 = 6, z = 3/2
    one feature, so phi(q_i) cancels out: all queries get 6 / 1.5 = 4
    causal: position 0 gets 3 / 1 = 3, and position 1 gets 4

Causal, position i sees the keys up to its own, so each position has an S and a z of its own: sums
that grow along the text. There is no 1 / sqrt(d_k) here, and nothing is added to the denominator.
It is not softmax attention made faster: it is another function.
"""

import math

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.drawing import draw_one_length, in_single_precision, waves

exercise = Exercise(
    formulas={
        "output_i": (
            r"\text{output}_i = \frac{\phi(q_i) \sum_j \phi(k_j)^\top v_j}"
            r"{\phi(q_i) \sum_j \phi(k_j)^\top}"
        ),
    },
    tags={
        "causal": "for all keys and wrong where it is causal",
        "several": "for vectors of one feature and wrong for several",
        "negative": "for positive numbers and wrong for negative ones",
        "wider_values": "where values are as wide as keys and wrong where they are not",
        "near_zero": "unless features are close to zero",
        "memory": "but for how much it holds at one time",
    },
    hints=[
        "Write phi first, and use it on queries and keys, not on values. np.where takes one of two"
        " arrays, element by element.",
        "keyᵀ · value is (d_k, d_v): swapaxes(-1, -2) transposes the last two axes and leaves"
        " batches alone. The sum of the features of all keys is (d_k).",
        "Both the numerator and the denominator are products with phi(query). The denominator is"
        " one number for each query: keep an axis of length 1 behind it.",
        "Causal: position i has an S and a z of its own. phi(key)[..., None] * value[..., None, :]"
        " is what each position adds to S, (..., n, d_k, d_v); np.cumsum adds up along an axis.",
        "A loop over positions does it too: first add what position i brings to S and z, then work"
        " out its output.",
    ],
)


@exercise.reference
def linear_attention(query, key, value, causal=False):
    """Attend with products of features in the place of softmax.

    Parameters
    ----------
    query, key : (..., n, d_k)
        One vector for each position.
    value : (..., n, d_v)
        What each position hands over.
    causal : bool
        Whether a position sees itself and those before it only.

    Returns
    -------
    output : (..., n, d_v)
        Weighted sums of the values. Time and memory grow with n · d_k · d_v.

    Notes
    -----
    Katharopoulos et al. 2020, equations 5, 7 and 9.
    """
    q, k = _features(query), _features(key)
    if causal:
        states = np.cumsum(k[..., None] * value[..., None, :], axis=-3)  # (..., n, d_k, d_v)
        totals = np.cumsum(k, axis=-2)  # (..., n, d_k)
    else:
        states = (k.swapaxes(-1, -2) @ value)[..., None, :, :]  # (..., 1, d_k, d_v)
        totals = k.sum(axis=-2, keepdims=True)  # (..., 1, d_k)
    mixed = (q[..., None, :] @ states)[..., 0, :]  # (..., n, d_v)
    return mixed / (q * totals).sum(axis=-1, keepdims=True)


def _features(x):
    return np.where(x > 0, x + 1, np.exp(np.minimum(x, 0)))


exercise.equivalent("x > 0", "x >= 0", "At 0, both are 1.")
exercise.equivalent("swapaxes(-1, -2)", "swapaxes(-2, -1)", "It exchanges the same two axes.")
exercise.equivalent("[..., 0, :]", "[..., -1, :]", "That axis has length 1.")
exercise.equivalent("np.minimum(x, 0)", None, "It keeps what is not taken from overflowing.")


@exercise.picture
def smooth_weights():
    """Whom eight positions look at: a row for each of them, a column for each that it could see.

    Products of features make no sharp choice: nearly everybody gets something. Causal, each row
    shares its weight among the positions up to its own.
    """
    arrays = 3 * waves(8, 3), 3 * waves(16, 3)[8:], np.eye(8)
    labels = {"rows": range(8), "columns": range(8)}
    return [
        view("all keys", inputs(*arrays), **labels),
        view("causal", inputs(*arrays, causal=True), **labels),
    ]


def positive(query, key, value):
    """Return the same with queries and keys above 0, where phi is x + 1."""
    return abs(query) + 0.1, abs(key) + 0.1, value


@exercise.case(tags=("edge",))
def one_position(rng):
    return inputs(*positive(*draw_one_length(rng, 1, 1, 1)))


@exercise.case
def keys_that_are_all_equal(rng):
    query, key, value = positive(*draw_one_length(rng, 4, 1, 1))
    return inputs(query, 0 * key + 1, value)


@exercise.case(points=2)
def positive_numbers_of_one_feature(rng):
    return inputs(*positive(*draw_one_length(rng, 4, 1, 1)))


@exercise.case(tags=("negative",))
def negative_numbers_of_one_feature(rng):
    query, key, value = positive(*draw_one_length(rng, 4, 1, 1))
    return inputs(-query, -key, value)


@exercise.case(points=2, tags=("several",))
def positive_numbers_of_several_features(rng):
    return inputs(*positive(*draw_one_length(rng, 4, 3, 3)))


@exercise.case(tags=("several",))
def queries_of_zeros(rng):
    query, key, value = positive(*draw_one_length(rng, 4, 3, 3))
    return inputs(0 * query, key, value)


@exercise.case(tags=("several",))
def keys_of_zeros(rng):
    query, key, value = positive(*draw_one_length(rng, 4, 3, 3))
    return inputs(query, 0 * key, value)


@exercise.case(tags=("several",))
def queries_and_keys_of_zeros(rng):
    query, key, value = draw_one_length(rng, 4, 3, 3)
    return inputs(0 * query, 0 * key, value)


@exercise.case(tags=("several", "negative"))
def negative_queries(rng):
    query, key, value = positive(*draw_one_length(rng, 4, 3, 3))
    return inputs(-query, key, value)


@exercise.case(tags=("several", "negative"))
def negative_keys(rng):
    query, key, value = positive(*draw_one_length(rng, 4, 3, 3))
    return inputs(query, -key, value)


@exercise.case(tags=("several", "negative"))
def any_numbers(rng):
    return inputs(*draw_one_length(rng, 4, 4, 4))


@exercise.case(tags=("wider_values",))
def values_that_are_wider_than_keys(rng):
    return inputs(*positive(*draw_one_length(rng, 4, 1, 3)))


@exercise.case(tags=("near_zero", "several", "negative"))
def features_close_to_zero(rng):
    query, key, value = draw_one_length(rng, 4, 2, 2)
    return inputs(query - 7, key - 7, value)


@exercise.case(tags=("large", "several"))
def numbers_around_one_thousand(rng):
    query, key, value = positive(*draw_one_length(rng, 4, 2, 2))
    return inputs(1000 * query, 1000 * key, value)


@exercise.case(tags=("batch",))
def a_batch_of_texts(rng):
    return inputs(*positive(*draw_one_length(rng, 4, 1, 1, batch=(2,))))


@exercise.case(tags=("batch", "several", "negative"))
def heads_of_a_batch(rng):
    return inputs(*draw_one_length(rng, 4, 3, 3, batch=(2, 2)))


@exercise.case(tags=("edge", "causal"))
def causal_with_one_position(rng):
    return inputs(*positive(*draw_one_length(rng, 1, 1, 1)), causal=True)


@exercise.case(points=2, tags=("causal",))
def causal_with_one_feature(rng):
    return inputs(*positive(*draw_one_length(rng, 4, 1, 1)), causal=True)


@exercise.case(tags=("causal", "several"))
def causal_with_several_features(rng):
    return inputs(*positive(*draw_one_length(rng, 5, 3, 3)), causal=True)


@exercise.case(tags=("causal", "several"))
def as_many_features_as_positions(rng):
    return inputs(*positive(*draw_one_length(rng, 3, 3, 3)), causal=True)


@exercise.case(tags=("causal", "wider_values"))
def causal_with_wider_values(rng):
    return inputs(*positive(*draw_one_length(rng, 4, 1, 3)), causal=True)


@exercise.case(tags=("causal", "batch"))
def causal_texts_of_a_batch(rng):
    return inputs(*positive(*draw_one_length(rng, 4, 1, 1, batch=(3,))), causal=True)


@exercise.case(tags=("float32", "several", "negative"))
def float32_inputs(rng):
    return inputs(*in_single_precision(draw_one_length(rng, 4, 3, 2)))


@exercise.case(tags=("float32", "causal", "several", "negative"))
def float32_and_causal(rng):
    return inputs(*in_single_precision(draw_one_length(rng, 4, 3, 2)), causal=True)


@exercise.case(hidden=True, tags=("batch", "several", "negative", "wider_values", "causal"))
def a_larger_batch_and_causal(rng):
    return inputs(*draw_one_length(rng, 9, 4, 5, batch=(2, 3)), causal=True)


@exercise.case(hidden=True, tags=("batch", "several", "negative", "wider_values"))
def a_larger_batch(rng):
    return inputs(*draw_one_length(rng, 9, 4, 5, batch=(2, 3)))


MEMORY = (
    3 * 2**20,
    "a table of all 2048 x 2048 weights is 32 MiB, and an S for each position 0.06",
)


def draw_long(rng):
    """Draw 2048 positions, 64 of them again and again; a table of their weights is 32 MiB."""
    return [np.tile(array, (32, 1)) for array in draw_one_length(rng, 64, 2, 2)]


@exercise.case(points=2, tags=("memory", "long", "several", "negative"), memory=MEMORY)
def two_thousand_positions(rng):
    return inputs(*draw_long(rng))


@exercise.case(tags=("memory", "long", "several", "negative", "causal"), memory=MEMORY)
def two_thousand_positions_and_causal(rng):
    return inputs(*draw_long(rng), causal=True)


@exercise.edit("_features(query)", "query")
def uses_queries_as_they_are():
    """You use queries without phi. Negative ones make weights negative, and denominators near 0."""


@exercise.edit("_features(key)", "key")
def uses_keys_as_they_are():
    """You use keys without phi. Negative ones make weights negative, and denominators near 0."""


PHI = "q, k = _features(query), _features(key)"


@exercise.edit(PHI, "q, k = np.maximum(query, 0), np.maximum(key, 0)")
def takes_relu():
    """You take relu for phi. It is 0 for all that is negative, and a sum of zeros divides nothing.

    phi(x) is elu(x) + 1, which is always above 0.
    """


@exercise.edit(PHI, "q, k = np.maximum(query, 0) + 1, np.maximum(key, 0) + 1")
def takes_relu_plus_one():
    """You take relu(x) + 1 for phi. Below 0, elu(x) + 1 is exp(x), and goes on falling."""


@exercise.edit(PHI, "q, k = _features(query) - 1, _features(key) - 1")
def forgets_plus_one():
    """You take elu without the + 1. It is negative below 0, and weights have to be positive."""


@exercise.edit(PHI, "q, k = np.exp(query), np.exp(key)")
def takes_the_exponential_throughout():
    """You take exp(x) for phi everywhere. Above 0, elu(x) + 1 is x + 1, which does not explode."""


@exercise.edit(PHI, "q, k = _features(query / math.sqrt(query.shape[-1])), _features(key)")
def scales_the_queries():
    """You divide by the square root of d_k. There is no such scale in linear attention."""


@exercise.edit(PHI, "q, k = (_features(array / query.shape[-1] ** 0.25) for array in (query, key))")
def scales_both_by_half():
    """You divide queries and keys by the fourth root of d_k, which is half of the scale for each.

    There is no such scale in linear attention.
    """


@exercise.edit(PHI, "q, k, value = _features(query), _features(key), _features(value)")
def takes_features_of_the_values():
    """You use phi on the values as well. They are what is mixed, and stay as they are."""


@exercise.edit(
    "return mixed / (q * totals).sum(axis=-1, keepdims=True)",
    "return mixed / ((q * totals).sum(axis=-1, keepdims=True) + q.dtype.type(1e-6))",
)
def adds_an_eps():
    """You add something to the denominator. Where features are small, that shrinks the output.

    Features are above 0 already, so nothing has to be added.
    """


@exercise.edit("return mixed / (q * totals).sum(axis=-1, keepdims=True)", "return mixed")
def leaves_the_denominator_out():
    """You do not divide. The weights of a query have to sum to 1."""


@exercise.edit("mixed / (q * totals).sum(axis=-1, keepdims=True)", "mixed / query.shape[-2]")
def divides_by_the_number_of_positions():
    """You divide by n. What the weights of a query sum to is phi(q) · z."""


@exercise.edit("return mixed / (q", "return mixed * (q")
def multiplies_by_the_denominator():
    """You multiply by phi(q) · z, and it is to be divided by."""


@exercise.edit(
    "return mixed / (q * totals).sum(axis=-1, keepdims=True)",
    "return (q[..., None, :] @ (states / totals[..., None]))[..., 0, :]",
)
def divides_each_feature_by_its_own_sum():
    """You divide each row of S by the sum of that feature, before the query comes in.

    The denominator belongs to a query: it is phi(q) · z, one number.
    """


@exercise.edit("totals = np.cumsum(k, axis=-2)", "totals = k.sum(axis=-2, keepdims=True)")
def divides_by_the_sum_of_all_keys():
    """You add up the numerators along the text, and divide by the sum over all keys.

    Causal, z grows along the text as S does.
    """


@exercise.edit(
    "states = np.cumsum(k[..., None] * value[..., None, :], axis=-3)",
    "states = (k.swapaxes(-1, -2) @ value)[..., None, :, :]",
)
def mixes_the_values_of_all_keys():
    """You add up the denominators along the text, and mix the values of all keys.

    Causal, S grows along the text as z does.
    """


@exercise.mistake
def adds_up_queries_below(query, key, value, causal=False):
    """Your z is the sum of the features of the queries, and it has to be that of the keys.

    Below stands what the weights of a query sum to, so that it goes over the same keys as above.
    """
    q, k = _features(query), _features(key)
    below = np.cumsum(q, axis=-2) if causal else q.sum(axis=-2, keepdims=True)
    right = np.cumsum(k, axis=-2) if causal else k.sum(axis=-2, keepdims=True)
    output = linear_attention(query, key, value, causal=causal)
    return output * (q * right).sum(-1, keepdims=True) / (q * below).sum(-1, keepdims=True)


@exercise.edit("if causal:", "if False:")
def is_never_causal():
    """You do not use `causal`: a position sees all keys in any case."""


@exercise.edit("if causal:", "if True:")
def is_always_causal():
    """You work it out as if it were causal in any case. Without `causal`, all keys are seen."""


@exercise.mistake
def leaves_itself_out(query, key, value, causal=False):
    """Your sums lag one position behind: a position does not see itself, and the first one nothing.

    First a position adds its own key and value, then its output is worked out.
    """
    if not causal:
        return linear_attention(query, key, value)
    k = _features(key)
    own = k[..., None] * value[..., None, :]
    states, totals = np.cumsum(own, axis=-3) - own, np.cumsum(k, axis=-2) - k
    states[..., 0, :, :], totals[..., 0, :] = 0, 0
    return _divided(_features(query), states, totals)


@exercise.mistake
def leaves_itself_out_and_begins_with_zeros(query, key, value, causal=False):
    """Your sums lag one position behind: a position does not see itself, and the first gives zeros.

    First a position adds its own key and value, then its output is worked out.
    """
    output = leaves_itself_out(query, key, value, causal=causal)
    if causal:
        output[..., 0, :] = 0
    return output


@exercise.mistake
def sees_one_position_ahead(query, key, value, causal=False):
    """Your sums run one position ahead: a position sees the one after it as well."""
    if not causal:
        return linear_attention(query, key, value)
    k = _features(key)
    ahead = np.minimum(np.arange(k.shape[-2]) + 1, k.shape[-2] - 1)
    states = np.cumsum(k[..., None] * value[..., None, :], axis=-3)[..., ahead, :, :]
    return _divided(_features(query), states, np.cumsum(k, axis=-2)[..., ahead, :])


def _divided(q, states, totals):
    mixed = (q[..., None, :] @ states)[..., 0, :]
    return mixed / (q * totals).sum(axis=-1, keepdims=True)


@exercise.mistake
def adds_up_from_the_end(query, key, value, causal=False):
    """You add up from the end of the text, so that a position sees what comes after it.

    Causal, it sees itself and what comes before.
    """
    if not causal:
        return linear_attention(query, key, value)
    turned = (array[..., ::-1, :] for array in (query, key, value))
    return linear_attention(*turned, causal=True)[..., ::-1, :]


@exercise.edit("axis=-3)", "axis=0)")
def adds_states_up_along_the_first_axis():
    """You add S up along axis 0, which in a batch is the texts. Count axes from the end."""


@exercise.edit("np.cumsum(k, axis=-2)", "np.cumsum(k, axis=0)")
def adds_totals_up_along_the_first_axis():
    """You add z up along axis 0, which in a batch is the texts. Count axes from the end."""


@exercise.edit("np.cumsum(k, axis=-2)", "np.cumsum(k, axis=-1)")
def adds_totals_up_along_the_features():
    """You add z up along the features. It grows along the text, and has each feature by itself."""


@exercise.edit("k.swapaxes(-1, -2) @ value", "k.T @ value")
def transposes_all_axes():
    """You transpose with .T, which turns all axes round: batch axes come last then.

    swapaxes(-1, -2) exchanges the last two.
    """


@exercise.mistake
def takes_softmax(query, key, value, causal=False):
    """You work out softmax attention. Here weights are products of features, divided by their sum.

    That is another function, and its brackets can move.
    """
    n, d_k = query.shape[-2:]
    rows = []
    for start in range(0, n, 64):
        some = query[..., start : start + 64, :]
        scores = some @ key.swapaxes(-1, -2) / math.sqrt(d_k)
        if causal:
            i = start + np.arange(some.shape[-2])[:, None]
            scores = np.where(np.arange(n) <= i, scores, -np.inf)
        weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
        rows.append(weights / weights.sum(axis=-1, keepdims=True) @ value)
    return np.concatenate(rows, axis=-2)


@exercise.mistake
def changes_its_inputs(query, key, value, causal=False):
    """Your output is right, but you write features into the caller's own arrays.

    `x[x > 0] += 1` changes it for everybody who holds it. np.where makes a new array.
    """
    output = linear_attention(query, key, value, causal=causal)
    query[...], key[...] = _features(query), _features(key)
    return output


@exercise.edit("mixed / (q", "mixed / np.ones(1) / (q")
def loses_single_precision():
    """Your output is right, but float32 inputs come back as float64.

    np.zeros and np.ones without a dtype are float64, and so becomes what meets them.
    """
