"""Layer norm: every vector is brought to the same size.

Add up the outputs of layer after layer and the numbers drift: some vectors grow, others shrink,
and the next layer has to cope with all of them. Layer norm sends each vector back to a common
size. It subtracts the mean of its d features and divides by their standard deviation, so that
afterwards the mean is 0 and the variance 1. What is kept is the pattern: which features are above
the mean, which below, and by how much compared with the others.

    mean       = (sum of the d features) / d
    variance   = (sum of (feature - mean) ** 2) / d
    normalised = (x - mean) / sqrt(variance + eps)
    result     = gain * normalised + bias

    [1, 1, 5, 5]:   mean 3, variance 4   ->   [-1, -1, 1, 1]   (eps aside)
    with gain [1, 1, 2, 2] and bias [0, 0, 3, 3]   ->   [-1, -1, 5, 5]

    x               (..., n, d)   any leading axes, or none: each vector is on its own
    mean, variance  (..., n, 1)   two numbers per vector
    gain, bias      (d,)          learned, and shared by all positions

No vector knows of the others: the same word gives the same result in a batch of one or of a
thousand. The small eps stands inside the root. It keeps a vector of equal numbers from being
divided by 0, and such a vector comes out as the bias.
"""

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.drawing import draw_gain_and_bias, in_single_precision

exercise = Exercise(
    formulas={
        "mean =": r"\mu &= \frac1d \sum_{i=1}^d x_i",
        "variance =": r"\sigma^2 &= \frac1d \sum_{i=1}^d (x_i - \mu)^2",
        "normalised =": r"\hat x &= \frac{x - \mu}{\sqrt{\sigma^2 + \text{eps}}}",
        "result =": r"\text{result} &= \text{gain} \odot \hat x + \text{bias}",
    },
    hints=[
        "Which numbers are averaged together? Say it for x of shape (2, 3, 4): how many means are"
        " there, and of how many numbers each?",
        "Take the mean and the variance along the last axis and keep that axis, so that they line"
        " up with x. NumPy's var divides by d unless told otherwise, which is what you want.",
        "Centre x with its mean; divide by the square root of the sum of variance and eps;"
        " multiply by the gain; add the bias. Before gain and bias, every row of your result has"
        " mean 0.",
    ],
    tags={"square": "unless there are as many vectors as features"},
)


@exercise.reference
def layer_norm(x, gain, bias, eps=1e-5):
    """Normalise each vector over its features, then scale and shift every feature.

    Parameters
    ----------
    x : (..., d)
        Vectors, with any leading axes.
    gain : (d,)
        What each normalised feature is multiplied by.
    bias : (d,)
        What is added to each feature after that.
    eps : float
        Added to the variance, inside the root.

    Returns
    -------
    result : (..., d)
        Of the shape and dtype of `x`.

    Notes
    -----
    Source: Ba, Kiros and Hinton 2016, section 3.
    """
    mean = x.mean(axis=-1, keepdims=True)  # (..., 1)
    variance = x.var(axis=-1, keepdims=True)  # (..., 1)
    normalised = (x - mean) / np.sqrt(variance + eps)  # (..., d)
    return gain * normalised + bias


@exercise.picture
def the_same_pattern():
    """Four vectors with one pattern: as it is, three times as large, shifted, and upside down.

    After the norm nobody can tell the first three apart. The sign belongs to the pattern: it stays.
    """
    pattern = np.array([0.0, 1.0, 3.0, 2.0, -1.0, -2.0])
    x = np.stack([pattern, 3 * pattern, pattern + 5, -pattern])
    rows = ["as it is", "times 3", "plus 5", "negative"]
    return [view("features", inputs(x, np.ones(6), np.zeros(6)), rows=rows)]


def draw_large(rng, *shape):
    """Draw round numbers, with a variance so large that no eps beside it can be seen."""
    return rng.normal(scale=100, size=shape).round(-1)


@exercise.case(points=2)
def one_vector(rng):
    return inputs(draw_large(rng, 4), np.ones(4), np.zeros(4))


@exercise.case(points=2)
def every_row_is_normalised_on_its_own(rng):
    x = draw_large(rng, 3, 4) + np.array([[0.0], [200.0], [-400.0]])
    return inputs(x, np.ones(4), np.zeros(4))


@exercise.case
def rows_whose_mean_is_zero(rng):
    half = draw_large(rng, 3, 2)
    return inputs(np.concatenate([half, -half], axis=-1), np.ones(4), np.zeros(4))


@exercise.case(tags=("square",))
def as_many_rows_as_features(rng):
    return inputs(draw_large(rng, 4, 4), np.ones(4), np.zeros(4))


@exercise.case
def a_gain_for_each_feature(rng):
    gain, _ = draw_gain_and_bias(rng, 4)
    return inputs(draw_large(rng, 3, 4), gain, np.zeros(4))


@exercise.case
def a_bias_for_each_feature(rng):
    _, bias = draw_gain_and_bias(rng, 4)
    return inputs(100 * draw_large(rng, 3, 4), np.ones(4), bias)


@exercise.case
def gain_and_bias_of_each_feature(rng):
    return inputs(100 * draw_large(rng, 3, 4), *draw_gain_and_bias(rng, 4))


@exercise.case(tags=("batch",))
def one_batch_axis(rng):
    return inputs(draw_large(rng, 2, 3, 5), np.ones(5), np.zeros(5))


@exercise.case(tags=("batch", "oblong"))
def two_batch_axes(rng):
    return inputs(draw_large(rng, 2, 3, 4, 6), np.ones(6), np.zeros(6))


@exercise.case(tags=("batch", "edge"))
def sequences_of_one_position(rng):
    return inputs(draw_large(rng, 3, 1, 5), np.ones(5), np.zeros(5))


@exercise.case(tags=("edge",))
def constant_rows_give_the_bias(rng):
    _, bias = draw_gain_and_bias(rng, 4)
    return inputs(np.full((2, 4), float(rng.integers(1, 9))), np.ones(4), bias)


@exercise.case(tags=("edge",))
def a_gain_of_zero_leaves_the_bias(rng):
    _, bias = draw_gain_and_bias(rng, 4)
    return inputs(draw_large(rng, 2, 4), np.zeros(4), bias)


@exercise.case(tags=("small",))
def a_tiny_spread_is_held_down_by_eps(rng):
    return inputs(0.001 * rng.normal(size=(3, 4)).round(1), np.ones(4), np.zeros(4))


@exercise.case(tags=("option",))
def an_eps_other_than_the_default(rng):
    return inputs(rng.normal(size=(3, 4)).round(1), np.ones(4), np.zeros(4), eps=0.1)


@exercise.case(tags=("large",))
def large_magnitudes(rng):
    return inputs(1e4 * draw_large(rng, 3, 4), np.ones(4), np.zeros(4))


@exercise.case(tags=("float32",))
def float32_inputs(rng):
    return inputs(*in_single_precision((draw_large(rng, 3, 6), np.ones(6), np.zeros(6))))


@exercise.case(tags=("option",))
def gain_bias_and_eps_at_once(rng):
    return inputs(rng.normal(size=(3, 4)).round(1), *draw_gain_and_bias(rng, 4), eps=0.5)


@exercise.case(hidden=True, tags=("batch", "oblong", "option"))
def a_larger_batch(rng):
    x = rng.normal(scale=rng.uniform(0.1, 3.0, size=(4, 7, 1)), size=(4, 7, 32))
    return inputs(x, *draw_gain_and_bias(rng, 32), eps=1e-3)


@exercise.edit("np.sqrt(variance + eps)", "(np.sqrt(variance) + eps)")
def adds_eps_outside_the_root():
    """You add eps to the standard deviation, outside the root.

    Where the features hardly differ, that is another number: for a standard deviation of 0.001 you
    divide by 0.00101, and inside the root it would be 0.0033. Add it one step earlier.
    """


@exercise.edit("(x - mean) / np.sqrt(variance + eps)", "(x - mean) / np.sqrt(variance) + eps")
def adds_eps_after_dividing():
    """You add eps to the quotient: `a / b + eps` divides first.

    Each feature is then shifted by a little, and a vector of equal numbers is still divided by 0.
    Brackets keep eps together with the variance, under the root.
    """


@exercise.edit("variance + eps", "variance")
def leaves_eps_out():
    """You never use eps.

    A vector of equal numbers has variance 0, and 0 / 0 is nan. eps stands beside the variance and
    keeps the root above 0.
    """


@exercise.edit("variance + eps", "variance + 1e-5")
def fixes_eps_at_its_default():
    """You always use 1e-5, whatever eps the caller asks for.

    That is only the default, and models differ: BERT was trained with 1e-12. A number written into
    the formula cannot be changed from outside.
    """


@exercise.edit("x.var(axis=-1", "x.var(axis=-1, ddof=1")
def divides_by_d_minus_one():
    """You take the sample variance, which divides by d - 1.

    That one estimates the spread of a population from a sample. Here the d features are all there
    are, so the squares are divided by d. NumPy does that unless you set ddof; torch.std does not.
    """


@exercise.mistake
def takes_the_sample_deviation_plus_eps(x, gain, bias, eps=1e-5):
    """You divide by the sample standard deviation plus eps.

    A well-known line-by-line implementation of the 2017 transformer does so. Two things differ
    there: the variance is divided by d - 1 instead of d, and eps is added to the root instead of
    under it. The paper on layer normalisation, PyTorch and TensorFlow do neither.
    """
    centred = x - x.mean(axis=-1, keepdims=True)
    deviation = x.std(axis=-1, ddof=1, keepdims=True) if x.shape[-1] > 1 else x.dtype.type(0)
    return centred / (deviation + eps) * gain + bias


@exercise.edit("np.sqrt(variance + eps)", "np.sqrt(x.shape[-1] * variance + eps)")
def divides_by_the_length():
    """You divide by the length of the centred vector: the root of the sum of its squares.

    Every result then has length 1, and the wider the vector, the smaller its numbers. The variance
    is the mean of the squares: the sum is still to be divided by d.
    """


@exercise.edit("np.sqrt(variance + eps)", "np.sqrt(np.sqrt(variance) + eps)")
def takes_the_root_twice():
    """You take the root of the standard deviation, which is a root already.

    NumPy's std is the root of var. Take the root of the variance once, after eps has been added.
    """


@exercise.edit("np.sqrt(variance + eps)", "(variance + eps) ** 2")
def squares_the_variance():
    """You square the variance where its root belongs: `** 2` and not `** 0.5`.

    The variance is made of squares already. Its root brings back the unit of x, so that a vector
    twice as large gives the same result.
    """


@exercise.mistake
def takes_the_mean_of_the_distances(x, gain, bias, eps=1e-5):
    """You divide by the mean distance from the mean: absolute values, and not squares.

    It is a measure of spread too, and usually a smaller one. The variance is the mean of the
    squared distances, and its root is what x is divided by.
    """
    centred = x - x.mean(axis=-1, keepdims=True)
    return gain * centred / (np.abs(centred).mean(axis=-1, keepdims=True) + eps) + bias


@exercise.edit("x.var(axis=-1, keepdims=True)", "(x * x).mean(axis=-1, keepdims=True)")
def measures_the_spread_from_zero():
    """You subtract the mean from x, but not from the numbers whose squares you average.

    The mean square tells how far x is from 0. The variance tells how far it is from its own mean:
    square what is centred.
    """


@exercise.edit("(x - mean) / np.sqrt(variance + eps)", "x - mean")
def only_centres():
    """You subtract the mean and divide by nothing.

    Large vectors stay large then. The root of variance and eps is what brings them to one size.
    """


@exercise.edit("(x - mean) / ", "(x - mean) * ")
def multiplies_by_the_deviation():
    """You multiply by the standard deviation, where x is to be divided by it.

    Large vectors become larger still. After the norm, before gain and bias, the variance is 1.
    """


@exercise.edit("x.mean(axis=-1, keepdims=True)", "x.mean()")
def takes_one_mean_for_all():
    """You take one mean of the whole array, though each vector has its own variance.

    Then a vector's result depends on all the others in the batch. The mean is taken along the last
    axis, like the variance.
    """


@exercise.edit("x.var(axis=-1, keepdims=True)", "x.var()")
def takes_one_variance_for_all():
    """You take one variance of the whole array, though each vector has its own mean.

    Then large vectors stay larger than small ones. The variance is taken along the last axis, like
    the mean.
    """


@exercise.edit("variance + eps", "variance - eps")
def subtracts_eps():
    """You subtract eps from the variance.

    Where the features are nearly equal, that leaves a negative number under the root. eps is there
    to keep it above 0: it is added.
    """


@exercise.edit("(x - mean) /", "x - mean /")
def divides_only_the_mean():
    """You divide the mean and not x: `x - mean / deviation` divides first.

    x keeps its size then. Brackets around the difference let it be divided as a whole.
    """


@exercise.edit("np.sqrt(variance + eps)", "(variance + eps)")
def divides_by_the_variance():
    """You divide by the variance itself and not by its root.

    The variance is measured in squares. Only its root has the unit of x, so that a vector twice as
    large gives the same result.
    """


@exercise.mistake
def takes_the_statistics_of_the_whole_array(x, gain, bias, eps=1e-5):
    """You take one mean and one variance of the whole array.

    Then a vector's result depends on all the others in the batch, and large vectors stay larger
    than small ones. Each vector has a mean and a variance of its own.
    """
    return gain * (x - x.mean()) / np.sqrt(x.var() + eps) + bias


@exercise.mistake
def normalises_along_the_first_axis(x, gain, bias, eps=1e-5):
    """You take mean and variance along the first axis, so each feature is normalised by itself.

    That is the way of batch norm, where vectors are compared with each other. Layer norm looks at
    one vector at a time: along which axis do you find its features?
    """
    mean, variance = x.mean(axis=0, keepdims=True), x.var(axis=0, keepdims=True)
    return gain * (x - mean) / np.sqrt(variance + eps) + bias


@exercise.mistake
def shares_one_mean_among_the_positions(x, gain, bias, eps=1e-5):
    """You take the mean and the variance over positions and features together, the last two axes.

    Then one position with large numbers makes those of its neighbours small. Every vector stands
    alone here: only its own features count.
    """
    axes = (-2, -1) if x.ndim > 1 else -1
    mean, variance = x.mean(axis=axes, keepdims=True), x.var(axis=axes, keepdims=True)
    return gain * (x - mean) / np.sqrt(variance + eps) + bias


@exercise.mistake
def normalises_each_feature_over_the_positions(x, gain, bias, eps=1e-5):
    """You normalise over the positions, the last axis but one: each feature on its own.

    That is close to batch norm. Layer norm looks at one vector at a time, and takes the mean of
    its features.
    """
    axis = -2 if x.ndim > 1 else -1
    mean, variance = x.mean(axis=axis, keepdims=True), x.var(axis=axis, keepdims=True)
    return gain * (x - mean) / np.sqrt(variance + eps) + bias


@exercise.mistake
def normalises_over_positions_too(x, gain, bias, eps=1e-5):
    """You normalise over all axes but the first, so the positions of a sequence share one mean.

    That is done with images. Here every vector stands alone: its features lie along the last axis,
    and all other axes only say which vector it is.
    """
    axes = tuple(range(1, x.ndim))
    mean, variance = x.mean(axis=axes, keepdims=True), x.var(axis=axes, keepdims=True)
    return gain * (x - mean) / np.sqrt(variance + eps) + bias


@exercise.mistake
def drops_the_axis_it_averages(x, gain, bias, eps=1e-5):
    """You average along the last axis without keeping it, so the means do not line up with x.

    For x of (3, 4) the means have shape (3,), and broadcasting sets them against the 4 features.
    With keepdims they stay a column, (3, 1), one number in front of each row.
    """
    return gain * (x - x.mean(axis=-1)) / np.sqrt(x.var(axis=-1) + eps) + bias


@exercise.edit("gain * normalised + bias", "normalised")
def forgets_gain_and_bias():
    """You stop at the normalised vector and use neither gain nor bias.

    They let the model choose the size and the offset of each feature. Multiply first, then add.
    """


@exercise.edit("gain * normalised", "normalised")
def forgets_the_gain():
    """You add the bias and leave out the gain.

    The gain lets the model choose how much each feature counts. Before the bias is added, it
    multiplies what was normalised.
    """


@exercise.edit(" + bias", "")
def forgets_the_bias():
    """You multiply by the gain and leave out the bias.

    It lets the model shift each feature; without it a vector of equal numbers comes out as zeros.
    """


@exercise.edit("gain * normalised", "gain + normalised")
def adds_the_gain():
    """You add the gain, and the bias as well.

    Two shifts are no more than one. The gain stretches a feature: it is a factor.
    """


@exercise.edit(" + bias", " - bias")
def subtracts_the_bias():
    """You subtract the bias.

    It was learned as what is added: each feature is shifted the wrong way.
    """


@exercise.edit("gain * normalised", "(1 + gain) * normalised")
def adds_one_to_the_gain():
    """You add 1 to the gain before you multiply.

    Some models store a gain that is near 0, and add the 1 later. Here the gain is the factor
    itself.
    """


@exercise.edit("gain * normalised + bias", "gain * (normalised + bias)")
def multiplies_the_bias_too():
    """You add the bias before the gain, so the bias is multiplied as well.

    A vector of equal numbers should come out as the bias itself. The gain belongs to the normalised
    features alone.
    """


@exercise.edit("gain * normalised + bias", "bias * normalised + gain")
def exchanges_gain_and_bias():
    """You multiply by the bias and add the gain.

    With a gain of ones and a bias of zeros, nothing of x would be left. The gain stretches a
    feature, the bias shifts it.
    """


@exercise.mistake
def never_takes_the_mean_off(x, gain, bias, eps=1e-5):
    """You divide by the root of the mean square, without subtracting the mean first.

    That is RMS norm, which later models such as LLaMA use. Layer norm centres the features before
    it measures how far they spread.
    """
    mean_square = (x * x).mean(axis=-1, keepdims=True)
    return gain * x / np.sqrt(mean_square + eps) + bias


@exercise.edit("(x - mean) /", "x /")
def divides_without_centring():
    """You divide by the right number, but never subtract the mean from x.

    Afterwards every vector should have mean 0, before gain and bias. You have the mean already: the
    variance is measured from it.
    """


@exercise.mistake
def takes_the_second_axis_for_the_features(x, gain, bias, eps=1e-5):
    """You take axis 1 for that of the features, wherever there is one.

    That is right for one sequence, (n, d). With a batch axis in front, axis 1 holds the positions.
    Features are always last, so count from the end.
    """
    axis = 1 if x.ndim > 1 else 0
    mean, variance = x.mean(axis=axis, keepdims=True), x.var(axis=axis, keepdims=True)
    return gain * (x - mean) / np.sqrt(variance + eps) + bias


@exercise.mistake
def counts_on_exactly_one_batch_axis(x, gain, bias, eps=1e-5):
    """You take the mean and the variance along axis 2, which is right for (batch, n, d) only.

    One sequence has no axis 2, and with two batch axes it holds the positions. Features are always
    last, so count from the end.
    """
    mean, variance = x.mean(axis=2, keepdims=True), x.var(axis=2, keepdims=True)
    return gain * (x - mean) / np.sqrt(variance + eps) + bias


@exercise.mistake
def counts_axes_from_the_front(x, gain, bias, eps=1e-5):
    """You take the mean and the variance along axis 1.

    That is the axis of features for one sequence only: a single vector has no axis 1, and with a
    batch axis in front it is the positions. Features are always last, so count from the end.
    """
    mean, variance = x.mean(axis=1, keepdims=True), x.var(axis=1, keepdims=True)
    return gain * (x - mean) / np.sqrt(variance + eps) + bias


@exercise.mistake
def centres_in_place(x, gain, bias, eps=1e-5):
    """Your result is right, but you change the caller's own array on the way.

    `x -= ...` writes into it, and a block still needs that x for its residual connection. An
    operation without the `=` makes a new array.
    """
    x -= x.mean(axis=-1, keepdims=True)
    return gain * x / np.sqrt(x.var(axis=-1, keepdims=True) + eps) + bias


@exercise.mistake
def loses_single_precision(x, gain, bias, eps=1e-5):
    """Your result is right, but float32 vectors come back as float64.

    Something in between is float64: a mean or a variance taken with dtype=np.float64, a conversion,
    an array made without a dtype, or an eps wrapped in np.array.
    """
    return layer_norm(x.astype(np.float64), gain, bias, eps=eps)
