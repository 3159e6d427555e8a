"""Add & norm: what a part found out is added to what was there, and the sum is normalised.

A transformer is a chain of parts, which the paper calls sublayers: attention, feed-forward,
attention again. None of them replaces the vectors that it works on. Each writes a correction, which
is added to its own input: the residual connection. A part that has learned nothing yet, and returns
about 0, does no harm; and in the backward pass of training a gradient passes the sum unchanged.
Sums grow, though, so layer norm follows each of them, and rescales that gradient.

    add_norm(x, Sublayer(x)) = LayerNorm(x + Sublayer(x))        Vaswani et al. 2017, section 3.1

    x                (..., n, d)   what went into the part
    sublayer_output  (..., n, d)   what came out of it
    gain, bias       (d,)          of the norm
    result           (..., n, d)

    x = [0, 2, 1, 5],  sublayer_output = [1, -1, 4, 0]  ->  sum [1, 1, 5, 5]
    mean 3, variance 4  ->  [-1, -1, 1, 1]  (eps aside);  gain all 2, bias all 1  ->  [-1, -1, 3, 3]

The order matters: first add, then normalise. That is post-norm, the order of 2017. Pre-norm, which
GPT-2 and most later models use, normalises what goes into a part and lets the sums grow.
"""

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.drawing import draw_gain_and_bias, in_single_precision
from solutions.transformer.layer_norm import layer_norm

exercise = Exercise(
    formulas={
        "add_norm(x, Sublayer(x))": (
            r"\text{add\_norm}(x, \text{Sublayer}(x)) = \text{LayerNorm}(x + \text{Sublayer}(x))"
        ),
    },
    hints=[
        "The name lists two steps in their order. Which two arrays are added, and what is"
        " normalised?",
        "You have written layer_norm. What is it given: x, the part's output, or something made"
        " of both?",
        "Add the two arrays into a new one, not into either of them, and normalise that."
        " layer_norm needs the gain, the bias and the eps that the caller asked for.",
    ],
)


@exercise.reference
def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    """Add what a part returned to what went into it, and normalise the sum.

    Parameters
    ----------
    x : (..., n, d)
        What went into the part.
    sublayer_output : (..., n, d)
        What the part made of it.
    gain : (d,)
        What each normalised feature is multiplied by.
    bias : (d,)
        What is added to each feature after that.
    eps : float
        Added to the variance, inside the root.

    Returns
    -------
    output : (..., n, d)
        Of the shape and dtype of `x`.

    Notes
    -----
    Source: Vaswani et al. 2017, section 3.1; the norm is that of Ba, Kiros and Hinton 2016.
    """
    return layer_norm(x + sublayer_output, gain, bias, eps=eps)


@exercise.picture
def corrections():
    """A part that finds nothing returns zeros, and what went in comes out, only normalised.

    A correction to one feature, the first, is added to what is there; the pattern of the others can
    still be made out.
    """
    x = np.array([[2.0, 0.0, 1.0, -1.0], [0.0, 1.0, -2.0, 1.0], [1.0, -1.0, 0.0, 2.0]])
    correction = np.zeros_like(x)
    correction[:, 0] = 6.0
    found = {"nothing found": np.zeros_like(x), "first feature + 6": correction}
    return [
        view(title, inputs(x, output, np.ones(4), np.zeros(4)), rows=range(3))
        for title, output in found.items()
    ]


def draw_sum(rng, *shape):
    """Draw two arrays of round numbers, so large that no eps beside their variance can be seen."""
    return rng.normal(scale=200, size=(2, *shape)).round(-1)


@exercise.case(points=3)
def one_vector_and_a_plain_norm(rng):
    return inputs(*draw_sum(rng, 1, 4), np.ones(4), np.zeros(4))


@exercise.case(points=2)
def three_vectors_and_a_plain_norm(rng):
    return inputs(*draw_sum(rng, 3, 4), np.ones(4), np.zeros(4))


@exercise.case
def a_gain_for_each_feature(rng):
    gain, _ = draw_gain_and_bias(rng, 4)
    return inputs(*draw_sum(rng, 3, 4), gain, np.zeros(4))


@exercise.case
def gain_and_bias_of_each_feature(rng):
    return inputs(*(100 * draw_sum(rng, 3, 4)), *draw_gain_and_bias(rng, 4))


@exercise.case(tags=("edge",))
def a_part_that_returns_nothing_but_zeros(rng):
    (x, _), (_, bias) = draw_sum(rng, 2, 4), draw_gain_and_bias(rng, 4)
    return inputs(100 * x, np.zeros((2, 4)), np.ones(4), bias)


@exercise.case(tags=("edge",))
def a_part_that_is_given_nothing_but_zeros(rng):
    (_, sublayer_output), (_, bias) = draw_sum(rng, 2, 4), draw_gain_and_bias(rng, 4)
    return inputs(np.zeros((2, 4)), 100 * sublayer_output, np.ones(4), bias)


@exercise.case(tags=("edge",))
def a_gain_of_zero_leaves_the_bias(rng):
    _, bias = draw_gain_and_bias(rng, 4)
    return inputs(*draw_sum(rng, 2, 4), np.zeros(4), bias)


@exercise.case(tags=("edge",))
def a_part_that_takes_everything_back(rng):
    (x, _), (_, bias) = draw_sum(rng, 2, 4), draw_gain_and_bias(rng, 4)
    return inputs(x, -x, np.ones(4), bias)


@exercise.case(tags=("batch",))
def one_batch_axis(rng):
    return inputs(*draw_sum(rng, 2, 3, 5), np.ones(5), np.zeros(5))


@exercise.case(tags=("batch", "oblong"))
def two_batch_axes(rng):
    return inputs(*draw_sum(rng, 2, 3, 5, 4), np.ones(4), np.zeros(4))


@exercise.case(tags=("oblong", "edge"))
def wide_vectors_at_one_position(rng):
    return inputs(*draw_sum(rng, 3, 1, 16), np.ones(16), np.zeros(16))


@exercise.case(tags=("small",))
def a_tiny_spread_is_held_down_by_eps(rng):
    return inputs(*(0.001 * rng.normal(size=(2, 3, 4)).round(1)), np.ones(4), np.zeros(4))


@exercise.case(tags=("option",))
def an_eps_other_than_the_default(rng):
    return inputs(*rng.normal(size=(2, 3, 4)).round(1), np.ones(4), np.zeros(4), eps=0.5)


@exercise.case(tags=("large",))
def large_magnitudes(rng):
    return inputs(*(1000 * draw_sum(rng, 3, 4)), np.ones(4), np.zeros(4))


@exercise.case(tags=("float32",))
def float32_inputs(rng):
    return inputs(*in_single_precision((*draw_sum(rng, 3, 6), np.ones(6), np.zeros(6))))


@exercise.case(tags=("option",))
def gain_bias_and_eps_at_once(rng):
    drawn = rng.normal(size=(2, 3, 4)).round(1)
    return inputs(*drawn, *draw_gain_and_bias(rng, 4), eps=0.5)


@exercise.case(hidden=True, tags=("batch", "oblong", "option"))
def a_larger_batch(rng):
    drawn = rng.normal(scale=rng.uniform(0.1, 3.0, size=(4, 7, 1)), size=(2, 4, 7, 32))
    return inputs(*drawn, *draw_gain_and_bias(rng, 32), eps=1e-3)


@exercise.edit("x + sublayer_output", "sublayer_output")
def forgets_the_residual():
    """You normalise what the part returned, and x is lost.

    The part's output is only a correction. A word that attended to its neighbours would remember
    them and forget itself. What else belongs into the norm?
    """


@exercise.edit("x + sublayer_output", "x")
def forgets_the_part():
    """You normalise x, and what the part returned is never used.

    The whole part would have been computed for nothing. There are two arrays to be brought
    together before the norm.
    """


@exercise.mistake
def forgets_the_norm(x, sublayer_output, gain, bias, eps=1e-5):
    """You add and do not normalise.

    Sum upon sum, the numbers grow from part to part. The second half of the name is missing.
    """
    return x + sublayer_output


@exercise.edit("layer_norm(x + ", "x + layer_norm(")
def normalises_before_adding():
    """You normalise what the part returned, and add x after that.

    Then nothing holds the sums down, and they grow from part to part. Add first; the norm is for
    the sum.
    """


@exercise.mistake
def normalises_only_x(x, sublayer_output, gain, bias, eps=1e-5):
    """You normalise x, and add what the part returned after that.

    It looks like pre-norm, but there the norm stands before the part, whose output you have
    already. Here the norm is for the sum.
    """
    return layer_norm(x, gain, bias, eps=eps) + sublayer_output


@exercise.edit("x + sublayer_output", "x - sublayer_output")
def subtracts_the_part():
    """You subtract what the part returned, where it is to be added.

    The correction then goes the wrong way. What goes into the norm is a sum.
    """


@exercise.edit("x + sublayer_output", "x * sublayer_output")
def multiplies_the_two():
    """You multiply x by what the part returned, number by number.

    A part that returns zeros, because it has nothing to say, would then erase x. The two are added.
    """


@exercise.edit("x + sublayer_output", "sublayer_output + layer_norm(x, gain, bias, eps=eps)")
def normalises_x_before_the_sum_too():
    """You normalise x before you add, and the sum once more after it.

    Then x weighs as much as the norm says and not as much as it did. One norm, of the sum of both
    as they are, is all.
    """


@exercise.edit("x + sublayer_output", "x + layer_norm(sublayer_output, gain, bias, eps=eps)")
def normalises_the_part_before_the_sum_too():
    """You normalise what the part returned, add x, and normalise once more.

    A small correction would then weigh as much as a large one. One norm, of the sum of both as they
    are, is all.
    """


@exercise.edit("layer_norm(x + sublayer_output", "layer_norm(x + x + sublayer_output")
def adds_x_twice_before_the_norm():
    """You add x twice before you normalise.

    The part's correction then weighs only half as much. One residual connection is enough: the part
    returns its correction alone.
    """


@exercise.mistake
def normalises_both_and_adds(x, sublayer_output, gain, bias, eps=1e-5):
    """You normalise x and the part's output, each by itself, and add the two.

    A small correction would then weigh as much as a large one. One norm, of the sum, leaves the
    proportion between them to the model.
    """
    normed = layer_norm(sublayer_output, gain, bias, eps=eps)
    return layer_norm(x, gain, bias, eps=eps) + normed


@exercise.edit("layer_norm(x", "x + layer_norm(x")
def adds_x_twice():
    """You add x once before the norm and once more after it.

    The norm comes last, so that every result has the same size. One residual connection is enough.
    """


@exercise.edit("gain, bias", "bias, gain")
def exchanges_gain_and_bias():
    """You hand the norm its bias as the gain and its gain as the bias.

    It would shift by what it should stretch with. Look up the order of the arguments in layer_norm,
    or name them.
    """


@exercise.edit("gain, bias", "np.ones_like(gain), np.zeros_like(bias)")
def forgets_gain_and_bias():
    """You stop at the normalised sum and use neither gain nor bias.

    They let the model choose the size and the offset of each feature. layer_norm takes both.
    """


@exercise.edit(", eps=eps", "")
def keeps_eps_to_itself():
    """You take an eps and do not hand it on to the norm, which uses 1e-5.

    That is only the default, here and in layer_norm. The caller may ask for another one.
    """


@exercise.mistake
def adds_eps_outside_the_root(x, sublayer_output, gain, bias, eps=1e-5):
    """You add eps to the standard deviation, outside the root.

    Where the features hardly differ, that is another number: for a standard deviation of 0.001 you
    divide by 0.00101, and inside the root it would be 0.0033. Your layer_norm adds it there.
    """
    total = x + sublayer_output
    mean, std = total.mean(axis=-1, keepdims=True), total.std(axis=-1, keepdims=True)
    return gain * (total - mean) / (std + eps) + bias


@exercise.mistake
def divides_by_d_minus_one(x, sublayer_output, gain, bias, eps=1e-5):
    """You take the sample variance, which divides by d - 1.

    torch.std does so unless told otherwise, and code written after it does too. Here the d features
    are all there are, and layer_norm divides by d.
    """
    total = x + sublayer_output
    mean, variance = total.mean(axis=-1, keepdims=True), total.var(axis=-1, keepdims=True, ddof=1)
    return gain * (total - mean) / np.sqrt(variance + eps) + bias


@exercise.mistake
def takes_the_statistics_of_the_whole_array(x, sublayer_output, gain, bias, eps=1e-5):
    """You take one mean and one variance of the whole array.

    Then a vector's result depends on all the others in the batch. Each vector is normalised by
    itself, over its features.
    """
    total = x + sublayer_output
    return gain * (total - total.mean()) / np.sqrt(total.var() + eps) + bias


@exercise.mistake
def adds_to_x_in_place(x, sublayer_output, gain, bias, eps=1e-5):
    """Your result is right, but the sum is written into the caller's own x.

    `x += ...` changes the array for everyone who holds it. `x = x + ...` makes a new one and looks
    almost the same.
    """
    x += sublayer_output
    return layer_norm(x, gain, bias, eps=eps)


@exercise.mistake
def adds_to_the_output_in_place(x, sublayer_output, gain, bias, eps=1e-5):
    """Your result is right, but the sum is written into the array that the part returned.

    It belongs to the caller, who may want to look at it. An operation without the `=` makes a new
    array.
    """
    sublayer_output += x
    return layer_norm(sublayer_output, gain, bias, eps=eps)


@exercise.mistake
def loses_single_precision(x, sublayer_output, gain, bias, eps=1e-5):
    """Your result is right, but float32 inputs give float64.

    Something in between is float64: a conversion, an array made without a dtype, or an eps wrapped
    in np.array. The sum of two float32 arrays is float32.
    """
    return add_norm(x, sublayer_output, gain, bias, eps=eps).astype(np.float64)
