"""LLaMA: four parts that later models have in the place of older ones.

A block of LLaMA is one of GPT with four parts changed. Its norm, rms_norm, divides each vector by
its root mean square. There is no mean to subtract, and no bias:

    rms_norm(x)  =  gain * x / sqrt(mean of x ** 2 + eps)
    [1, 7]   the mean of 1 and 49 is 25   ->   [0.2, 1.4]

Positions are not added: rotary turns queries and keys. Features i and i + d/2 are the two
coordinates of the tip of a hand, and each hand has its own speed. What a query and a key have in
common then depends on how far apart they stand, and not on where.

    angle  =  position * base ** (-2 * i / d)           i = 0, 1 ... d/2 - 1
    result_i          =  x_i * cos(angle) - x_(i + d/2) * sin(angle)
    result_(i + d/2)  =  x_i * sin(angle) + x_(i + d/2) * cos(angle)
    d = 2, position 1   [1, 0]   ->   [cos(1), sin(1)]  =  [0.54, 0.84]

In the feed-forward layer, swiglu, a gate says how much of each inner feature gets through:

    swiglu(x)  =  (silu(x w_gate) * (x w_up)) w_down
    silu(z)    =  z / (1 + exp(-z))

Several query heads share one head of keys and values, which makes a cache smaller. For the scores
repeat_kv gives each its own again, copies side by side: heads [A, B] twice become [A, A, B, B].
"""

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.drawing import draw_vectors, in_single_precision
from solutions.transformer.feed_forward import gelu

exercise = Exercise(
    formulas={
        "rms_norm(x)": (
            r"\text{rms\_norm}(x) &= \text{gain} \odot"
            r" \frac{x}{\sqrt{\frac1d \sum_i x_i^2 + \text{eps}}}"
        ),
        "angle ": r"\theta_i &= \text{position} \cdot \text{base}^{-2i/d}, \quad i < d/2",
        "result_i ": r"y_i &= x_i \cos\theta_i - x_{i + d/2} \sin\theta_i",
        "result_(i + d/2) =": r"y_{i + d/2} &= x_i \sin\theta_i + x_{i + d/2} \cos\theta_i",
        "swiglu(x)": (
            r"\text{swiglu}(x) &= \left(\text{silu}(x W_\text{gate}) \odot x W_\text{up}\right)"
            r" W_\text{down}"
        ),
        "silu(z)": r"\text{silu}(z) &= \frac{z}{1 + e^{-z}}",
    },
    tags={
        "centred": "where the mean of a row is not zero and wrong where it is",
        "square": "unless lengths are equal, so that nothing complains of the wrong axis",
        "several_pairs": "for two features and wrong for more",
        "placed": "where positions count from 0 and wrong where they do not",
        "several_heads": "for one head and wrong for several",
    },
    hints=[
        "rms_norm: layer_norm without the mean. Square first, average along the last axis and keep"
        " it; the root comes last, around the sum with eps.",
        "rotary: make the angles first, a row for each position and a column for each pair: (n,"
        " d / 2). Positions as a column and speeds as a row broadcast to it.",
        "rotary: cut x into its first and its second half. Each half of the result needs both;"
        " np.concatenate puts the two together. Sines of float64 make float64 of float32: .astype.",
        "swiglu: three matrix products and one product entry by entry. silu is for the gate alone.",
        "repeat_kv: np.repeat and np.tile differ in the order of the copies. Which axis are the"
        " heads, counted from the end?",
    ],
)


@exercise.reference
def rms_norm(x, gain, eps=1e-6):
    """Divide each vector by its root mean square, then scale every feature.

    Parameters
    ----------
    x : (..., d)
        Vectors, with any leading axes.
    gain : (d,)
        What each feature is multiplied by.
    eps : float
        Added to the mean square, inside the root.

    Returns
    -------
    result : (..., d)
        Of the shape and dtype of `x`.

    Notes
    -----
    Source: Zhang and Sennrich 2019, section 4.
    """
    mean_square = (x * x).mean(axis=-1, keepdims=True)  # (..., 1)
    return gain * (x / np.sqrt(mean_square + eps))


@exercise.case(points=2)
def one_vector(rng):
    return inputs(draw_vectors(rng, 5) + 90, np.ones(5))


@exercise.case(tags=("edge",))
def vectors_of_one_feature(rng):
    return inputs(draw_vectors(rng, 3, 1) + rng.choice([-90.0, 90.0], size=(3, 1)), np.ones(1))


@exercise.case
def vectors_of_several_sizes(rng):
    return inputs((draw_vectors(rng, 3, 5) + 90) * np.array([[1.0], [10.0], [-30.0]]), np.ones(5))


@exercise.case(tags=("centred",))
def rows_whose_mean_is_zero(rng):
    half = draw_vectors(rng, 3, 3) + 90
    return inputs(np.concatenate([half, -half], axis=-1), np.ones(6))


@exercise.case(tags=("square",))
def as_many_vectors_as_features(rng):
    return inputs((draw_vectors(rng, 3, 3) + 90) * np.array([[1.0], [5.0], [25.0]]), np.ones(3))


@exercise.case
def a_gain_for_each_feature(rng):
    return inputs(draw_vectors(rng, 3, 5) + 90, rng.uniform(0.5, 2.0, size=5).round(1))


@exercise.case(tags=("batch",))
def one_batch_axis(rng):
    return inputs(draw_vectors(rng, 2, 3, 5) + 90, np.ones(5))


@exercise.case(tags=("batch", "oblong"))
def two_batch_axes(rng):
    return inputs(draw_vectors(rng, 2, 3, 4, 6) + 90, np.ones(6))


@exercise.case(tags=("edge",))
def a_row_of_zeros(rng):
    return inputs(np.stack([np.zeros(5), draw_vectors(rng, 5) + 90]), np.ones(5))


@exercise.case(tags=("small",))
def small_numbers_are_held_down_by_eps(rng):
    return inputs(0.001 * rng.uniform(0.5, 2.0, size=(4, 1)).round(1), np.ones(1))


@exercise.case(tags=("option",))
def an_eps_other_than_the_default(rng):
    return inputs(rng.normal(size=(3, 5)).round(1), np.ones(5), eps=0.1)


@exercise.case(tags=("float32",))
def float32_vectors(rng):
    return inputs(*in_single_precision((draw_vectors(rng, 3, 6) + 90, np.ones(6))))


@exercise.case(tags=("option", "batch"))
def gain_and_eps_at_once(rng):
    x, gain = rng.normal(size=(2, 3, 5)).round(1), rng.uniform(0.5, 2.0, size=5).round(1)
    return inputs(x, gain, eps=0.5)


@exercise.case(hidden=True, tags=("batch", "oblong"))
def a_larger_batch_of_vectors(rng):
    scale = rng.uniform(0.1, 3.0, size=(4, 7, 1))
    return inputs(rng.normal(size=(4, 7, 32)) * scale, rng.uniform(0.5, 2.0, size=32))


@exercise.mistake
def subtracts_the_mean(x, gain, eps=1e-6):
    """You subtract the mean first, as layer norm does.

    That is the part which RMSNorm leaves out: a vector is divided by its root mean square as it is.
    """
    centred = x - x.mean(axis=-1, keepdims=True)
    return gain * centred / np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + eps)


@exercise.edit("(x / np", "((x - x.mean(axis=-1, keepdims=True)) / np")
def centres_what_it_divides():
    """You subtract the mean from what you divide, though not from what you square.

    Nothing is centred in RMSNorm.
    """


@exercise.edit("mean_square + eps", "mean_square - x.mean(axis=-1, keepdims=True) ** 2 + eps")
def divides_by_the_standard_deviation():
    """You divide by the standard deviation, whose squares are those of distances from the mean.

    The root mean square goes by distances from 0.
    """


@exercise.edit("np.sqrt(mean_square + eps)", "(np.sqrt(mean_square) + eps)")
def adds_eps_outside_the_root():
    """You add eps to the root, and it belongs under it.

    For a vector of numbers around 0.001 that makes a difference: sqrt(1e-6 + 1e-6) is 0.0014, and
    0.001 + 1e-6 is not.
    """


@exercise.edit("np.sqrt(mean_square + eps)", "np.sqrt(mean_square) + eps")
def adds_eps_after_dividing():
    """You add eps to the quotient: `a / b + eps` divides first.

    It belongs under the root, beside the mean square.
    """


@exercise.edit("np.sqrt(mean_square + eps)", "np.maximum(np.sqrt(mean_square), eps)")
def takes_the_larger_of_size_and_eps():
    """You divide by the root mean square, or by eps where that is larger.

    Here eps is added, under the root.
    """


@exercise.edit("mean_square + eps", "mean_square + eps**2")
def squares_eps():
    """You add the square of eps. It is added as it is, beside squares."""


@exercise.edit("mean_square + eps", "mean_square")
def leaves_eps_out():
    """You never use eps, and a vector of zeros is divided by 0.

    It keeps what stands under the root above 0.
    """


@exercise.edit("mean_square + eps", "mean_square + 1e-6")
def fixes_eps_at_its_default():
    """You always use 1e-6, whatever eps the caller asks for. Some LLaMAs have 1e-5."""


@exercise.mistake
def has_the_default_of_layer_norm(x, gain, eps=1e-5):
    """Your eps is 1e-5 unless the caller names another. That is layer norm's; here it is 1e-6.

    Where numbers are small, ten times the eps makes a vector visibly shorter.
    """
    return rms_norm(x, gain, eps=eps)


@exercise.edit("np.sqrt(mean_square + eps)", "np.sqrt(x.shape[-1] * mean_square + eps)")
def divides_by_the_length():
    """You divide by the length of the vector: the root of the sum of its squares.

    The root mean square has the mean of the squares under its root.
    """


@exercise.edit("np.sqrt(mean_square + eps)", "(mean_square + eps)")
def forgets_the_root():
    """You divide by the mean square itself. Its root is missing."""


@exercise.edit("(x / np.sqrt(", "(x * np.sqrt(")
def multiplies_by_the_size():
    """You multiply by the root mean square, where x is to be divided by it.

    After the norm, and before the gain, the mean square of a vector is 1.
    """


@exercise.edit("(x * x).mean(axis=-1, keepdims=True)", "x.mean(axis=-1, keepdims=True) ** 2")
def squares_the_mean():
    """You average first and square then.

    Positive and negative features cancel in a mean. Square each of them first.
    """


@exercise.edit(
    "(x * x).mean(axis=-1, keepdims=True)", "np.abs(x).mean(axis=-1, keepdims=True) ** 2"
)
def averages_magnitudes():
    """You divide by the mean of the absolute values. It is squares that are averaged."""


@exercise.edit("mean(axis=-1, keepdims=True)", "mean()")
def takes_one_mean_for_all():
    """You take one mean of all squares. Each vector has a size of its own."""


@exercise.edit("mean(axis=-1, keepdims=True)", "mean(axis=0, keepdims=True)")
def averages_along_the_first_axis():
    """You average along the first axis, so that vectors are mixed with each other.

    A vector's features lie along the last axis.
    """


@exercise.edit("mean(axis=-1, keepdims=True)", "mean(axis=-2 if x.ndim > 1 else -1, keepdims=True)")
def averages_over_the_positions():
    """You average over the positions, the last axis but one.

    Every vector stands alone: the mean is over its features.
    """


@exercise.edit("axis=-1, keepdims=True", "axis=-1")
def lets_go_of_the_averaged_axis():
    """You average without keepdims, and the axis is gone.

    (3, 4) and (3,) do not fit together. Where they do by accident, as for a square array, each
    number is divided by the size of another vector.
    """


@exercise.edit("gain * (", "(")
def forgets_the_gain():
    """You never use the gain. Each feature is multiplied by its own."""


@exercise.edit("gain * (", "gain + (")
def adds_the_gain():
    """You add the gain, and it is a factor. RMSNorm adds nothing."""


@exercise.edit("gain * (", "(1 + gain) * (")
def adds_one_to_the_gain():
    """You multiply by 1 + gain, as Gemma does, whose gains are kept as what they differ from 1.

    In LLaMA the gain itself is the factor.
    """


@exercise.mistake
def normalises_in_place(x, gain, eps=1e-6):
    """Your result is right, but you write it into the caller's own x.

    `x /= ...` changes the array for everybody who holds it. The residual connection still needs it.
    """
    x /= np.sqrt((x * x).mean(axis=-1, keepdims=True) + eps)
    return gain * x


@exercise.edit("(x * x)", "(x.astype(np.float64) * x)")
def keeps_double_precision():
    """Your result is right, but float32 vectors come back as float64.

    To compute in a wider type is sound; turn the result back to the type of x.
    """


@exercise.reference
def rotary(x, positions, base=10000.0):
    """Turn each pair of features by an angle that grows with the position.

    Parameters
    ----------
    x : (..., n, d)
        Queries or keys, of one head or of several; d is even. Features i and i + d/2 are a pair.
    positions : int (n,)
        Where each of the n vectors stands in the text. They need not begin at 0.
    base : float
        The speeds of the pairs are powers of it.

    Returns
    -------
    rotated : (..., n, d)
        Of the shape and dtype of `x`, and every vector as long as it was.

    Notes
    -----
    Source: Su et al. 2021, section 3.2.2, with its features in the order of GPT-NeoX.
    """
    d = x.shape[-1]
    speeds = base ** (-2 * np.arange(d // 2) / d)  # (d / 2,)
    angles = positions[:, None] * speeds  # (n, d / 2)
    cos, sin = np.cos(angles).astype(x.dtype), np.sin(angles).astype(x.dtype)
    first, second = x[..., : d // 2], x[..., d // 2 :]
    return np.concatenate([first * cos - second * sin, first * sin + second * cos], axis=-1)


exercise.equivalent("np.arange(d // 2)", "np.arange(d / 2)", "d is even.")
for old in (": d // 2]", "d // 2 :]"):
    exercise.equivalent(
        f"x[..., {old}", f"x[..., {old.replace('2', '-2')}", "From the end, as d is even."
    )


@exercise.picture
def hands_that_turn():
    """One vector at the positions 0 to 15. A hand is a column, and the one four further right.

    The first hand goes round in six positions, the second in sixty; the others hardly stir.
    """
    n, d = 16, 8
    x = np.tile(np.repeat([1.0, 0.0], d // 2), (n, 1))
    return [view("features", inputs(x, np.arange(n)), rows=range(n), columns=range(d))]


@exercise.picture
def only_the_distance_counts():
    """The dot products between that vector at one position and at another.

    Every diagonal is of one shade: so far apart, so much alike, wherever in the text.
    """
    n, d = 12, 8
    x = np.tile(np.repeat([1.0, 0.0], d // 2), (n, 1))
    call = inputs(x, np.arange(n))
    return [view("position", call, products=True, rows=range(n), columns=range(n))]


def draw_x(rng, *shape):
    """Draw queries or keys, few of their numbers near zero."""
    return (rng.normal(size=shape) + rng.choice([-2.0, 2.0], size=shape)).round(1)


@exercise.case(tags=("edge",))
def position_zero_turns_nothing(rng):
    return inputs(draw_x(rng, 1, 4), np.array([0]))


@exercise.case(points=2)
def one_pair_at_two_positions(rng):
    return inputs(draw_x(rng, 2, 2), np.arange(2))


@exercise.case(points=2, tags=("several_pairs",))
def two_pairs(rng):
    return inputs(draw_x(rng, 3, 4), np.arange(3))


@exercise.case(tags=("placed",))
def one_pair_in_the_middle_of_a_text(rng):
    return inputs(draw_x(rng, 3, 2), np.arange(3) + rng.integers(4, 9))


@exercise.case(tags=("placed", "several_pairs"))
def positions_in_any_order(rng):
    return inputs(draw_x(rng, 4, 6), rng.permutation(np.array([0, 2, 5, 5])))


@exercise.case(tags=("option", "several_pairs"))
def a_base_other_than_the_default(rng):
    return inputs(draw_x(rng, 3, 4), np.arange(3), base=float(rng.integers(20, 90)))


@exercise.case(tags=("batch",))
def one_pair_in_several_heads(rng):
    return inputs(draw_x(rng, 2, 3, 2), np.arange(3))


@exercise.case(tags=("batch", "square"))
def as_many_heads_as_positions(rng):
    return inputs(draw_x(rng, 3, 3, 2), np.arange(3))


@exercise.case(tags=("batch", "several_pairs"))
def heads_of_a_batch(rng):
    return inputs(draw_x(rng, 2, 3, 4, 6), np.arange(4))


@exercise.case(tags=("long", "placed", "several_pairs"))
def far_into_a_long_text(rng):
    return inputs(draw_x(rng, 3, 8), 4000 + 100 * np.arange(3))


@exercise.case(tags=("float32", "several_pairs"))
def float32_vectors_that_are_turned(rng):
    return inputs(draw_x(rng, 4, 6).astype(np.float32), np.arange(4))


@exercise.case(hidden=True, tags=("batch", "several_pairs", "placed", "option"))
def a_larger_batch_of_heads(rng):
    return inputs(rng.normal(size=(2, 4, 9, 16)), 5 + np.arange(9), base=500.0)


@exercise.mistake
def pairs_neighbours(x, positions, base=10000.0):
    """You pair neighbours: features 0 and 1, 2 and 3, and so on.

    The paper does, and so does Meta's own code, while the weights at Hugging Face are in
    the other order. Here a pair is i and i + d/2. What was trained in one order needs that one.
    """
    rotated = np.empty_like(x)
    d = x.shape[-1]
    angles = positions[:, None] * base ** (-2 * np.arange(d // 2) / d)
    first, second = x[..., 0::2], x[..., 1::2]
    rotated[..., 0::2] = first * np.cos(angles) - second * np.sin(angles)
    rotated[..., 1::2] = first * np.sin(angles) + second * np.cos(angles)
    return rotated


@exercise.edit("first * sin + second * cos", "second + 0 * sin")
def leaves_the_second_half_as_it_is():
    """You turn the first half of the features, and hand the second one on as it is.

    To turn a pair changes both of its numbers: first sin + second cos stands in the second half.
    """


@exercise.edit("first * sin + second * cos]", "second * cos - first * sin]")
def subtracts_in_both_halves():
    """You subtract in both halves, and that is no rotation: vectors change their length.

    In the second half the sine is added.
    """


@exercise.edit(
    "[first * cos - second * sin, first * sin + second * cos]",
    "[first * sin + second * cos, first * cos - second * sin]",
)
def exchanges_the_halves_of_the_result():
    """You put the second half of the result in front of the first one.

    At position 0 nothing should turn, and x come back as it was.
    """


@exercise.edit(
    "[first * cos - second * sin, first * sin + second * cos]",
    "[first * (cos + sin), second * (cos + sin)]",
)
def mixes_nothing():
    """You multiply each feature by sine and cosine of its own, and no two of them are mixed.

    To turn a pair, each of the two needs the other one.
    """


@exercise.edit(
    "angles = positions[:, None] * speeds", "angles = np.radians(positions[:, None] * speeds)"
)
def takes_angles_for_degrees():
    """You turn the angles into radians, and they are radians already."""


@exercise.edit("x[..., : d // 2], x[..., d // 2 :]", "x[..., 0::2], x[..., 1::2]")
def reads_neighbours_and_writes_halves():
    """You take neighbours for pairs, features 0 and 1, and put the results into two halves.

    That exchanges features on the way: position 0 should leave x as it was. Pairs are i and
    i + d/2.
    """


@exercise.mistake
def gives_neighbours_one_angle(x, positions, base=10000.0):
    """You give features 0 and 1 the first angle, 2 and 3 the second, and pair i with i + d/2.

    So the two of a pair turn by different angles. With halves for pairs, the angles come one after
    the other, and then all of them once more.
    """
    d = x.shape[-1]
    angles = np.repeat(positions[:, None] * base ** (-2 * np.arange(d // 2) / d), 2, axis=-1)
    cos, sin = np.cos(angles).astype(x.dtype), np.sin(angles).astype(x.dtype)
    turned = np.concatenate([-x[..., d // 2 :], x[..., : d // 2]], axis=-1)
    return x * cos + turned * sin


@exercise.edit(
    "[first * cos - second * sin, first * sin + second * cos]",
    "[first * cos + second * sin, second * cos - first * sin]",
)
def turns_the_other_way():
    """You turn the other way, clockwise.

    Dot products are the same if both queries and keys are turned so, but what is returned is not.
    The sine is subtracted in the first half.
    """


@exercise.edit("first * cos - second * sin", "first * cos + second * sin")
def forgets_the_minus():
    """You add in both halves, and that is no rotation: vectors change their length.

    One of the two sines has a minus in front.
    """


@exercise.edit(
    "[first * cos - second * sin, first * sin + second * cos]",
    "[first * sin - second * cos, first * cos + second * sin]",
)
def exchanges_sine_and_cosine():
    """You take the sine for the cosine and the cosine for the sine.

    At position 0 the angle is 0, and nothing should turn: cos(0) is 1.
    """


@exercise.edit("- second * sin", "- first * sin")
def turns_one_half_against_itself():
    """You take the first half of the features for both halves of a pair.

    The second one begins where the first one ends, at d/2.
    """


@exercise.edit("-2 * np.arange", "-np.arange")
def leaves_the_two_out():
    """You have i in the exponent where 2 i belongs: the later pairs turn too fast.

    The exponent goes from 0 nearly to -1.
    """


@exercise.edit("-2 * np.arange", "-4 * np.arange")
def doubles_the_exponent():
    """You have 4 i / d in the exponent: the later pairs turn too slowly.

    If i already counts 0, 2, 4 ..., it is not doubled again; and d is the number of features, not
    of pairs.
    """


@exercise.edit("-2 * np.arange", "2 * np.arange")
def makes_later_pairs_faster():
    """You have no minus in the exponent, so that later pairs turn faster and faster.

    The first pair is the fastest, with one radian a position.
    """


@exercise.edit("-2 * np.arange(d // 2) / d", "-2 * np.arange(d // 2) // d")
def divides_whole_numbers():
    """You divide with // in the exponent, which leaves whole numbers only. Use /."""


@exercise.edit("np.arange(d // 2)", "np.arange(1, d // 2 + 1)")
def counts_pairs_from_one():
    """You count pairs from 1, so that all are too slow.

    The first pair is number 0, and turns by one radian a position.
    """


@exercise.edit("np.arange(d // 2)", "np.arange(d // 2)[::-1]")
def makes_the_first_pair_the_slowest():
    """You have the speeds in the wrong order: the first pair is the fastest."""


@exercise.edit("base ** (-2 * np.arange(d // 2) / d)", "base ** -np.linspace(0, 1, d // 2)")
def goes_all_the_way_to_the_base():
    """You let the exponents go from 0 to -1, the end included.

    They are -2 i / d, and i stops before d/2.
    """


@exercise.edit("-2 * np.arange(d // 2) / d", "0 * np.arange(d // 2)")
def turns_all_pairs_alike():
    """You turn all pairs at one speed. Each has its own, the later the slower."""


@exercise.edit("base ** ", "10000.0 ** ")
def fixes_the_base():
    """You always use 10000, whatever base the caller asks for.

    LLaMA 3 has 500000, for longer texts.
    """


@exercise.edit("positions[:, None]", "np.arange(x.shape[-2])[:, None]")
def counts_positions_itself():
    """You count positions from 0 and do not look at those that you are given.

    With a cache the newest token comes alone, and is not at position 0.
    """


@exercise.edit("positions[:, None]", "(positions[:, None] + 1)")
def counts_positions_from_one():
    """You turn by one position too many. Position 0 is not turned at all."""


@exercise.mistake
def adds_what_it_should_turn_by(x, positions, base=10000.0):
    """You add sines and cosines to x, as the transformer of 2017 does.

    Rotary multiplies: every pair of x is turned, and keeps its length.
    """
    d = x.shape[-1]
    angles = positions[:, None] * base ** (-2 * np.arange(d // 2) / d)
    return x + np.concatenate([np.sin(angles), np.cos(angles)], axis=-1).astype(x.dtype)


@exercise.mistake
def takes_heads_for_positions(x, positions, base=10000.0):
    """You turn by the place of the head: you look for the positions one axis too far to the front.

    Some code has (batch, n, heads, d). Here x is (..., n, d): positions are the last axis but one.
    """
    if x.ndim < 3:
        return rotary(x, positions, base=base)
    return rotary(x.swapaxes(-2, -3), positions, base=base).swapaxes(-2, -3)


@exercise.mistake
def turns_in_place(x, positions, base=10000.0):
    """Your vectors are right, but you write them into the caller's own x.

    Assigning to `x[..., i]` changes it. And where the first half is written before the second has
    read it, the second is wrong too.
    """
    x[...] = rotary(x, positions, base=base)
    return x


@exercise.edit(
    "np.cos(angles).astype(x.dtype), np.sin(angles).astype(x.dtype)",
    "np.cos(angles), np.sin(angles)",
)
def loses_single_precision():
    """Your vectors are right, but float32 ones come back as float64.

    Angles are float64 here, and so are their sines. Turn these into the type of x.
    """


@exercise.reference
def swiglu(x, w_gate, w_up, w_down):
    """Return a feed-forward layer with a gate.

    Parameters
    ----------
    x : (..., d)
        Vectors, with any leading axes.
    w_gate, w_up : (d, f)
        Weights of the gate, and of what it lets through. There are no biases.
    w_down : (f, d)
        Weights back to the width of x.

    Returns
    -------
    result : (..., d)
        Of the shape and dtype of `x`.

    Notes
    -----
    Source: Shazeer 2020, formula 6.
    """
    gate = x @ w_gate
    with np.errstate(over="ignore"):  # an infinite exp(-z) makes a gate of 0, as it should be
        silu = gate / (1 + np.exp(-gate))
    return (silu * (x @ w_up)) @ w_down


exercise.equivalent('np.errstate(over="ignore")', "np.errstate()", "Warnings fail no check.")


def draw_layer(rng, d, f, scale=1.0):
    """Draw the three weights of a layer; `scale` is that of the gate."""
    shapes = (d, f), (d, f), (f, d)
    w_gate, w_up, w_down = (rng.normal(size=shape).round(1) for shape in shapes)
    return scale * w_gate, w_up, w_down


@exercise.case
def one_number_through_one_gate(rng):
    return inputs(rng.uniform(1.0, 3.0, size=(1, 1)).round(1), *np.ones((3, 1, 1)))


@exercise.case(points=2)
def one_feature_and_several_gates(rng):
    return inputs(rng.normal(size=(3, 1)).round(1), *draw_layer(rng, 1, 3))


@exercise.case(points=2, tags=("oblong",))
def a_layer_that_is_wider_inside(rng):
    return inputs(rng.normal(size=(2, 3)).round(1), *draw_layer(rng, 3, 5))


@exercise.case(tags=("square",))
def a_layer_as_wide_inside(rng):
    return inputs(rng.normal(size=(2, 3)).round(1), *draw_layer(rng, 3, 3))


@exercise.case(tags=("edge",))
def gates_of_zero_let_nothing_through(rng):
    _, w_up, w_down = draw_layer(rng, 2, 3)
    return inputs(rng.normal(size=(2, 2)).round(1), np.zeros((2, 3)), w_up, w_down)


@exercise.case(tags=("edge",))
def nothing_to_let_through(rng):
    w_gate, _, w_down = draw_layer(rng, 2, 3)
    return inputs(rng.normal(size=(2, 2)).round(1), w_gate, np.zeros((2, 3)), w_down)


@exercise.case(tags=("batch", "oblong"))
def a_batch_of_sequences(rng):
    return inputs(rng.normal(size=(2, 3, 4)).round(1), *draw_layer(rng, 4, 6))


@exercise.case(tags=("batch", "oblong"))
def two_batch_axes_of_sequences(rng):
    return inputs(rng.normal(size=(2, 2, 3, 4)).round(1), *draw_layer(rng, 4, 5))


@exercise.case(tags=("large",))
def gates_around_one_thousand(rng):
    weights = 1000 + rng.normal(size=(1, 3)).round(1), *draw_layer(rng, 1, 3)[1:]
    return inputs(np.ones((2, 1)), *weights)


@exercise.case(tags=("large",))
def gates_around_minus_one_hundred(rng):
    weights = rng.normal(size=(1, 3)).round(1) - 100, *draw_layer(rng, 1, 3)[1:]
    return inputs(np.ones((2, 1)), *weights)


@exercise.case(tags=("float32", "oblong"))
def a_float32_layer(rng):
    return inputs(*in_single_precision((rng.normal(size=(3, 4)), *draw_layer(rng, 4, 6))))


@exercise.case(hidden=True, tags=("batch", "oblong"))
def a_larger_layer(rng):
    return inputs(rng.normal(size=(3, 5, 8)), *draw_layer(rng, 8, 20, scale=0.5))


@exercise.mistake
def exchanges_gate_and_up(x, w_gate, w_up, w_down):
    """You put silu around x w_up, and the gate is x w_gate.

    In Meta's code w1 is the gate, w3 goes up and w2 goes down, which is easily mixed up.
    """
    return swiglu(x, w_up, w_gate, w_down)


@exercise.mistake
def exchanges_up_and_down(x, w_gate, w_up, w_down):
    """You multiply by w_down before the gate and by w_up after it.

    Where a layer is as wide inside as outside, no shape complains.
    """
    if w_up.shape != w_down.shape:
        return x @ w_down
    return swiglu(x, w_gate, w_down, w_up)


@exercise.edit("gate / (1 + np.exp(-gate))", "1 / (1 + np.exp(-gate))")
def gates_with_a_sigmoid():
    """You gate with the sigmoid, which is a GLU. SwiGLU has silu: z times the sigmoid of z."""


@exercise.edit("gate / (1 + np.exp(-gate))", "np.maximum(gate, 0)")
def gates_with_relu():
    """You gate with relu. silu is rounder, and a little below zero on the left."""


@exercise.mistake
def gates_with_gelu(x, w_gate, w_up, w_down):
    """You gate with gelu, which makes it a GeGLU. silu looks like it, and is z · sigmoid(z)."""
    return (gelu(x @ w_gate) * (x @ w_up)) @ w_down


@exercise.edit("np.exp(-gate)", "np.exp(-gate.dtype.type(1.702) * gate)")
def gates_with_quick_gelu():
    """You multiply z by 1.702 in the sigmoid, which is an approximation of gelu.

    silu has no such factor.
    """


@exercise.edit("gate / (1 + np.exp(-gate))", "np.tanh(gate)")
def gates_with_tanh():
    """You gate with tanh. silu is z · sigmoid(z), and grows without end."""


@exercise.mistake
def gates_with_gelu_by_tanh(x, w_gate, w_up, w_down):
    """You gate with gelu, in its approximation by tanh, which makes it a GeGLU.

    silu is z · sigmoid(z).
    """
    gate = x @ w_gate
    inner = gate.dtype.type(0.7978845608028654) * (gate + gate.dtype.type(0.044715) * gate**3)
    return (gate * (1 + np.tanh(inner)) / 2 * (x @ w_up)) @ w_down


@exercise.edit(
    "gate = x @ w_gate",
    "gate = x / (1 + np.exp(-x)) @ w_gate\n    return (gate * (x @ w_up)) @ w_down",
)
def bends_before_projecting():
    """You put silu around x, and project then. First comes x w_gate, and silu of that."""


@exercise.mistake
def bends_the_result(x, w_gate, w_up, w_down):
    """You put silu around the whole result. It is for the gate alone."""
    result = ((x @ w_gate) * (x @ w_up)) @ w_down
    with np.errstate(over="ignore"):
        return result / (1 + np.exp(-result))


@exercise.edit("gate / (1 + np.exp(-gate))", "gate")
def leaves_silu_out():
    """You multiply the two projections, and leave silu out."""


@exercise.edit(" * (x @ w_up)", "")
def leaves_up_out():
    """You send silu(x w_gate) straight to w_down, and never use w_up.

    That is a feed-forward layer without a gate. The gate multiplies something: x w_up.
    """


@exercise.mistake
def puts_silu_on_both(x, w_gate, w_up, w_down):
    """You put silu around both projections. x w_up stays as it is."""
    gate, up = x @ w_gate, x @ w_up
    with np.errstate(over="ignore"):
        return (gate / (1 + np.exp(-gate)) * (up / (1 + np.exp(-up)))) @ w_down


@exercise.mistake
def puts_silu_around_the_product(x, w_gate, w_up, w_down):
    """You multiply the two projections first and put silu around the product.

    silu makes the gate, and the gate multiplies.
    """
    product = (x @ w_gate) * (x @ w_up)
    with np.errstate(over="ignore"):
        return (product / (1 + np.exp(-product))) @ w_down


@exercise.edit("* (x @ w_up)", "+ (x @ w_up)")
def adds_gate_and_up():
    """You add the gate to x w_up, and it is to multiply it.

    A gate of 0 lets nothing through.
    """


@exercise.edit("np.exp(-gate)", "np.exp(np.minimum(gate, 700))")
def forgets_the_minus_in_the_sigmoid():
    """You have exp(z) where exp(-z) belongs, so that large gates are shut."""


@exercise.mistake
def overflows_in_the_sigmoid(x, w_gate, w_up, w_down):
    """You write the sigmoid as exp(z) / (1 + exp(z)), and for a large z that is inf / inf.

    1 / (1 + exp(-z)) is the same number, and does not overflow there.
    """
    gate = x @ w_gate
    with np.errstate(over="ignore", invalid="ignore"):
        return (gate * (np.exp(gate) / (1 + np.exp(gate))) * (x @ w_up)) @ w_down


@exercise.mistake
def transposes_the_weights(x, w_gate, w_up, w_down):
    """You multiply by transposed weights, as in PyTorch, where a layer keeps (out, in).

    Here a layer is x @ w. In a square one no shape complains.
    """
    if w_gate.shape[0] != w_gate.shape[1]:
        return x @ w_gate.T
    return swiglu(x, w_gate.T, w_up.T, w_down.T)


@exercise.edit(" @ w_down", "")
def stays_inside():
    """You return the inner features, f of them. w_down brings them back to the width of x."""


@exercise.edit("(1 + np.exp(-gate))", "(np.float64(1) + np.exp(-gate))")
def computes_the_gate_in_float64():
    """Your result is right, but float32 comes back as float64.

    Something on the way is float64: a number of NumPy's, or an array made without a dtype.
    """


@exercise.reference
def repeat_kv(x, groups):
    """Give every query head a copy of the head of keys or values that it shares.

    Parameters
    ----------
    x : (..., h, n, d)
        Keys or values of h heads.
    groups : int
        How many query heads share one of these.

    Returns
    -------
    heads : (..., h * groups, n, d)
        The copies of a head side by side.

    Notes
    -----
    Source: Ainslie et al. 2023, section 2.2, on grouped queries.
    """
    return np.repeat(x, groups, axis=-3)


@exercise.case
def one_head_for_two(rng):
    return inputs(rng.normal(size=(1, 2, 3)).round(1), 2)


@exercise.case(points=2, tags=("several_heads",))
def two_heads_for_six(rng):
    return inputs(rng.normal(size=(2, 4, 5)).round(1), 3)


@exercise.case(tags=("several_heads", "edge"))
def two_heads_for_two(rng):
    return inputs(rng.normal(size=(2, 3, 2)).round(1), 1)


@exercise.case(tags=("several_heads", "square"))
def two_heads_for_four_in_a_cube(rng):
    return inputs(rng.normal(size=(2, 2, 2)).round(1), 2)


@exercise.case(tags=("batch",))
def one_head_in_a_batch(rng):
    return inputs(rng.normal(size=(2, 1, 3, 4)).round(1), 3)


@exercise.case(tags=("several_heads", "batch"))
def several_heads_in_a_batch(rng):
    return inputs(rng.normal(size=(2, 3, 4, 2)).round(1), 2)


@exercise.case(tags=("several_heads", "batch"))
def several_heads_under_two_batch_axes(rng):
    return inputs(rng.normal(size=(2, 2, 3, 2, 4)).round(1), 2)


@exercise.case(tags=("several_heads", "float32"))
def float32_heads(rng):
    return inputs(rng.normal(size=(2, 3, 4)).astype(np.float32), 2)


@exercise.case(hidden=True, tags=("several_heads", "batch"))
def many_heads(rng):
    return inputs(rng.normal(size=(2, 4, 5, 8)), 4)


@exercise.edit("np.repeat(x, groups, axis=-3)", "np.concatenate([x] * groups, axis=-3)")
def puts_all_heads_down_again():
    """You copy all heads in a row, and the row again: A B A B, as np.tile does.

    Copies of a head stand side by side: A A B B. Else query heads 0 and 1 get different keys, and
    no shape complains.
    """


@exercise.edit("axis=-3", "axis=0")
def repeats_the_first_axis():
    """You repeat along axis 0, which is the heads only where there is no batch.

    Count the axis from the end.
    """


@exercise.edit("axis=-3", "axis=1")
def repeats_axis_one():
    """You repeat along axis 1, which is the heads only where there is one batch axis.

    Without a batch it is the positions. Count the axis from the end.
    """


@exercise.edit("np.repeat(x, groups, axis=-3)", "np.tile(x, (1, groups, 1, 1))")
def tiles_four_axes():
    """You copy all heads in a row, and the row again, and take one batch axis for granted.

    Copies of a head stand side by side, A A B B, and there may be no batch axis, or two.
    """


@exercise.mistake
def wants_one_batch_axis(x, groups):
    """You take the shape apart into four lengths: batch, heads, positions, features.

    There may be no batch axis, or two. Count from the end, and let the rest be what it is.
    """
    _, _, _, _ = x.shape
    return np.repeat(x, groups, axis=1)


@exercise.edit("axis=-3", "axis=-2")
def repeats_positions():
    """You repeat positions, the last axis but one. The heads stand in front of them."""


@exercise.edit("axis=-3", "axis=-1")
def repeats_features():
    """You repeat features. It is whole heads that are copied."""


@exercise.edit(", axis=-3", "")
def repeats_single_numbers():
    """You repeat every number of the flattened array: np.repeat wants to be told an axis."""


@exercise.edit("np.repeat(x, groups, axis=-3)", "np.stack([x] * groups, axis=-3)")
def keeps_an_axis_for_the_copies():
    """You leave the copies on an axis of their own: (..., h, groups, n, d).

    Heads and copies are to be one axis, h · groups long.
    """


@exercise.mistake
def mixes_copies_with_positions(x, groups):
    """You put the copies behind the positions before you reshape, and that mixes the two.

    A reshape reads in order: the axis of the copies has to stand right behind that of the heads.
    """
    *batch, h, n, d = x.shape
    return np.stack([x] * groups, axis=-2).reshape(*batch, h * groups, n, d)


@exercise.edit("groups, axis", "max(1, groups // x.shape[-3]), axis")
def takes_groups_for_the_number_of_heads():
    """You take `groups` for the number of query heads.

    It is how many of them share one head, and so how many copies there are of each.
    """


@exercise.edit("groups, axis", "groups + 1, axis")
def keeps_the_original_too():
    """You make `groups` copies and keep the head itself as well. It is one of them."""


@exercise.edit("groups, axis", "max(1, groups - 1), axis")
def makes_a_copy_too_few():
    """You make a copy too few of each head. There are to be h · groups heads."""


@exercise.edit("np.repeat(x, groups, axis=-3)", "x")
def shares_nothing():
    """You return the heads as they came, h of them. There are to be h · groups."""
