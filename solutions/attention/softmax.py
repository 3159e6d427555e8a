"""Softmax: scores become weights that sum to one.

Attention lets one word (the query) look at all words of a sentence (their keys). Each comparison
gives a score, and softmax turns the query's row of scores into weights: none negative, together 1,
the largest score with the largest weight. What the words have to say, their values, is later mixed
in these proportions.

    weights_i = exp(scores_i) / (sum over j of exp(scores_j))

    [0, ln 3]  ->  [1, 3] / 4  =  [0.25, 0.75]          ln 3 is np.log(3)

    scores   (..., n)   any real numbers, or -inf for "never"
    weights  (..., n)   each in [0, 1]; every slice along `axis` sums to 1
                        (for a table and axis=-1: every row)

One trap hides in the formula. float64 ends at about 1.8e308, so exp(710) is already infinite,
and inf / inf is nan; in float32 it happens from exp(89) on. The weights stay the same when you
subtract the same number c from every score of a row: exp(s - c) is exp(s) / exp(c), and exp(c)
cancels. So you may choose the number that keeps exp small.
"""

import numpy as np

from grader.exercise import Exercise, inputs, view

exercise = Exercise(
    tags={"whole_numbers": "unless the scores are whole numbers"},
    formulas={"weights_i": r"w_i = \frac{\exp(s_i)}{\sum_j \exp(s_j)}, \quad s = \text{scores}"},
    hints=[
        "exp(0) is 1, and never too large. Which score of a row should become 0, so that none"
        " is above it?",
        "After the subtraction the largest score should be 0. Take the maximum along `axis`,"
        " and keep that axis (keepdims) so that it lines up with the scores.",
        "Three lines: shift by the maximum along the axis, exponentiate, divide by the sum"
        " along the same axis. The maximum and the sum both keep the axis.",
    ],
)


@exercise.reference
def softmax(scores, axis=-1):
    """Turn scores into weights that sum to one along `axis`.

    Parameters
    ----------
    scores : (..., n)
        Any finite numbers; -inf weighs exactly 0 beside finite ones. A slice of nothing but -inf
        does not occur.
    axis : int
        The axis that is normalised.

    Returns
    -------
    weights : (..., n)
        Of the shape and the float type of `scores`; float64 where those are integers.

    Notes
    -----
    Formula: Vaswani et al. 2017, section 3.2.1, where it turns scores into attention weights.
    """
    shifted = scores - scores.max(axis=axis, keepdims=True)  # same weights, no overflow
    weights = np.exp(shifted)
    return weights / weights.sum(axis=axis, keepdims=True)


@exercise.picture
def temperature():
    """The same scores, divided by a temperature before softmax.

    A low one hands nearly everything to the largest score; a high one shares out almost equally.
    The order of the weights never changes.
    """
    scores = np.array([2.0, 1.0, 0.5, -1.0])
    return [view(f"temperature {t}", inputs(scores / t), columns=scores) for t in (0.25, 1.0, 4.0)]


@exercise.case
def equal_scores_share_equally(rng):
    return inputs(np.zeros(4))


@exercise.case
def two_scores(rng):
    return inputs(rng.normal(size=2).round(1))


@exercise.case
def as_many_rows_as_columns(rng):
    return inputs(rng.normal(size=(3, 3)).round(1))


@exercise.case(tags=("oblong",))
def every_row_sums_to_one(rng):
    return inputs(rng.normal(size=(3, 4)).round(1))


@exercise.case(tags=("whole_numbers",))
def whole_numbers_as_scores(rng):
    return inputs(rng.permutation([-1, 0, 2, 3]))


@exercise.case(tags=("batch",))
def one_batch_axis(rng):
    return inputs(rng.normal(size=(2, 3, 4)).round(1))


@exercise.case(tags=("batch",))
def leading_batch_axes(rng):
    return inputs(rng.normal(size=(2, 3, 4, 5)))


@exercise.case(tags=("option",))
def equal_scores_along_the_first_axis(rng):
    return inputs(np.full((3, 4), float(rng.integers(-3, 4))), axis=0)


@exercise.case(tags=("option",))
def first_axis(rng):
    return inputs(rng.normal(size=(3, 4)).round(1), axis=0)


@exercise.case(tags=("batch", "option"))
def axis_in_the_middle(rng):
    return inputs(rng.normal(size=(2, 3, 4)), axis=1)


@exercise.case(tags=("batch", "option", "negative_axis"))
def second_axis_from_the_end(rng):
    return inputs(rng.normal(size=(2, 3, 4)), axis=-2)


@exercise.case(tags=("large",))
def large_scores_stay_finite(rng):
    return inputs(np.array([1000.0, 1001.0, 999.0]) + rng.normal(size=3).round(1))


@exercise.case(tags=("large",))
def very_negative_scores(rng):
    return inputs(rng.normal(size=3).round(1) - 10_000.0)


@exercise.case(tags=("large",))
def scores_far_apart_in_one_row(rng):
    return inputs(np.array([-5000.0, 3000.0, 3000.5, -4900.0]) + rng.normal(size=4).round(1))


@exercise.case(tags=("large",))
def rows_far_apart(rng):
    return inputs(rng.normal(size=(3, 4)).round(1) + np.array([[0.0], [2000.0], [-2000.0]]))


@exercise.case(tags=("infinite",))
def minus_infinity_weighs_nothing(rng):
    scores = rng.normal(size=4).round(1)
    scores[:2] = -np.inf
    return inputs(scores)


@exercise.case(tags=("large", "infinite"))
def minus_infinity_beside_scores_far_below_zero(rng):
    scores = rng.normal(size=4).round(1) - 5000.0
    scores[0] = -np.inf
    return inputs(scores)


@exercise.case(tags=("float32",))
def float32_inputs(rng):
    return inputs(rng.normal(size=6).astype(np.float32))


@exercise.case(tags=("float32", "large"))
def float32_inputs_around_one_hundred(rng):
    return inputs((rng.normal(size=3).round(1) + 100.0).astype(np.float32))


@exercise.case(tags=("float32", "large", "rounding"))
def float32_inputs_around_five_thousand(rng):
    return inputs((rng.normal(size=3).round(1) + 5000.0).astype(np.float32))


@exercise.case(hidden=True, tags=("batch", "option", "large", "infinite"))
def everything_at_once(rng):
    scores = rng.normal(size=(2, 5, 4)) + np.array([[[2000.0]], [[-2000.0]]])
    scores[:, 1] = -np.inf
    return inputs(scores, axis=1)


@exercise.edit("np.exp(shifted)", "np.exp(scores)")
def exponentiates_without_shifting():
    """You exponentiate the scores as they are.

    exp(1000) is inf, and inf / inf is nan; with very negative scores every exp is 0, and 0 / 0 is
    nan too. What can you subtract from a whole row of scores without changing its weights?
    """


@exercise.edit("weights.sum(axis=axis, keepdims=True)", "weights.sum()")
def normalises_the_whole_array():
    """You divide by the sum of the whole array, so all weights together sum to 1.

    Each slice along `axis` is a choice of its own: sum along that axis only, and keep it.
    """


@exercise.mistake
def takes_the_whole_array_for_one_row(scores, axis=-1):
    """You take the maximum and the sum of the whole array, so all weights together sum to 1.

    That is right for a single row only. Each slice along `axis` is a choice of its own, so both
    steps have to know the axis, and keep it.
    """
    weights = np.exp(scores - scores.max())
    return weights / weights.sum()


@exercise.mistake
def neither_shifts_nor_takes_the_axis(scores, axis=-1):
    """You divide np.exp(scores) by its sum over the whole array, without shifting.

    Two things are missing. Large scores make inf / inf, which is nan, unless something is
    subtracted from them first; and each slice along `axis` should sum to 1 by itself.
    """
    return np.exp(scores) / np.exp(scores).sum()


@exercise.edit("weights.sum(axis=axis, keepdims=True)", "weights.sum(axis=axis)")
def lets_go_of_the_axis():
    """You take the maximum or the sum without keepdims, and the axis is gone.

    Shapes line up from the right, so (3, 4) and (3,) do not fit together; in a square table they
    fit by accident, and row i meets the numbers of all rows. The axis has to stay, of length 1.
    """


@exercise.edit("weights.sum(axis=axis, keepdims=True)", "sum(weights)")
def adds_up_with_the_sum_of_python():
    """You add up with Python's own `sum`, which goes along the first axis, whatever `axis` says.

    It fits a single row. Of a table it adds whole rows to each other, so that the columns come out
    as 1. NumPy's sum can be told the axis, and to keep it.
    """


@exercise.edit("weights.sum(axis=axis, keepdims=True)", "weights.sum(axis=-1, keepdims=True)")
def sums_along_the_last_axis_only():
    """You take the maximum along `axis`, but the sum along the last axis.

    By default that is the same one. Where another axis is asked for, it is the slices along that
    one which have to sum to 1.
    """


@exercise.edit("scores.max(axis=axis, keepdims=True)", "scores.max(axis=-1, keepdims=True)")
def shifts_along_the_last_axis_only():
    """You take the sum along `axis`, but the maximum along the last axis.

    A shift cancels only if all scores that share one sum are shifted by the same number. Along any
    other axis yours are not.
    """


@exercise.mistake
def lets_go_of_the_axis_twice(scores, axis=-1):
    """You take the maximum and the sum without keepdims, and the axis is gone.

    Shapes line up from the right, so (3, 4) and (3,) do not fit together; in a square table they
    fit by accident, and row i meets the numbers of all rows. The axis has to stay, of length 1.
    """
    weights = np.exp(scores - scores.max(axis=axis))
    return weights / weights.sum(axis=axis)


@exercise.mistake
def goes_through_the_rows_of_a_table(scores, axis=-1):
    """You go through the first axis and take what is there for one row, which fits a table only.

    A single row falls apart into numbers, and in a batch whole tables are taken for one row. The
    functions of NumPy take an `axis`, whatever number of axes there are.
    """
    weights = np.zeros(scores.shape, np.result_type(scores, np.float32))
    for i, row in enumerate(scores):
        weights[i] = np.exp(row - row.max()) / np.exp(row - row.max()).sum()
    return weights


@exercise.edit("scores.max(axis=axis, keepdims=True)", "scores.max(axis=axis)")
def lets_go_of_the_axis_of_the_maximum():
    """You take the maximum without keepdims, and only the sum keeps its axis.

    Shapes line up from the right, so row i of a square table is shifted by the maxima of all rows,
    a different one in each column, and that does not cancel. The axis has to stay, of length 1.
    """


@exercise.mistake
def puts_the_axis_back_at_the_end(scores, axis=-1):
    """You put the axis that was summed away back at the end, where it fits axis=-1 only.

    `[..., None]` always makes a last axis. Along any other axis the maxima and the sums line up
    with the wrong scores. keepdims leaves the axis where it was.
    """
    weights = np.exp(scores - scores.max(axis=axis)[..., None])
    return weights / weights.sum(axis=axis)[..., None]


@exercise.mistake
def transposes_to_line_up(scores, axis=-1):
    """You transpose so that rows and their maxima line up, and that fits a table only.

    `.T` reverses all axes: batch axes end up on the wrong side, and along another axis than the
    last nothing lines up. keepdims makes it work for any number of axes.
    """
    weights = np.exp((scores.T - scores.max(axis=axis)).T)
    return (weights.T / weights.sum(axis=axis)).T


@exercise.edit(
    "shifted = scores - scores.max(axis=axis, keepdims=True)", "shifted = np.clip(scores, -80, 80)"
)
def clips_large_scores():
    """You clip the scores so that exp stays small, and two large scores become equal.

    1000 and 1001 must not weigh the same. What can you do to a whole row of scores that makes them
    small and leaves their differences as they are?
    """


@exercise.mistake
def fills_an_array_like_the_scores(scores, axis=-1):
    """You collect the weights in an array like the scores, and integers cannot hold them.

    np.zeros_like takes over the dtype. Scores that are whole numbers make an integer array, and
    every weight below 1 that is put there becomes 0.
    """
    weights = np.zeros_like(scores)
    weights[...] = softmax(scores, axis=axis)
    return weights


@exercise.edit("scores.max(", "scores.mean(")
def shifts_by_another_than_the_largest():
    """You shift by a number of the row, but not by its largest: its first, its mean, its smallest.

    A score that lies more than 709 (88 in float32) above that number still overflows, and one score
    of -inf spoils a mean and a minimum. After which shift is no score above 0?
    """


@exercise.edit("scores.max(axis=axis, keepdims=True)", "np.take(scores, [0], axis=axis)")
def shifts_by_the_first():
    """You shift by the first score of each slice, and another one may be far above it.

    A score that lies more than 709 (88 in float32) above that number still overflows, and where the
    first is -inf there is nothing to shift by. After which shift is no score above 0?
    """


@exercise.edit("scores - scores.max", "scores / scores.max")
def divides_by_the_largest():
    """You divide the scores by the largest, and that changes how far apart they are.

    Softmax is about differences: a shift leaves them as they are, a factor does not, and a negative
    maximum even turns the order round. What can you subtract instead?
    """


@exercise.edit("scores.max(", "np.abs(scores).max(")
def shifts_by_the_largest_magnitude():
    """You subtract the largest absolute value, and that need not be the largest score.

    Where all scores are far below zero, it pushes them down even further: every exp is 0, and 0 / 0
    is nan. After the shift the largest score itself has to be 0.
    """


@exercise.edit("scores.max(", "np.where(np.isinf(scores), 0, np.abs(scores)).max(")
def shifts_by_the_largest_finite_magnitude():
    """You subtract the largest absolute value, and that need not be the largest score.

    Where all scores are far below zero, it pushes them down even further: every exp is 0, and 0 / 0
    is nan. After the shift the largest score itself has to be 0.
    """


@exercise.edit("scores.max(axis=axis, keepdims=True)", "scores.max()")
def shifts_by_the_largest_of_all():
    """You shift every score by the maximum of the whole array.

    A row that lies far below that maximum underflows: every exp in it is 0, and 0 / 0 is nan. Each
    slice along `axis` needs a maximum of its own.
    """


@exercise.mistake
def always_takes_the_last_axis(scores, axis=-1):
    """You normalise along the last axis, whatever `axis` says.

    The last one is only the default. Both the maximum and the sum have to know the axis asked for.
    """
    return softmax(scores, axis=-1)


@exercise.mistake
def always_takes_the_first_axis(scores, axis=-1):
    """You normalise along the first axis, so columns sum to 1 and not rows.

    `axis` says which axis it is, and by default it is the last: one row of scores is one query.
    """
    return softmax(scores, axis=0)


@exercise.mistake
def always_takes_axis_one(scores, axis=-1):
    """You normalise along axis 1, whatever `axis` says.

    In a table of scores that is the last axis. A single row has no axis 1, and with batch axes in
    front it is another one. Both the maximum and the sum have to know the axis asked for.
    """
    return softmax(scores, axis=1)


@exercise.edit("weights.sum(", "weights.mean(")
def divides_by_the_mean():
    """You divide by the mean of the exponentials, so every slice sums to its length and not to 1.

    By what do you divide shares for them to make 1 in all?
    """


@exercise.edit(
    "weights.sum(axis=axis, keepdims=True)", "np.linalg.norm(weights, axis=axis, keepdims=True)"
)
def divides_by_the_euclidean_length():
    """You divide by the Euclidean length, the root of the sum of squares.

    Then it is the squares that sum to 1. Weights are shares: they sum to 1 themselves.
    """


@exercise.mistake
def returns_logarithms(scores, axis=-1):
    """You return the logarithms of the weights, as log-softmax does.

    They are what a loss works with, and none is above 0. Weights are wanted here: positive, and
    together 1.
    """
    shifted = scores - scores.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


@exercise.edit("np.exp(", "np.exp2(")
def raises_two_instead_of_e():
    """You raise 2 to the power of each score, and not e.

    The formula has exp, whose base is e = 2.718... With another base the weights come out flatter
    or steeper.
    """


@exercise.edit("weights / weights.sum(axis=axis, keepdims=True)", "weights")
def forgets_to_normalise():
    """You return the exponentials themselves, before they are made to sum to 1.

    None is negative, and what is left is to divide by their sum.
    """


@exercise.mistake
def shifts_in_place(scores, axis=-1):
    """Your weights are right, but you change the caller's own array on the way.

    `scores -= ...` writes into it, and whoever called you still needs those scores. An operation
    without the `=` makes a new array.
    """
    scores -= scores.max(axis=axis, keepdims=True)
    weights = np.exp(scores)
    return weights / weights.sum(axis=axis, keepdims=True)


@exercise.mistake
def computes_in_the_array_of_the_caller(scores, axis=-1):
    """You compute the weights in the caller's own array, so the scores are gone.

    Whoever called you still needs them, and an array of whole numbers cannot even hold a weight.
    `out=`, `-=` and `/=` write into what was there; without them NumPy makes a new array.
    """
    scores -= scores.max(axis=axis, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=axis, keepdims=True)
    return scores


@exercise.mistake
def loses_single_precision(scores, axis=-1):
    """Your weights are right, but float32 scores come back as float64.

    Something in between is float64: a conversion, or an array made without a dtype. A model in
    float32 would from here on take twice the memory.
    """
    return softmax(scores.astype(np.float64), axis=axis)


@exercise.mistake
def leaves_the_axis_at_the_end(scores, axis=-1):
    """You move the axis to the end, and do not move it back.

    The weights then stand in another order. Callers expect each at the place of its score.
    """
    return np.moveaxis(softmax(scores, axis), axis, -1)


@exercise.edit(
    "weights / weights.sum(axis=axis, keepdims=True)",
    "weights / (1 + weights.sum(axis=axis, keepdims=True))",
)
def adds_one_to_the_sum():
    """You add 1 to the sum that you divide by, so the weights sum to less than 1.

    Some later models do that, to let a head look at nothing. Here the weights of a row sum to 1:
    what are they divided by?
    """
