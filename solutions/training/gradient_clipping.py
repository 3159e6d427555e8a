"""Gradient clipping: a step may not be longer than so much, whatever one batch says.

A gradient tells every weight which way to go. Now and then one batch gives a gradient that is a
thousand times as long as usual, and a single step of that length throws away what was learned. So
before each step all gradients together are looked at as one long vector. If it is too long, every
number of it is multiplied by the same factor: the step is shorter, and goes the same way.

    norm    =  sqrt(sum of the squares of all numbers of all arrays)
    factor  =  min(1, max_norm / (norm + 1e-6))

    grads = {"w": [[3, 0], [0, 0]], "b": [4]}    norm = sqrt(9 + 16) = 5
    max_norm = 2.5  ->  factor 0.5  ->  {"w": [[1.5, 0], [0, 0]], "b": [2]}
    max_norm = 10   ->  factor 1    ->  nothing changes

    grads   a dict: name of a parameter -> its gradient, of any shape

The norm is one for the whole model. With a norm for each array, the arrays would be shortened by
different factors, and the step would point elsewhere; so it does when each number is cut off by
itself. The 1e-6, which PyTorch has too, is for gradients of nothing but zeros.
"""

import math

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.drawing import in_single_precision

exercise = Exercise(
    formulas={
        "norm ": r"\text{norm} = \sqrt{\textstyle\sum_{\text{arrays}} \sum_i g_i^2}",
        "factor ": r"\text{factor} = \min(1, \text{max\_norm} / (\text{norm} + 10^{-6}))",
    },
    tags={
        "several": "for a single array and wrong for several",
        "short": "where the gradient is too long and wrong where it is short enough",
    },
    hints=[
        "global_norm: the length of one long vector. Which sum goes under its root, and how often"
        " is a root taken?",
        "global_norm: add up the squares of each array, and then these sums; the root comes last,"
        " once. The shape of an array does not matter.",
        "clip_by_global_norm: one factor for everything. When is it 1?",
        "clip_by_global_norm: {name: grad * factor for name, grad in grads.items()} is a new dict"
        " with the same keys.",
        "A NumPy number of type float64 makes float64 of a float32 array. float(...) makes one of"
        " Python's own, which does not.",
    ],
)


def draw_grads(rng, **shapes):
    """Draw gradients so long that 1e-6 does not show beside their norm."""
    return {name: rng.normal(scale=20, size=shape).round() + 1 for name, shape in shapes.items()}


@exercise.reference
def global_norm(grads):
    """Return the length of all gradients together, as one long vector.

    Parameters
    ----------
    grads : dict of arrays
        One gradient for each parameter, of any shape.

    Returns
    -------
    norm : number
        The root of the sum of all squares.
    """
    return math.sqrt(sum((grad * grad).sum() for grad in grads.values()))


@exercise.case
def one_vector(rng):
    return inputs({"b": rng.normal(scale=5, size=3).round()})


@exercise.case
def one_number(rng):
    return inputs({"b": -rng.integers(3, 9, size=1).astype(float)})


@exercise.case(tags=("oblong",))
def one_matrix(rng):
    return inputs({"w": rng.normal(scale=5, size=(2, 3)).round()})


@exercise.case(points=2, tags=("several",))
def several_numbers_by_themselves(rng):
    signs = rng.choice([-1.0, 1.0], size=3)
    return inputs({name: k * signs[:1] for name, k in zip("abc", (2, 3, 6), strict=True)})


@exercise.case(tags=("several",))
def a_matrix_and_a_vector(rng):
    return inputs(draw_grads(rng, w=(3, 2), b=2))


@exercise.case(tags=("edge",))
def gradients_of_zeros(rng):
    return inputs({"w": np.zeros((2, 2)), "b": np.zeros(2)})


@exercise.case(tags=("several", "float32"))
def float32_gradients(rng):
    return inputs(in_single_precision(draw_grads(rng, w=(2, 3), b=3)))


@exercise.case(hidden=True, tags=("several", "oblong"))
def gradients_of_a_layer(rng):
    return inputs(draw_grads(rng, w_in=(4, 6), b_in=6, w_out=(6, 4), b_out=4, heads=(2, 3, 4)))


@exercise.mistake
def adds_up_the_norms(grads):
    """You add up the norms of the arrays.

    Lengths add up only for vectors that go the same way. Of one long vector the squares are added,
    and one root is taken of their sum.
    """
    return sum(float(np.linalg.norm(grad)) for grad in grads.values())


@exercise.mistake
def takes_the_longest(grads):
    """You return the norm of the longest array.

    The others lengthen the whole vector too: add up the squares of all.
    """
    return max(float(np.linalg.norm(grad)) for grad in grads.values())


@exercise.mistake
def averages_the_norms(grads):
    """You take the mean of the norms.

    The whole is at least as long as any part of it. Add up all squares, and take one root.
    """
    return sum(float(np.linalg.norm(grad)) for grad in grads.values()) / len(grads)


@exercise.mistake
def takes_one_array_only(grads):
    """You return the norm of a single array.

    Does a `return` stand inside the loop, or is the sum begun anew for each array? All arrays
    count.
    """
    return math.sqrt(float((next(iter(grads.values())) ** 2).sum()))


@exercise.mistake
def keeps_the_last_array_only(grads):
    """You return the norm of the last array.

    The sum is begun anew for each array: `=` replaces what was there, and `+=` adds to it.
    """
    return math.sqrt(float((next(reversed(grads.values())) ** 2).sum()))


@exercise.edit("math.sqrt(", "float(")
def forgets_the_root():
    """You return the sum of the squares.

    Twice the gradient would be four times as long. The root is missing.
    """


@exercise.edit("(grad * grad).sum()", "np.abs(grad).sum()")
def roots_magnitudes():
    """You add up absolute values below the root, and not squares."""


@exercise.mistake
def adds_up_magnitudes(grads):
    """You add up absolute values.

    That is another norm, as one walks along the streets of a town. The length of a vector is the
    root of the sum of its squares.
    """
    return float(sum(np.abs(grad).sum() for grad in grads.values()))


@exercise.edit("(grad * grad).sum()", "grad.sum() ** 2")
def squares_the_sum():
    """You square the sum of an array, and in a sum positive and negative numbers cancel.

    Square each number first, and then add up.
    """


@exercise.edit("(grad * grad).sum()", "(grad * grad).mean()")
def takes_means_of_squares():
    """You take the mean of the squares in each array.

    Then a large array counts no more than a small one. A length is made of sums.
    """


@exercise.mistake
def divides_by_the_count(grads):
    """You divide by how many numbers there are, under the root.

    That is the typical size of a number, and not the length of the vector.
    """
    squares = [float((grad * grad).sum()) for grad in grads.values()]
    return math.sqrt(sum(squares) / sum(grad.size for grad in grads.values()))


@exercise.mistake
def takes_the_largest_number(grads):
    """You return the largest absolute value.

    That is the maximum norm. Here the squares of all numbers are added, and a root is taken.
    """
    return float(max(np.abs(grad).max() for grad in grads.values()))


@exercise.mistake
def takes_the_spectral_norm(grads):
    """You take, for matrices, how much they can stretch a vector: np.linalg.norm(..., 2).

    Without the 2 it is the root of the sum of squares, for an array of any shape.
    """
    norms = [np.linalg.norm(grad, 2 if grad.ndim == 2 else None) for grad in grads.values()]
    return math.sqrt(sum(float(norm * norm) for norm in norms))


@exercise.mistake
def squares_in_place(grads):
    """Your norm is right, but you square the caller's own gradients on the way.

    `grad *= grad` writes into them, and they are still needed for the step.
    """
    for grad in grads.values():
        grad *= grad
    return math.sqrt(sum(float(grad.sum()) for grad in grads.values()))


@exercise.reference
def clip_by_global_norm(grads, max_norm):
    """Shorten all gradients by one factor, if together they are longer than `max_norm`.

    Parameters
    ----------
    grads : dict of arrays
        One gradient for each parameter, of any shape.
    max_norm : float
        Above 0.

    Returns
    -------
    clipped : dict of arrays
        The same keys, shapes and float types. What came in `grads` is left as it was.
    """
    factor = min(1.0, max_norm / (global_norm(grads) + 1e-6))
    return {name: grad * factor for name, grad in grads.items()}


exercise.equivalent("1e-6", None, "It is below what counts, beside the norms that are drawn.")
exercise.equivalent("+ 1e-6", "- 1e-6", "1e-6 is below what counts, and zeros stay zeros.")
exercise.equivalent(
    "1.0, max_norm / (global_norm(grads) + 1e-6)",
    "max_norm / (global_norm(grads) + 1e-6), 1.0",
    "The smaller of two is the same either way.",
)


@exercise.picture
def shorter_and_the_same_way():
    """What becomes of gradients that are 10 long together, the lower max_norm is.

    With max_norm = 20 they are short enough, and stay. Then every bar shrinks by the same factor,
    so the step goes the same way.
    """
    grads = {"w": np.array([[6.0, 2.0], [-3.0, 0.0]]), "b": np.array([-5.0, 4.0, 3.0, -1.0])}
    return [
        view(f"b, max_norm = {max_norm:g}", inputs(grads, max_norm), part=("b",))
        for max_norm in (20.0, 5.0, 2.0)
    ]


@exercise.case(points=2)
def a_long_vector(rng):
    return inputs({"b": rng.normal(scale=20, size=3).round() + 50}, 5.0)


@exercise.case(tags=("short",))
def a_short_vector(rng):
    return inputs({"b": rng.normal(scale=2, size=3).round(1)}, 100.0)


@exercise.case(tags=("several",))
def several_long_ones(rng):
    return inputs({"w": rng.normal(scale=20, size=(2, 3)).round() + 60, "b": np.full(3, 50.0)}, 7.0)


@exercise.case(tags=("several",))
def a_short_one_beside_a_long_one(rng):
    long, short = rng.normal(scale=20, size=(2, 2)).round() + 70, rng.normal(size=2).round(1) + 3
    return inputs({"short": short, "long": long}, 20.0)


@exercise.case(tags=("several",))
def each_of_them_short_and_all_together_long(rng):
    grads = {name: rng.choice([-10.0, 10.0], size=2) for name in "abcd"}
    return inputs(grads, 20.0)


@exercise.case(tags=("several", "short"))
def several_short_ones(rng):
    return inputs({name: rng.normal(size=2).round(1) for name in "ab"}, 90.0)


@exercise.case(tags=("edge", "short"))
def nothing_but_zeros(rng):
    return inputs({"w": np.zeros((2, 2)), "b": np.zeros(2)}, 1.0)


@exercise.case(tags=("several", "float32"))
def float32_gradients_that_are_long(rng):
    return inputs(in_single_precision(draw_grads(rng, w=(2, 3), b=3)), 2.0)


@exercise.case(hidden=True, tags=("several", "oblong"))
def a_layer_with_a_long_gradient(rng):
    return inputs(draw_grads(rng, w_in=(4, 6), b_in=6, w_out=(6, 4), b_out=4), 1.0)


@exercise.edit(
    "min(1.0, max_norm / (global_norm(grads) + 1e-6))", "max_norm / (global_norm(grads) + 1e-6)"
)
def lengthens_short_gradients():
    """You scale every gradient to the length max_norm, the short ones too.

    max_norm is an upper bound. What is short enough stays as it is.
    """


@exercise.edit("min(1.0,", "max(1.0,")
def takes_the_larger_factor():
    """You take the larger of 1 and the quotient.

    So long gradients stay as they are, and short ones are made longer. It is to be the other way
    round.
    """


@exercise.edit("max_norm / (global_norm(grads) + 1e-6)", "(global_norm(grads) + 1e-6) / max_norm")
def divides_the_wrong_way():
    """You divide the norm by max_norm.

    For a norm of 50 and a max_norm of 5 the factor is to be 1/10: multiplied by it, 50 becomes 5.
    """


@exercise.edit("max_norm / (global", "1.0 / (global")
def forgets_max_norm():
    """You scale long gradients to the length 1, whatever max_norm is."""


@exercise.mistake
def shortens_to_one(grads, max_norm):
    """You leave short gradients alone, and give long ones the length 1: max_norm is missing.

    Divided by the norm, a vector has length 1. It is to be as long as max_norm says.
    """
    norm = global_norm(grads)
    factor = 1.0 if norm <= max_norm else 1.0 / norm
    return {name: grad * factor for name, grad in grads.items()}


@exercise.edit("grad * factor", "grad / global_norm(grads)")
def makes_everything_as_long_as_one():
    """You give every gradient the length 1.

    Long ones are to be as long as max_norm says, and short ones stay as they are.
    """


@exercise.edit("(global_norm(grads) + 1e-6)", "global_norm(grads)")
def divides_by_a_norm_of_zero():
    """You divide by the norm, and where all gradients are zeros it is 0.

    The 1e-6 is there for that. Or ask first whether the norm is above max_norm: 0 never is.
    """


@exercise.mistake
def clips_each_array_by_itself(grads, max_norm):
    """You clip each array by its own norm.

    Then arrays are shortened by different factors, and the step goes another way; and many short
    ones may be too long together. One norm of all gives one factor for all.
    """
    clipped = {}
    for name, grad in grads.items():
        factor = min(1.0, max_norm / (float(np.linalg.norm(grad)) + 1e-6))
        clipped[name] = grad * factor
    return clipped


@exercise.mistake
def cuts_off_each_number(grads, max_norm):
    """You cut off each number at max_norm.

    The numbers below it stay, so the step goes another way. All are to be multiplied by the same
    factor.
    """
    return {name: np.clip(grad, -max_norm, max_norm) for name, grad in grads.items()}


@exercise.mistake
def leaves_short_arrays_alone(grads, max_norm):
    """You scale by one factor for all, but only the arrays that are too long by themselves.

    Whether to scale is a matter of the global norm too. Then all are scaled, the short ones as
    well.
    """
    factor = min(1.0, max_norm / (global_norm(grads) + 1e-6))
    return {
        name: grad * factor if np.linalg.norm(grad) > max_norm else grad.copy()
        for name, grad in grads.items()
    }


@exercise.mistake
def throws_long_gradients_away(grads, max_norm):
    """You return zeros where the gradient is too long.

    The way it points is still good to know. It is shortened, and not thrown away.
    """
    factor = 1.0 if global_norm(grads) <= max_norm else 0.0
    return {name: grad * factor for name, grad in grads.items()}


@exercise.edit(
    "min(1.0, max_norm / (global_norm(grads) + 1e-6))",
    "min(1.0, (max_norm / (global_norm(grads) + 1e-6)) ** 2)",
)
def compares_with_the_squared_norm():
    """You scale by the square of the quotient, as happens where a root is left out.

    After clipping, the norm is to be max_norm.
    """


@exercise.edit("grad * factor", "grad / factor")
def divides_by_the_factor():
    """You divide by the factor, which makes long gradients longer still."""


@exercise.edit(
    "{name: grad * factor for name, grad in grads.items()}",
    "[grad * factor for grad in grads.values()]",
)
def returns_a_list():
    """You return a list of arrays.

    Without the names nobody knows which gradient is whose: return a dict with the same keys.
    """


@exercise.edit("grads.items()}", "grads.items()}, global_norm(grads)")
def returns_the_norm_as_well():
    """You return the norm beside the gradients, and only the dict is wanted."""


@exercise.edit("{name: grad * factor for name, grad in grads.items()}", "grads")
def returns_what_came():
    """You return the gradients as they came.

    `grad = grad * factor` in a loop makes a new array and puts it nowhere. Build a new dict.
    """


@exercise.mistake
def scales_in_place(grads, max_norm):
    """Your gradients are right, but you write them into what belongs to the caller.

    `grads[name] = ...` changes the caller's dict, and `grad *= factor` the arrays in it. Whoever
    holds them loses what was there: put new arrays into a new dict.
    """
    factor = min(1.0, max_norm / (global_norm(grads) + 1e-6))
    for grad in grads.values():
        grad *= factor
    return grads


@exercise.edit("grad * factor", "grad * np.float64(factor)")
def loses_single_precision():
    """Your gradients are right, but float32 ones come back as float64.

    The factor is a float64 of NumPy's, as np.sqrt and np.linalg.norm may return it. float(...)
    makes one of Python's own, which leaves float32 as it is.
    """
