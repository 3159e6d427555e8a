"""Local attention: each position looks at its neighbours, and at nobody else.

Full attention compares every position with every other one: n · n scores, so that twice the text
takes four times the memory. Yet most of what a word needs stands close to it. In local attention a
position sees `window` neighbours on either side and itself, and that is all:

    attention of position i over the positions j with |i - j| <= window

    query, key (..., n, d_k)    value (..., n, d_v)    output (..., n, d_v)

    query [1], [1], [1], [1]    key [0], [ln 3], [0], [0]    value [4], [8], [12], [16]    window 1
    position 1 sees 0, 1, 2:    exponentials 1, 3, 1    weights 1/5, 3/5, 1/5    output 8
    position 3 sees 2, 3:       exponentials 1, 1       weights 1/2, 1/2         output 14

At the ends a part of the window hangs over, and nothing is there: no position from the other end of
the text, and no score of 0 either, which would take a share of the weights. All else is as you know
it: scores are divided by sqrt(d_k), and a window that reaches everything gives full attention.

What is saved is memory. So the table of all n · n scores must not be made, not even to be masked:
2 · window + 1 scores for each query are enough. What a call holds at one time is checked as well.
"""

import math

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.attention.attention import attention
from solutions.attention.softmax import softmax
from solutions.drawing import draw_one_length, in_single_precision, waves

exercise = Exercise(
    formulas={
        "attention of position i": (
            r"\text{output}_i = \sum_{|i - j| \le w} \frac{\exp(q_i \cdot k_j / \sqrt{d_k})}"
            r"{\sum_{|i - l| \le w} \exp(q_i \cdot k_l / \sqrt{d_k})} \, v_j"
        ),
    },
    tags={
        "scaled": "where d_k is 1 and wrong where it is not",
        "wider_values": "where values are as wide as keys and wrong where they are not",
        "reaches_all": "for windows within the text and wrong for larger ones",
        "wide": "for windows of one or two and wrong for wider ones",
        "memory": "but for how much it holds at one time",
    },
    hints=[
        "Write down for n = 5 and window = 1 which keys each position sees. All rows but the first"
        " and the last have three of them: how do you get a table of (n, 3) positions?",
        "np.arange(n)[:, None] + np.arange(-window, window + 1) is a table of positions, a row for"
        " each query. Some of them lie before the text or behind it.",
        "key[..., places, :] looks up a whole table of positions at once: (..., n, 2 · window + 1,"
        " d_k). Only positions that exist can be: clip makes them so, a mask says which were real.",
        "Now each query has its own few keys. query[..., None, :] stands beside them, so a product"
        " and a sum over the features give (..., n, 2 · window + 1) scores. Where no position is,"
        " they are minus infinity; the rest is softmax.",
        "A loop over positions does it as well: slices of key and value from max(0, i - window) to"
        " i + window + 1. A slice may end behind the text, and must not begin before it.",
    ],
)


@exercise.reference
def local_attention(query, key, value, window):
    """Let each position attend to those at most `window` places away.

    Parameters
    ----------
    query, key : (..., n, d_k)
        One vector for each position.
    value : (..., n, d_v)
        What each position hands over.
    window : int
        How many neighbours a position sees on either side: 0 or more, and perhaps more than there
        are.

    Returns
    -------
    output : (..., n, d_v)
        The weighted sums of the values within the window. The memory that it takes grows with n,
        and not with its square.

    Notes
    -----
    Beltagy et al. 2020 (Longformer), section 3.1; scaled by 1 / sqrt(d_k).
    """
    n, d_k = query.shape[-2:]
    places = np.arange(n)[:, None] + np.arange(-window, window + 1)  # (n, 2 window + 1)
    exists = (places >= 0) & (places < n)
    places = places.clip(0, n - 1)
    products = query[..., None, :] * key[..., places, :]  # (..., n, 2 window + 1, d_k)
    scores = np.where(exists, products.sum(axis=-1) / math.sqrt(d_k), -np.inf)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = weights / weights.sum(axis=-1, keepdims=True)
    return (weights[..., None] * value[..., places, :]).sum(axis=-2)


exercise.equivalent("query.shape", "key.shape", "Queries and keys have one shape.")
exercise.equivalent(
    "+ np.arange(-window, window + 1)",
    "- np.arange(-window, window + 1)",
    "As many places lie before it as behind it, and their order is all one.",
)
exercise.equivalent("clip(0, n - 1)", None, "What is no position of the text is masked.")


@exercise.picture
def the_band():
    """Whom ten positions look at: a row for each of them, a column for each that it could see.

    With a window of 1 there is a narrow band. The wider it is, the more of them share the weight of
    a row, and with a window of 9 it is the full table.
    """
    query, key = 2 * waves(10, 2), 2 * waves(20, 2)[10:]
    return [
        view(f"window of {w}", inputs(query, key, np.eye(10), w), rows=range(10), columns=range(10))
        for w in (1, 3, 9)
    ]


def draw_call(rng, n, d_k, d_v, window, batch=()):
    """Draw queries, keys and values of one length, and take a window."""
    return [*draw_one_length(rng, n, d_k, d_v, batch), window]


@exercise.case(tags=("edge",))
def a_window_of_nothing_but_itself(rng):
    return inputs(*draw_call(rng, 4, 1, 1, 0))


@exercise.case
def keys_that_are_all_equal(rng):
    query, _, value, window = draw_call(rng, 5, 1, 1, 1)
    return inputs(query, np.zeros((5, 1)), value, window)


@exercise.case(points=2)
def a_window_of_one(rng):
    return inputs(*draw_call(rng, 5, 1, 1, 1))


@exercise.case(points=2)
def a_window_of_two(rng):
    return inputs(*draw_call(rng, 8, 1, 1, 2))


@exercise.case(tags=("wide",))
def a_window_of_three(rng):
    return inputs(*draw_call(rng, 9, 1, 1, 3))


@exercise.case(tags=("reaches_all",))
def a_window_that_just_reaches_everything(rng):
    return inputs(*draw_call(rng, 3, 1, 1, 2))


@exercise.case(tags=("edge", "reaches_all"))
def a_window_longer_than_the_text(rng):
    return inputs(*draw_call(rng, 3, 1, 1, 5))


@exercise.case(tags=("edge", "reaches_all"))
def one_position(rng):
    return inputs(*draw_call(rng, 1, 1, 1, 1))


@exercise.case(tags=("scaled",))
def keys_of_four_features(rng):
    return inputs(*draw_call(rng, 5, 4, 4, 1))


@exercise.case(tags=("wider_values",))
def values_that_are_wider_than_keys(rng):
    return inputs(*draw_call(rng, 5, 1, 3, 1))


@exercise.case(tags=("batch",))
def a_batch_of_texts(rng):
    return inputs(*draw_call(rng, 5, 1, 1, 1, batch=(2,)))


@exercise.case(tags=("batch", "scaled"))
def heads_of_a_batch(rng):
    return inputs(*draw_call(rng, 5, 2, 2, 1, batch=(2, 2)))


@exercise.case(tags=("large",))
def scores_around_minus_one_thousand(rng):
    query, key, value, window = draw_call(rng, 5, 1, 1, 1)
    return inputs(query - 30, key + 30, value, window)


@exercise.case(tags=("large",))
def queries_of_very_different_lengths(rng):
    query, key, value, window = draw_call(rng, 5, 1, 1, 1)
    lengths = 10.0 ** np.arange(5)[:, None]
    return inputs((abs(query) + 0.5) * lengths, abs(key) + 2, value, window)


@exercise.case(tags=("float32", "scaled"))
def float32_inputs(rng):
    *arrays, window = draw_call(rng, 5, 3, 2, 1)
    return inputs(*in_single_precision(arrays), window)


@exercise.case(hidden=True, tags=("batch", "scaled", "wider_values"))
def a_larger_batch_and_a_wider_window(rng):
    return inputs(*draw_call(rng, 17, 4, 5, 3, batch=(2, 3)))


LONG = 2048  # positions: a table of their scores is 32 MiB, ten times what is allowed


@exercise.case(
    points=2,
    tags=("memory", "long", "scaled"),
    memory=(
        3 * 2**20,
        "a table of all 2048 x 2048 scores is 32 MiB, and those within the window are 0.08",
    ),
)
def two_thousand_positions(rng):
    *arrays, window = draw_call(rng, 64, 2, 1, 2)
    return inputs(*(np.tile(array, (LONG // 64, 1)) for array in arrays), window)


EXISTS = "exists = (places >= 0) & (places < n)"
CLIP = "places = places.clip(0, n - 1)"


@exercise.edit(EXISTS, "exists = np.ones(places.shape, dtype=bool)")
def counts_the_ends_several_times():
    """You let windows that hang over the text count its first or last position several times.

    Where there is no position, no weight may go: a mask says which ones exist.
    """


@exercise.edit(f"{EXISTS}\n    {CLIP}", "exists = True | (places < n)\n    places = places % n")
def wraps_round():
    """You let windows at one end of the text go on at the other end.

    An index of -1 is the last position, and `% n` and np.roll go round in a circle. A text is no
    circle: before its first position there is nothing.
    """


@exercise.mistake
def counts_zeros_of_padding(query, key, value, window):
    """You put zeros before the text and behind it, and let them take part in the softmax.

    A key of zeros has the score 0, and exp(0) = 1 is a share of the weights like any other. What is
    not there has to be masked.
    """
    places = np.arange(query.shape[-2])[:, None] + np.arange(2 * window + 1)
    sides = [(0, 0)] * (query.ndim - 2) + [(window, window), (0, 0)]
    near = (np.pad(array, sides)[..., places, :] for array in (key, value))
    return attention(query[..., None, :], *near)[0][..., 0, :]


@exercise.mistake
def counts_zeros_of_a_window_cut_to_the_text(query, key, value, window):
    """You let what hangs over the text take part in the softmax, with a score of 0.

    exp(0) = 1 is a share of the weights like any other. What is not there has to be masked, as
    minus infinity.
    """
    return counts_zeros_of_padding(query, key, value, min(window, query.shape[-2] - 1))


@exercise.edit(
    "np.arange(n)[:, None] + np.arange(-window, window + 1)",
    "(np.arange(n)[:, None] - window).clip(0, max(n - 2 * window - 1, 0))"
    " + np.arange(2 * window + 1)",
)
def moves_windows_inwards_at_the_ends():
    """You move the windows at the ends inwards, so that every position sees as many as the others.

    Neighbourhood attention does that. Here the first position sees nothing that is further away
    than `window`, and so it sees fewer.
    """


@exercise.edit(EXISTS, f"{EXISTS} & (abs(places - np.arange(n)[:, None]) < window)")
def stops_one_short_on_both_sides():
    """Your windows are one position too short on either side.

    |i - j| <= window holds at a distance of `window` as well.
    """


@exercise.edit("np.arange(-window, window + 1)", "np.arange(-max(window - 1, 0), max(window, 1))")
def counts_itself_into_the_window():
    """You count a position itself into `window`, so that one neighbour is missing on either side.

    Here a window of 1 is one neighbour on each side, and a window of 0 the position alone.
    """


@exercise.edit("np.arange(-window, window + 1)", "np.arange(-window, window)")
def stops_one_short_behind():
    """Your windows are one position too short towards the end of the text.

    A slice or a range leaves its last number out: it has to go to i + window + 1.
    """


@exercise.edit("np.arange(-window, window + 1)", "np.arange(-(window // 2), window // 2 + 1)")
def takes_window_for_the_whole_width():
    """You take `window` for the width of the whole window, half of it on either side.

    Here it is the number of neighbours on each side, so the whole is 2 · window + 1 wide.
    """


@exercise.edit("np.arange(-window, window + 1)", "np.arange(-window, 1)")
def looks_back_only():
    """You let a position see what is before it, and not what comes after.

    That would be causal. Here a window reaches as far to both sides.
    """


@exercise.edit("np.arange(-window, window + 1)", "np.arange(0, window + 1)")
def looks_ahead_only():
    """You let a position see what comes after it, and not what is before.

    A window reaches as far to both sides: from i - window to i + window.
    """


@exercise.edit(EXISTS, f"{EXISTS} & (places != np.arange(n)[:, None])")
def leaves_itself_out():
    """You let a position see its neighbours, and not itself. It is at distance 0, so it counts."""


@exercise.edit(EXISTS, f"{EXISTS} & ((places != np.arange(n)[:, None]) | (window == 0) | (n == 1))")
def sees_itself_only_where_it_is_alone():
    """You let a position see itself only where it has no neighbours.

    It is at distance 0, so it counts among the others as well.
    """


@exercise.mistake
def leaves_itself_out_and_gives_zeros_for_nobody(query, key, value, window):
    """You let a position see its neighbours, and not itself. It is at distance 0, so it counts."""
    n = query.shape[-2]
    places = np.arange(n)[:, None] + np.arange(-window, window + 1)
    exists = (places >= 0) & (places < n) & (places != np.arange(n)[:, None])
    near = (array[..., places.clip(0, n - 1), :] for array in (key, value))
    return attention(query[..., None, :], *near, exists[:, None])[0][..., 0, :]


@exercise.edit(
    EXISTS,
    f"size = max(window, 1)\n    {EXISTS} & (places // size == np.arange(n)[:, None] // size)",
)
def attends_within_blocks():
    """You cut the text into blocks of `window`, and let positions see their own block.

    Two neighbours on either side of a cut would never meet. A window moves along with each
    position.
    """


@exercise.edit(
    "np.arange(n)[:, None] + np.arange(-window, window + 1)",
    "np.arange(n)[:, None] // (2 * window + 1) * (2 * window + 1) + np.arange(2 * window + 1)",
)
def attends_within_wide_blocks():
    """You cut the text into blocks of 2 · window + 1, and let positions see their own block.

    Only the one in the middle of a block has all of its neighbours there. A window moves along with
    each position.
    """


@exercise.mistake
def attends_to_blocks_beside(query, key, value, window):
    """You cut the text into blocks of `window`, and let positions see three of them whole.

    So some see almost twice as far as others. Blocks are a good way to compute, but then those
    further away than `window` have to be masked.
    """
    n, size = query.shape[-2], max(window, 1)
    places = np.arange(n)[:, None] // size * size + np.arange(-size, 2 * size)
    exists = (places >= 0) & (places < n)
    if window == 0:
        exists &= places == np.arange(n)[:, None]
    near = (array[..., places.clip(0, n - 1), :] for array in (key, value))
    return attention(query[..., None, :], *near, exists[:, None])[0][..., 0, :]


def by_rows(query, key, value, window, weigh):
    """Weigh all keys for some queries at a time, so that no table of all of them is made here."""
    n, d_k = query.shape[-2:]
    outputs = []
    for start in range(0, n, 64):
        rows = query[..., start : start + 64, :]
        band = abs(np.arange(n)[start : start + 64, None] - np.arange(n)) <= window
        outputs.append(weigh(rows @ key.swapaxes(-1, -2) / math.sqrt(d_k), band) @ value)
    return np.concatenate(outputs, axis=-2)


@exercise.mistake
def removes_weights_after_the_softmax(query, key, value, window):
    """You take the softmax over all keys, and remove what lies outside of the window afterwards.

    What is left of a row no longer sums to 1. The softmax is to see nothing but the window.
    """
    return by_rows(query, key, value, window, lambda scores, band: softmax(scores) * band)


@exercise.mistake
def gives_the_rest_a_score_of_zero(query, key, value, window):
    """You give what lies outside of the window a score of 0, and exp(0) = 1 is a share as well.

    Outside of the window there is to be no weight at all.
    """
    return by_rows(query, key, value, window, lambda scores, band: softmax(scores * band))


@exercise.mistake
def begins_slices_before_the_text(query, key, value, window):
    """You let slices begin at i - window, even where that is below zero.

    A slice counts numbers below zero from the end of the array, so that such a one is empty, or
    somewhere else. max(0, i - window) is where the window begins.
    """
    outputs = []
    for i in range(query.shape[-2]):
        near = (array[..., i - window : i + window + 1, :] for array in (key, value))
        outputs.append(attention(query[..., i : i + 1, :], *near)[0])
    return np.concatenate(outputs, axis=-2)


@exercise.edit("scores - scores.max(axis=-1, keepdims=True)", "scores")
def exponentiates_without_shifting():
    """You exponentiate scores as they are. Large ones overflow, and very low ones are all 0.

    Subtract the maximum of each row first: the weights stay the same.
    """


@exercise.edit("scores - scores.max(axis=-1, keepdims=True)", "scores - scores.max()")
def subtracts_one_maximum_for_all():
    """You subtract the largest score of the whole array.

    Where a row has much lower ones, all of its exponentials are 0. Each row has its own maximum.
    """


@exercise.edit("/ math.sqrt(d_k)", "/ 1")
def leaves_the_scale_out():
    """You do not divide the scores by the square root of d_k.

    It is the attention that you know, with fewer keys.
    """


@exercise.edit("math.sqrt(d_k)", "d_k")
def divides_by_the_width():
    """You divide the scores by d_k, and not by its square root."""


@exercise.edit("math.sqrt(d_k)", "math.sqrt(value.shape[-1])")
def scales_by_the_width_of_the_values():
    """You divide by the root of d_v, the width of the values.

    Scores are products of queries and keys. It is with their width, d_k, that they grow.
    """


@exercise.edit(
    "weights / weights.sum(axis=-1, keepdims=True)",
    "weights / weights.sum(axis=-2, keepdims=True).clip(np.finfo(weights.dtype).tiny)",
)
def makes_shares_over_the_queries():
    """You divide by sums over the queries, axis -2. The weights of one query have to sum to 1.

    Those lie along the last axis.
    """


@exercise.edit("key[..., places, :]", "key[places]")
def counts_axes_from_the_front():
    """You look positions up along the first axis, which in a batch is the texts.

    `key[..., places, :]` leaves all axes in front alone.
    """


@exercise.mistake
def keeps_the_axis_of_the_query(query, key, value, window):
    """You return (..., n, 1, d_v): each query was an attention of its own, with an axis for it.

    (..., n, d_v) is wanted. Take that axis out again.
    """
    return local_attention(query, key, value, window)[..., None, :]


@exercise.mistake
def squeezes_every_axis_of_one(query, key, value, window):
    """You squeeze all axes of length 1, and not only that of the query.

    A text of one position, or values of one feature, lose an axis of theirs as well.
    """
    return local_attention(query, key, value, window).squeeze()


@exercise.edit("math.sqrt(d_k)", "np.sqrt(d_k)")
def loses_single_precision():
    """Your output is right, but float32 inputs come back as float64.

    np.sqrt of a whole number is a float64 of NumPy's, and so is what np.zeros and np.full make
    without a dtype. Whatever meets one of these becomes float64.
    """
