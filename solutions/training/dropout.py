"""Dropout: some numbers become zero, so that none can be relied upon.

During training, each number of a layer is set to 0 with the probability `rate`, anew in every step.
So no unit can count on a certain other one to be there, and what is learned is spread over many.
In the transformer it acts on the attention weights and on what every sub-layer adds to its input.

Which ones are dropped is decided by draws from [0, 1), one for each number:

    kept where  draw >= rate         (0.999 is hardly ever dropped)

What is kept is divided by 1 - rate. So the mean stays, on average, what it was without dropout, and
nothing has to be done when the model is used: it simply leaves dropout out.

    x      = [1, 2, 3, 4]      rate = 0.5, so what is kept is divided by 0.5
    draws  = [0.1, 0.6, 0.3, 0.9]
    ->       [0, 4, 0, 8]

With rate 0 everything is kept, as it is. With rate 1 everything is dropped, and nothing may be
divided then, because 1 - rate is 0. A rate below 0 or above 1 makes no sense: ValueError. The draws
are an argument here, so that results can be checked. A program takes new ones for every call.
"""

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.drawing import waves

exercise = Exercise(
    tags={
        "dropping": "as long as nothing is dropped and wrong otherwise",
        "tie": "unless a draw is equal to the rate",
        "all_dropped": "unless the rate is 1",
    },
    hints=[
        "A comparison of the draws with the rate says which numbers stay: it is a mask, and a mask"
        " is an index.",
        "What is kept grows: half of the numbers have to make up for all.",
        "Zeros of the type of x are a good beginning: only what is kept has to be filled in. With"
        " rate 1 that is nothing, so nothing is divided by 0.",
        "Python can compare twice at once, as in 0 <= x <= 1. `raise ValueError` goes to the top.",
    ],
)


@exercise.reference
def dropout(x, draws, rate):
    """Set some numbers to 0, and scale the others up.

    Parameters
    ----------
    x : (...)
        Any numbers.
    draws : (...)
        From [0, 1), of the shape of x.
    rate : float
        The probability with which a number is dropped.

    Returns
    -------
    y : (...)
        0 where a draw is below the rate, elsewhere x / (1 - rate); zeros if the rate is 1.

    Raises
    ------
    ValueError
        The rate is below 0 or above 1.

    Notes
    -----
    Srivastava et al. 2014, in the form that scales while training (inverted dropout).
    """
    if not 0 <= rate <= 1:
        raise ValueError(f"the rate {rate} is no probability")
    y, kept = np.zeros_like(x), draws >= rate
    y[kept] = x[kept] / (1 - rate)
    return y


@exercise.picture
def holes_in_a_layer():
    """The same vectors and the same draws, with more and more of them dropped.

    What is left stands out more: it is scaled up, to make up for what is gone.
    """
    x, draws = waves(6, 8), 0.5 + 0.499 * waves(8, 9).ravel()[:48].reshape(6, 8)
    rates = (0.0, 0.25, 0.5, 0.75)
    return [view(f"rate {rate}", inputs(x, draws, rate)) for rate in rates]


def draw_x(rng, *shape):
    """Draw numbers that are not zero."""
    return rng.integers(1, 9, size=shape) * rng.choice([-1.0, 1.0], size=shape)


def draw_draws(rng, *shape, at=(0.05, 0.35, 0.65, 0.95)):
    """Draw some low and some high ones, in any order."""
    size = int(np.prod(shape))
    return rng.permutation(np.resize(np.array(at), size)).reshape(shape)


@exercise.case
def nothing_is_dropped(rng):
    return inputs(draw_x(rng, 4), draw_draws(rng, 4), 0.0)


@exercise.case(points=2, tags=("dropping",))
def half_is_dropped(rng):
    return inputs(draw_x(rng, 4), draw_draws(rng, 4), 0.5)


@exercise.case(tags=("dropping",))
def a_quarter_is_dropped(rng):
    return inputs(draw_x(rng, 4), draw_draws(rng, 4), 0.25)


@exercise.case(tags=("dropping",))
def most_is_dropped(rng):
    return inputs(draw_x(rng, 4), draw_draws(rng, 4), 0.8)


@exercise.case(tags=("dropping",))
def more_is_kept_than_expected(rng):
    return inputs(draw_x(rng, 4), draw_draws(rng, 4, at=(0.05, 0.55, 0.65, 0.95)), 0.5)


@exercise.case(tags=("dropping",))
def draws_above_and_at_zero(rng):
    return inputs(draw_x(rng, 4), draw_draws(rng, 4, at=(0.0, 0.55, 0.65, 0.15)), 0.25)


@exercise.case(tags=("dropping", "tie"))
def draws_that_are_equal_to_the_rate(rng):
    return inputs(draw_x(rng, 4), draw_draws(rng, 4, at=(0.25, 0.5, 0.5, 0.75)), 0.5)


@exercise.case(tags=("edge",))
def a_draw_of_zero_and_a_rate_of_zero(rng):
    return inputs(draw_x(rng, 3), draw_draws(rng, 3, at=(0.0, 0.5, 0.9)), 0.0)


@exercise.case(tags=("dropping", "oblong"))
def a_table(rng):
    return inputs(draw_x(rng, 3, 4), draw_draws(rng, 3, 4), 0.5)


@exercise.case(tags=("dropping", "batch"))
def several_tables(rng):
    return inputs(draw_x(rng, 2, 3, 4), rng.random((2, 3, 4)), 0.25)


@exercise.case(tags=("dropping", "all_dropped"))
def everything_is_dropped(rng):
    return inputs(draw_x(rng, 2, 3), draw_draws(rng, 2, 3), 1.0)


@exercise.case(tags=("dropping", "float32"))
def float32_numbers(rng):
    return inputs(draw_x(rng, 2, 4).astype(np.float32), draw_draws(rng, 2, 4), 0.25)


@exercise.case(raises=ValueError, tags=("refusal",))
def refuses_a_rate_below_zero(rng):
    return inputs(draw_x(rng, 3), draw_draws(rng, 3), -0.1)


@exercise.case(raises=ValueError, tags=("refusal",))
def refuses_a_rate_above_one(rng):
    return inputs(draw_x(rng, 3), draw_draws(rng, 3), 1.5)


@exercise.case(hidden=True, tags=("dropping", "batch"))
def a_batch_of_attention_weights(rng):
    return inputs(rng.random((2, 4, 6, 6)), rng.random((2, 4, 6, 6)), 0.1)


@exercise.edit("draws >= rate", "(draws < rate) & (rate < 1)")
def keeps_what_is_to_be_dropped():
    """You keep a number where its draw is below the rate.

    A rate of 0.1 is to drop one in ten. Those are the ones with the small draws.
    """


@exercise.edit("draws >= rate", "draws < 1 - rate")
def keeps_the_low_draws():
    """You keep a number where its draw is below 1 - rate.

    As many are kept, but others: here it is the low draws that are dropped, those below the rate.
    """


@exercise.edit("draws >= rate", "draws > rate")
def drops_a_draw_at_the_rate():
    """You drop a number whose draw is equal to the rate, which is still to be kept.

    With a rate of 0 a draw of 0 would be dropped, and nothing should be.
    """


@exercise.edit("x[kept] / (1 - rate)", "x[kept]")
def forgets_to_scale():
    """You leave what is kept as it is.

    Half of the numbers have to make up for all: on average the result is to be as large as x.
    """


@exercise.edit("x[kept] / (1 - rate)", "x[kept] * (1 - rate)")
def scales_down():
    """You multiply what is kept by 1 - rate, and so make it smaller still.

    Some are gone already. The others have to make up for them.
    """


@exercise.edit("x[kept] / (1 - rate)", "x[kept] / (rate or 1)")
def divides_by_the_rate():
    """You divide by the rate, which is the share that is dropped.

    It is the share that is kept, 1 - rate, that has to make up for all.
    """


@exercise.edit("return y", "return y[kept]")
def leaves_out_what_is_dropped():
    """You return only the numbers that are kept, in a row.

    `x[draws >= rate]` chooses them, and their places are gone. The result has the shape of x, with
    zeros where something was dropped.
    """


@exercise.edit("return y", "return y[kept] if rate < 1 else y")
def leaves_out_what_is_dropped_below_one():
    """You return only the numbers that are kept, in a row, unless the rate is 1.

    `x[draws >= rate]` chooses them, and their places are gone. The result has the shape of x, with
    zeros where something was dropped.
    """


@exercise.edit("kept = np.zeros_like(x), draws >= rate", "kept = np.zeros_like(x), draws >= 0")
def drops_nothing():
    """You scale all numbers, and drop none."""


@exercise.mistake
def takes_the_rate_for_what_is_kept(x, draws, rate):
    """You take the rate for the share that is kept.

    Some libraries did so once. Here it is the share that is dropped: a rate of 0.1 keeps nine in
    ten.
    """
    if not 0 <= rate <= 1:
        raise ValueError("the rate is no probability")
    return np.where(draws < rate, x / rate if rate else x, 0)


@exercise.mistake
def divides_by_the_share_that_happened(x, draws, rate):
    """You divide by the share of numbers that were kept in this call.

    It differs from draw to draw. What is expected is 1 - rate, and by that it is divided: then one
    number does not depend on the draws of the others.
    """
    if not 0 <= rate <= 1:
        raise ValueError("the rate is no probability")
    kept = draws >= rate
    return np.where(kept, x / x.dtype.type(kept.mean() or 1), 0)


@exercise.mistake
def drops_whole_rows(x, draws, rate):
    """You use the first draw of each row for all of the row.

    Every number has a draw of its own.
    """
    if x.ndim < 2:
        return dropout(x, draws, rate)
    return dropout(x, np.broadcast_to(draws[..., :1], x.shape), rate)


@exercise.mistake
def uses_one_row_of_draws(x, draws, rate):
    """You use the first row of draws for all rows, so that all lose the same features.

    Every number has a draw of its own.
    """
    if x.ndim < 2:
        return dropout(x, draws, rate)
    return dropout(x, np.broadcast_to(draws[..., :1, :], x.shape), rate)


@exercise.edit("return y", "return x * kept / (1 - rate)")
def divides_zero_by_zero():
    """You divide by 1 - rate where the rate is 1, and 0 / 0 is nan.

    Everything is dropped then, so the result is zeros. Look at that rate first.
    """


@exercise.edit("x[kept] / (1 - rate)", "x[kept] * (1 / (1 - rate))")
def divides_one_by_zero():
    """You divide 1 by 1 - rate where the rate is 1, and that is a division by zero.

    Everything is dropped then, so the result is zeros. Look at that rate first.
    """


@exercise.edit("return y", "return y if rate < 1 else x.copy()")
def keeps_all_at_a_rate_of_one():
    """You drop nothing where the rate is 1.

    With that rate every number is dropped.
    """


# Whatever words an error has, it is the same refusal: so these have none.
@exercise.edit(
    "if not 0 <= rate <= 1", "if rate == 1:\n        raise ValueError\n    if not 0 <= rate <= 1"
)
def refuses_a_rate_of_one():
    """You refuse a rate of 1.

    It is a probability: everything is dropped.
    """


@exercise.edit(
    "if not 0 <= rate <= 1", "if rate == 0:\n        raise ValueError\n    if not 0 <= rate <= 1"
)
def refuses_a_rate_of_zero():
    """You refuse a rate of 0.

    It is a probability: nothing is dropped.
    """


@exercise.edit(
    "if not 0 <= rate <= 1",
    "if rate in (0, 1):\n        raise ValueError\n    if not 0 <= rate <= 1",
)
def refuses_both_ends():
    """You refuse a rate of 0 and one of 1.

    Both are probabilities: with the first nothing is dropped, with the second everything.
    """


@exercise.edit("if not 0 <= rate <= 1", "if rate > 1")
def takes_rates_below_zero():
    """You take a rate below 0 without a word, and that is no probability: raise a ValueError."""


@exercise.edit("if not 0 <= rate <= 1", "if rate < 0")
def takes_rates_above_one():
    """You take a rate above 1 without a word, and that is no probability: raise a ValueError."""


@exercise.edit("if not 0 <= rate <= 1", "if False")
def takes_any_rate():
    """You take any rate.

    One below 0 or above 1 is no probability: raise a ValueError before anything else.
    """


@exercise.mistake
def drops_in_place(x, draws, rate):
    """Your result is right, but you write it into the caller's own array.

    `x[draws < rate] = 0` changes x for everybody who holds it. Make a new array, by np.where or by
    a copy.
    """
    result = dropout(x, draws, rate)
    x[...] = result
    return x


@exercise.mistake
def makes_zeros_in_place(x, draws, rate):
    """Your result is right, but you set numbers of the caller's own array to 0.

    `x[draws < rate] = 0` changes x for everybody who holds it. np.where makes a new array, and so
    does x.copy().
    """
    result = dropout(x, draws, rate)
    if rate < 1:
        x[draws < rate] = 0
    return result


@exercise.edit("np.zeros_like(x)", "np.zeros(x.shape)")
def loses_single_precision():
    """Your result is right, but float32 numbers come back as float64.

    np.zeros without a dtype is float64, and so is a mask that was turned into numbers or divided.
    np.zeros_like(x) has the type of x, and a mask can be used as it is.
    """
