"""Initialization: random weights that are neither too large nor too small.

A layer multiplies and adds: each output is a sum of fan_in products. With weights that are too
large every layer makes its vectors longer, and after twenty layers they are enormous; with weights
too small nothing is left of them. On the way back, each gradient is a sum of fan_out products, and
the same is true. Glorot's limits are a middle way: weights are drawn evenly from -a to a, with

    a  =  sqrt(6 / (fan_in + fan_out))

    fan_in = 2, fan_out = 4   ->   a = sqrt(6 / 6) = 1
    draws [0, 0.25, 0.75]     ->   [-1, -0.5, 0.5]     stretched and moved

The same thought says why attention divides its scores. A score is a sum of d_k products, one for
each feature of query and key. If all of these are independent, with mean 0, then the variance of a
product is the product of the variances, and that of a sum is the sum of the variances:

    std(score)  =  query_std · key_std · sqrt(d_k)

    query_std = key_std = 1, d_k = 64   ->   8

Scores that differ by 8 or more make a softmax of nearly 0 and 1, and no gradient passes through it.
Divided by sqrt(d_k), scores keep the spread 1, however wide the vectors are.
"""

import math

import numpy as np

from grader.exercise import Exercise, inputs, view

exercise = Exercise(
    formulas={
        "a ": r"w \sim U(-a, a), \quad a = \sqrt{\frac{6}{\text{fan\_in} + \text{fan\_out}}}",
        "std(score)": r"\sigma_{\text{score}} = \sigma_q \, \sigma_k \sqrt{d_k}",
    },
    tags={
        "uneven": "where fan_in is fan_out and wrong where they differ",
        "stretched": "where the limit is 1 and wrong for other limits",
        "wide": "for a width of 1 and wrong for wider vectors",
        "spread": "where both spreads are 1 and wrong for others",
    },
    hints=[
        "xavier_uniform: a draw lies between 0 and 1. What has to be done to it, so that 0 becomes"
        " -1 and 1 becomes 1? And then -a and a?",
        "xavier_uniform: math.sqrt gives a number of Python's own, which leaves float32 as it is;"
        " np.sqrt gives a float64 of NumPy's.",
        "score_std: variances can be multiplied and added, standard deviations cannot. Begin with"
        " the variance of one product.",
        "score_std: the variance of the score is d_k · query_std² · key_std².",
    ],
)


@exercise.reference
def xavier_uniform(draws, fan_in, fan_out):
    """Turn even draws into weights within Glorot's limits.

    Parameters
    ----------
    draws : (...)
        Numbers from [0, 1), one for each weight.
    fan_in, fan_out : int
        How many inputs and outputs the layer has. They need not be axes of the draws.

    Returns
    -------
    weights : (...)
        A draw of 0 becomes -a, one of 0.5 becomes 0.

    Notes
    -----
    Glorot and Bengio 2010, formula 16.
    """
    limit = math.sqrt(6 / (fan_in + fan_out))
    return (2 * draws - 1) * limit


@exercise.case
def a_limit_of_one(rng):
    return inputs(rng.random(4).round(2), 3, 3)


@exercise.case(tags=("stretched",))
def a_square_layer(rng):
    fan = int(rng.integers(20, 90))
    return inputs(rng.random((2, 2)).round(2), fan, fan)


@exercise.case(points=2, tags=("stretched", "uneven"))
def more_outputs_than_inputs(rng):
    return inputs(rng.random((3, 2)).round(2), int(rng.integers(8, 16)), int(rng.integers(40, 90)))


@exercise.case(tags=("edge", "stretched", "uneven"))
def one_input_and_two_outputs(rng):
    return inputs(rng.random((1, 2)).round(2), 1, 2)


@exercise.case(tags=("edge",))
def draws_of_zero(rng):
    return inputs(np.zeros(int(rng.integers(2, 5))), 3, 3)


@exercise.case(tags=("edge",))
def draws_of_one_half(rng):
    return inputs(np.full(int(rng.integers(2, 5)), 0.5), 3, 3)


@exercise.case(tags=("stretched", "uneven", "batch"))
def weights_of_several_heads(rng):
    return inputs(rng.random((2, 3, 4)), 12, 4)


@exercise.case(tags=("stretched", "uneven", "float32"))
def float32_draws(rng):
    return inputs(rng.random((3, 4)).astype(np.float32), 4, 9)


@exercise.case(hidden=True, tags=("stretched", "uneven"))
def a_larger_layer(rng):
    return inputs(rng.random((30, 50)), 30, 50)


@exercise.edit("(2 * draws - 1) * limit", "draws * limit")
def draws_from_zero():
    """You stretch the draws to the range from 0 to a, so that no weight is below zero.

    The range goes from -a to a: its middle is 0, and a draw of 0.5 belongs there.
    """


@exercise.edit("(2 * draws - 1)", "(draws - 0.5)")
def keeps_half_of_the_range():
    """You move the draws, but do not stretch them: your weights reach from -a/2 to a/2.

    From -a to a is a range of 2a.
    """


@exercise.edit("(2 * draws - 1) * limit", "(draws - 1) * limit")
def reaches_zero_only():
    """You move the draws down by a, but do not stretch them: your weights reach from -a to 0.

    From -a to a is a range of 2a.
    """


@exercise.edit("(2 * draws - 1) * limit", "2 * draws * limit")
def stretches_only():
    """You stretch the draws to a range of 2a, and leave it where it begins: at 0.

    A draw of 0 is to become -a, so all of it is moved down by a.
    """


@exercise.edit("(2 * draws - 1) * limit", "np.clip(draws, -limit, limit)")
def cuts_the_draws_off():
    """You cut the draws off at the limit, and those below it stay as they are.

    All draws are stretched and moved, so that 0 becomes -a and 1 would become a.
    """


@exercise.edit("(2 * draws - 1) * limit", "2 * draws * limit - 1")
def moves_by_one():
    """You subtract 1 after you have multiplied by the limit.

    The range is to be moved down by a. Brackets, or a in the place of 1.
    """


@exercise.edit("(2 * draws - 1) * limit", "(1 - 2 * draws) * limit")
def turns_the_draws_round():
    """You give a draw of 0 the largest weight; it is to get the smallest, -a."""


@exercise.edit("math.sqrt(6 / (fan_in + fan_out))", "6 / (fan_in + fan_out)")
def forgets_the_root():
    """You use 6 / (fan_in + fan_out) as the limit, and it is the root of that."""


@exercise.edit("math.sqrt(6 / (fan_in + fan_out))", "(6 / (fan_in + fan_out)) ** 1 / 2")
def halves_in_the_place_of_the_root():
    """You write ** 1/2, and a power comes before a division: that is half of the number.

    Brackets around 1/2, or 0.5, make it a root.
    """


@exercise.edit("math.sqrt(6 / (fan_in + fan_out))", "math.sqrt(6) / (fan_in + fan_out)")
def leaves_the_sum_out_of_the_root():
    """You take the root of 6 alone and divide by the sum. The sum belongs under the root as well.

    Four times the layer is to have half the limit, and not a quarter.
    """


@exercise.edit("math.sqrt(6 / (fan_in + fan_out))", "6 / math.sqrt(fan_in + fan_out)")
def leaves_the_six_out_of_the_root():
    """You take the root of the sum alone. The 6 belongs under the root as well."""


@exercise.edit("6 / (fan_in + fan_out)", "2 / (fan_in + fan_out)")
def takes_the_standard_deviation_for_the_limit():
    """You use sqrt(2 / (fan_in + fan_out)), which is the standard deviation that is wanted.

    Even draws from -a to a have the standard deviation a / sqrt(3), so the limit is sqrt(3) times
    as large: 6 and not 2.
    """


@exercise.edit("6 / (fan_in + fan_out)", "3 / (fan_in + fan_out)")
def takes_three_for_six():
    """You have 3 under the root.

    With the mean of the two fans it is 3, and with their sum it is 6.
    """


@exercise.edit("6 / (fan_in + fan_out)", "6 / fan_in")
def looks_at_the_inputs_only():
    """You use fan_in alone.

    That is He's limit, for layers before a relu. Glorot's goes by fan_in + fan_out, for the way
    forward and the way back.
    """


@exercise.edit("6 / (fan_in + fan_out)", "6 / (2 * fan_out)")
def looks_at_the_outputs_only():
    """You use fan_out alone. Glorot's limit goes by fan_in + fan_out."""


@exercise.edit("6 / (fan_in + fan_out)", "1 / fan_in")
def takes_the_default_of_linear_layers():
    """You use 1 / sqrt(fan_in), as PyTorch's linear layers do unless told otherwise.

    Glorot's limit is sqrt(6 / (fan_in + fan_out)).
    """


@exercise.edit("6 / (fan_in + fan_out)", "6 / (fan_in * fan_out)")
def multiplies_the_fans():
    """You multiply fan_in by fan_out. They are added."""


@exercise.edit("6 / (fan_in + fan_out)", "6 / fan_in + fan_out")
def divides_by_one_fan():
    """You write 6 / fan_in + fan_out, and that divides first.

    Brackets around the sum.
    """


@exercise.edit("fan_in + fan_out", "sum(draws.shape[-2:])")
def takes_the_fans_from_the_draws():
    """You read the fans off the shape of the draws.

    They are arguments: what the draws are shaped like need not be the layer.
    """


@exercise.edit("fan_in + fan_out", "draws.shape[0] + draws.shape[1]")
def takes_the_fans_from_the_first_axes():
    """You read the fans off the shape of the draws.

    They are arguments: what the draws are shaped like need not be the layer. Draws may be a single
    row of numbers, or the weights of several heads.
    """


@exercise.mistake
def stretches_in_place(draws, fan_in, fan_out):
    """Your weights are right, but you write them into the caller's own draws.

    `draws *= 2` changes them. An operation without the `=` makes a new array.
    """
    limit = math.sqrt(6 / (fan_in + fan_out))
    draws *= 2 * limit
    draws -= limit
    return draws


@exercise.edit("math.sqrt(", "np.sqrt(")
def loses_single_precision():
    """Your weights are right, but float32 draws come back as float64.

    np.sqrt of a number is a float64 of NumPy's, and wins over float32. math.sqrt, or ** 0.5, gives
    one of Python's own, which does not.
    """


@exercise.reference
def score_std(query_std, key_std, d_k):
    """Return the standard deviation of unscaled scores.

    Parameters
    ----------
    query_std, key_std : float
        The standard deviations of the features of queries and keys. The features are independent,
        and have mean 0.
    d_k : int
        How many features a query, or a key, has.

    Returns
    -------
    std : number
        That of the dot product of a query and a key.
    """
    return query_std * key_std * math.sqrt(d_k)


@exercise.picture
def wider_vectors_make_larger_scores():
    """The spread of scores for vectors of 4, 8, 12 up to 96 features, all with a spread of 1.

    It grows as the root: four times the width, twice the spread. That is what dividing by sqrt(d_k)
    takes away.
    """
    return [view(str(d_k), inputs(1.0, 1.0, d_k)) for d_k in range(4, 97, 4)]


@exercise.case
def one_feature_of_spread_one(rng):
    return inputs(1.0, 1.0, 1)


@exercise.case(points=2, tags=("wide",))
def several_features_of_spread_one(rng):
    return inputs(1.0, 1.0, int(rng.integers(20, 90)))


@exercise.case(tags=("spread",))
def one_feature_of_other_spreads(rng):
    return inputs(float(rng.integers(2, 5)), float(rng.integers(6, 9)), 1)


@exercise.case(tags=("wide", "spread"))
def a_query_that_is_spread_wider(rng):
    return inputs(float(rng.integers(11, 19) / 4), 1.0, int(rng.integers(20, 90)))


@exercise.case(tags=("wide", "spread"))
def a_key_that_is_spread_wider(rng):
    return inputs(1.0, float(rng.integers(3, 7)), int(rng.integers(20, 90)))


@exercise.edit("math.sqrt(d_k)", "d_k")
def forgets_the_root_of_the_width():
    """You multiply by d_k itself.

    Variances add up, d_k of them. The standard deviation is the root of their sum.
    """


@exercise.edit("math.sqrt(d_k)", "d_k ** 1 / 2")
def halves_the_width():
    """You write d_k ** 1/2, and a power comes before a division: that is half of d_k.

    Brackets around 1/2, or 0.5, make it a root.
    """


@exercise.edit(" * math.sqrt(d_k)", "")
def forgets_the_width():
    """You return the spread of a single product. A score is a sum of d_k of them."""


@exercise.edit("* math.sqrt(d_k)", "/ math.sqrt(d_k)")
def divides_by_the_root():
    """You divide by the root of d_k.

    That is what attention does to the scores afterwards, because they have grown by this factor.
    """


@exercise.mistake
def returns_the_variance(query_std, key_std, d_k):
    """You return the variance. The standard deviation is its root."""
    return query_std**2 * key_std**2 * d_k


@exercise.edit("query_std * key_std * math.sqrt(d_k)", "math.sqrt(query_std * key_std * d_k)")
def takes_the_root_of_the_spreads():
    """You take the root of the spreads as well, as if they were variances.

    The variance of a product is query_std squared times key_std squared, and the root of that is
    query_std · key_std.
    """


@exercise.edit("query_std * key_std", "(query_std + key_std)")
def adds_the_spreads():
    """You add the two spreads. In a score a query is multiplied by a key, and so are they."""


@exercise.edit("query_std * key_std", "math.hypot(query_std, key_std)")
def adds_the_variances():
    """You add the variances of query and key, as for a sum of the two.

    A score is made of products: there the variances are multiplied.
    """


@exercise.edit("query_std * key_std * math.sqrt(d_k)", "query_std * math.sqrt(d_k)")
def forgets_the_key():
    """You never use key_std. Twice the keys are twice the scores."""


@exercise.edit("query_std * key_std * math.sqrt(d_k)", "math.sqrt(d_k)")
def forgets_the_spreads():
    """You return the root of d_k, which is right where both spreads are 1."""
