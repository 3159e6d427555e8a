"""Mixed precision: half the bytes, and a scale that keeps gradients from vanishing.

float16 takes half the memory of float32 and is computed with much faster. But it ends at 65504, and
below 0.00000006 there is only 0. Many gradients are smaller than that. So the loss is multiplied by
a large scale before the backward pass, and with it every gradient; before the step it is divided by
the scale again, in float32, where small numbers have room.

How large a scale? As large as it can be, and that is found out on the way:

    every gradient finite:   divide by the scale;  good_steps + 1.
                             At growth_interval: scale · 2, count from 0
    one of them inf or nan:  the scale was too large. No gradients (None);
                             scale / 2, count from 0

    growth_interval 2000, scale 1024.0, good_steps 5
    grads = {"w": [4, 8]} in float16
        ->  {"w": [0.00390625, 0.0078125]} in float32, 1024.0, 6
    grads = {"w": [4, inf]}   ->   None, 512.0, 0

Two things are easily done in the wrong order. First to float32, and then the division: in float16
the quotient would be 0 again, and a scale of 65536 is already infinite. And these gradients belong
to the scale that they were made with: a step that doubles the scale still divides by the old one.
"""

import numpy as np

from grader.exercise import Exercise, inputs, view
from solutions.drawing import in_single_precision

exercise = Exercise(
    atol=1e-10,  # unscaled gradients are tiny beside the scale, which is an input as well
    tags={
        "half": "for float32 gradients and wrong for float16 ones",
        "several": "for a single array and wrong for several",
        "overflow": "where all gradients are finite and wrong where one is not",
        "growing": "as long as the scale does not grow and wrong where it does",
    },
    hints=[
        "Are all numbers finite? np.isfinite asks each of them, .all() asks an array, and Python's"
        " all(...) asks the arrays of a dict.",
        "If one is not, everything is said: None, half the scale, and no good steps.",
        "Otherwise: grad.astype(np.float32) where grad.dtype is np.float16, and then the division"
        " by the scale as it was handed in.",
        "Count this step first, and compare then: the growth_interval-th good step doubles the"
        " scale and begins to count anew.",
    ],
)


@exercise.reference
def loss_scale_step(grads, scale, good_steps, growth_interval=2000):
    """Divide gradients by the loss scale, and say which scale comes next.

    Parameters
    ----------
    grads : dict of arrays
        One gradient for each parameter, all multiplied by the scale.
    scale : float
        What the loss was multiplied by.
    good_steps : int
        How many steps in a row had finite gradients since the scale last changed.
    growth_interval : int
        After so many of them the scale doubles.

    Returns
    -------
    unscaled : dict of arrays, or None
        Divided by the scale: float32 where they were float16, else of their own type. None where a
        number is infinite or nan: this step is left out.
    next_scale : float
        For the next step.
    next_good_steps : int
        For the next step.

    Notes
    -----
    Micikevicius et al. 2018; the numbers are those of PyTorch's GradScaler.
    """
    if not all(np.isfinite(grad).all() for grad in grads.values()):
        return None, scale / 2, 0
    unscaled = {name: _in_room(grad) / scale for name, grad in grads.items()}
    if good_steps + 1 < growth_interval:
        return unscaled, scale, good_steps + 1
    return unscaled, scale * 2, 0


def _in_room(grad):
    return grad.astype(np.float32) if grad.dtype == np.float16 else grad


@exercise.picture
def up_until_it_overflows():
    """The loss scale over 25 steps, of which five good ones in a row double it.

    It falls until the gradients fit into float16. Then it tries to rise every five steps, and falls
    back if that was too much. Half way through, training has come closer, and the gradients become
    smaller: there is room for a larger scale.
    """
    views, scale, good_steps = [], 32768.0, 0
    for step in range(1, 26):
        with np.errstate(over="ignore"):
            grads = {"w": np.float16([scale * (4.0 if step < 14 else 2.0)])}
        call = inputs(grads, scale, good_steps, growth_interval=5)
        views.append(view(str(step), call, part=(1,)))
        _, scale, good_steps = loss_scale_step(*call.args, **call.kwargs)
    return views


def draw_grads(rng, **shapes):
    """Draw scaled gradients that are not zero."""
    signs = (-1.0, 1.0)
    return {
        name: rng.integers(1, 200, size=shape) * rng.choice(signs, size=shape) / 2
        for name, shape in shapes.items()
    }


def in_half_precision(grads):
    """Return gradients as float16."""
    return {name: grad.astype(np.float16) for name, grad in grads.items()}


@exercise.case(points=2)
def a_good_step(rng):
    return inputs(draw_grads(rng, w=3), 8.0, int(rng.integers(3, 90)))


@exercise.case(tags=("edge",))
def the_first_step(rng):
    return inputs(draw_grads(rng, w=3), 8.0, 0)


@exercise.case(tags=("float32",))
def a_good_step_in_float32(rng):
    return inputs(in_single_precision(draw_grads(rng, w=(2, 2))), 1024.0, 7)


@exercise.case(tags=("several",))
def several_gradients(rng):
    return inputs(draw_grads(rng, w=(2, 3), b=3), 64.0, int(rng.integers(3, 90)))


@exercise.case(points=2, tags=("half",))
def float16_gradients(rng):
    return inputs(in_half_precision(draw_grads(rng, w=(2, 3), b=3)), 1024.0, 7)


@exercise.case(tags=("half", "small"))
def gradients_that_are_too_small_for_float16(rng):
    grads = {"w": np.float16(0.01 * rng.integers(1, 9, size=3))}
    return inputs(grads, 32768.0, 7)


@exercise.case(tags=("half", "large"))
def a_scale_that_is_too_large_for_float16(rng):
    return inputs(in_half_precision(draw_grads(rng, w=3)), 131072.0, 7)


@exercise.case(tags=("half", "large"))
def gradients_whose_sum_is_too_large_for_float16(rng):
    return inputs({"w": np.float16(rng.integers(40_000, 60_000, size=4))}, 1024.0, 7)


@exercise.case(points=2, tags=("overflow",))
def an_infinite_gradient(rng):
    grads = draw_grads(rng, w=3)
    grads["w"][rng.integers(3)] = np.inf
    return inputs(grads, 1024.0, 7)


@exercise.case(tags=("overflow",))
def an_infinite_gradient_below_zero(rng):
    grads = draw_grads(rng, w=3)
    grads["w"][rng.integers(3)] = -np.inf
    return inputs(grads, 1024.0, 0)


@exercise.case(tags=("overflow",))
def a_gradient_that_is_no_number(rng):
    grads = draw_grads(rng, w=3)
    grads["w"][rng.integers(3)] = np.nan
    return inputs(grads, 1024.0, 7)


@exercise.case(tags=("overflow", "several"))
def an_infinite_gradient_in_the_last_array(rng):
    grads = draw_grads(rng, w=(2, 3), b=3)
    grads["b"][0] = np.inf
    return inputs(grads, 1024.0, 7)


@exercise.case(tags=("overflow", "several"))
def an_infinite_gradient_in_the_first_array(rng):
    grads = draw_grads(rng, w=(2, 3), b=3)
    grads["w"][1, 1] = -np.inf
    return inputs(grads, 1024.0, 7)


@exercise.case(tags=("overflow", "half"))
def a_scale_of_one_is_halved_too(rng):
    grads = in_half_precision(draw_grads(rng, w=3))
    grads["w"][0] = np.inf
    return inputs(grads, 1.0, 7)


@exercise.case
def one_step_before_the_scale_grows(rng):
    return inputs(draw_grads(rng, w=3), 8.0, 1998)


@exercise.case(tags=("growing",))
def the_step_that_lets_the_scale_grow(rng):
    return inputs(draw_grads(rng, w=3), 8.0, 1999)


@exercise.case(tags=("growing", "option"))
def a_shorter_interval(rng):
    return inputs(draw_grads(rng, w=3), 8.0, 49, growth_interval=50)


@exercise.case(tags=("option",))
def one_step_before_the_end_of_a_shorter_interval(rng):
    return inputs(draw_grads(rng, w=3), 8.0, 48, growth_interval=50)


@exercise.case(tags=("growing", "option", "edge"))
def an_interval_of_one_step(rng):
    return inputs(draw_grads(rng, w=3), 8.0, 0, growth_interval=1)


@exercise.case(tags=("overflow", "option"))
def an_infinite_gradient_instead_of_growth(rng):
    grads = draw_grads(rng, w=3)
    grads["w"][1] = np.inf
    return inputs(grads, 8.0, 49, growth_interval=50)


@exercise.case(hidden=True, tags=("half", "several", "growing", "option"))
def a_layer_at_the_end_of_an_interval(rng):
    grads = in_half_precision(draw_grads(rng, w_in=(4, 6), b_in=6, w_out=(6, 4), b_out=4))
    return inputs(grads, 65536.0, 9, growth_interval=10)


@exercise.edit("_in_room(grad) / scale", "_in_room(grad / scale)")
def divides_in_half_precision():
    """You divide while the gradients are float16.

    So the small ones become 0, and a large scale is inf in float16. Convert to float32 first.
    """


@exercise.edit("_in_room(grad) / scale", "_in_room(grad)")
def forgets_to_divide():
    """You return the gradients as they came, times the scale.

    The step would be thousands of times too long. Divide by the scale.
    """


@exercise.edit("_in_room(grad) / scale", "_in_room(grad) * scale")
def multiplies_by_the_scale():
    """You multiply by the scale once more. The loss was multiplied by it: divide."""


@exercise.edit("_in_room(grad) / scale", "_in_room(grad) / np.float64(scale)")
def loses_single_precision():
    """Your gradients are right, but float32 ones come back as float64.

    The scale has become a float64 of NumPy's on the way, or the gradients have been converted to
    float64. A number of Python's own leaves float32 as it is.
    """


@exercise.mistake
def divides_by_the_next_scale(grads, scale, good_steps, growth_interval=2000):
    """You double the scale first, and divide by the new one.

    These gradients were multiplied by the scale that was handed in.
    """
    unscaled, next_scale, count = loss_scale_step(grads, scale, good_steps, growth_interval)
    if unscaled is not None:
        unscaled = {name: grad * (scale / next_scale) for name, grad in unscaled.items()}
    return unscaled, next_scale, count


@exercise.edit("np.isfinite(grad).all()", "not np.isnan(grad).any()")
def looks_for_nan_only():
    """You look for nan only, and take infinite gradients for good ones."""


@exercise.edit("np.isfinite(grad).all()", "not np.isinf(grad).any()")
def looks_for_infinities_only():
    """You look for infinities only, and take nan for a good gradient."""


@exercise.edit("np.isfinite(grad).all()", "not (grad == np.inf).any()")
def looks_above_zero_only():
    """You look for inf only: -inf and nan are no good gradients, either."""


@exercise.edit("np.isfinite(grad).all()", "np.isfinite(grad.sum())")
def looks_at_the_sum():
    """You ask whether the sum is finite.

    In float16 a sum of good gradients may be too large. Ask each number.
    """


@exercise.edit("np.isfinite(grad).all()", "np.isfinite(grad).any()")
def needs_one_good_number():
    """You are content with one finite number in an array. One that is not spoils the step."""


@exercise.edit("if not all(", "if not any(")
def needs_one_good_array():
    """You are content with one array of finite numbers. All of them have to be."""


@exercise.edit("in grads.values())", "in list(grads.values())[:1])")
def looks_at_the_first_array():
    """You look at the first array only.

    Does a `return` stand inside the loop?
    """


@exercise.mistake
def leaves_bad_arrays_out(grads, scale, good_steps, growth_interval=2000):
    """You leave out the arrays that are not finite, and return the others.

    The whole step is left out: None. The others came from the same backward pass, with the same
    overflow in it.
    """
    good = {name: grad for name, grad in grads.items() if np.isfinite(grad).all()}
    unscaled, next_scale, count = loss_scale_step(good, scale, good_steps, growth_interval)
    return (unscaled, next_scale, count) if len(good) == len(grads) else (unscaled, scale / 2, 0)


@exercise.mistake
def makes_zeros_of_bad_numbers(grads, scale, good_steps, growth_interval=2000):
    """You put zeros in the place of what is not finite, and go on.

    A weight with a huge gradient would then be treated as if it had none. The whole step is left
    out: None.
    """
    good = {n: np.where(np.isfinite(g), g, g.dtype.type(0)) for n, g in grads.items()}
    unscaled, next_scale, count = loss_scale_step(good, scale, good_steps, growth_interval)
    is_good = all(np.isfinite(grad).all() for grad in grads.values())
    return (unscaled, next_scale, count) if is_good else (unscaled, scale / 2, 0)


@exercise.edit("return None, scale / 2, 0", "return {}, scale / 2, 0")
def returns_an_empty_dict():
    """You return an empty dict for a step that is left out. None says so."""


@exercise.edit("return None, scale / 2, 0", "return grads, scale / 2, 0")
def returns_bad_gradients():
    """You halve the scale, and return the gradients all the same.

    A step that is left out has None.
    """


@exercise.edit("return None, scale / 2, 0", "return None, scale, 0")
def keeps_a_scale_that_is_too_large():
    """You leave the step out and keep the scale. It was too large: halve it."""


@exercise.edit("return None, scale / 2, 0", "return None, scale * 2, 0")
def raises_a_scale_that_is_too_large():
    """You double the scale after an overflow. It was too large already: halve it."""


@exercise.edit("return None, scale / 2, 0", "return None, max(scale / 2, 1.0), 0")
def stops_at_a_scale_of_one():
    """You let the scale never fall below 1. Nothing says so: gradients may be too large as well."""


@exercise.edit("return None, scale / 2, 0", "return None, scale / 2, good_steps")
def keeps_the_count_after_an_overflow():
    """You keep counting where an overflow was. Good steps are counted in a row: from 0 again."""


@exercise.edit("return None, scale / 2, 0", "return None, scale / 2, good_steps + 1")
def counts_an_overflow_as_good():
    """You count a step with an overflow as a good one. The count starts anew: 0."""


@exercise.edit("good_steps + 1 < growth_interval", "good_steps < growth_interval")
def does_not_grow_in_time():
    """You do not double the scale with the growth_interval-th good step.

    Is this step counted before the comparison, and is "as many" enough?
    """


@exercise.edit("good_steps + 1 < growth_interval", "good_steps + 2 < growth_interval")
def grows_one_step_early():
    """You double the scale one step early: this step is counted twice.

    It is the growth_interval-th good step that doubles it.
    """


@exercise.edit("growth_interval:", "2000:")
def ignores_the_interval():
    """You let the scale grow after 2000 good steps, whatever growth_interval is."""


@exercise.edit("return unscaled, scale * 2, 0", "return unscaled, scale * 2, good_steps + 1")
def goes_on_counting_after_growth():
    """You double the scale and go on counting. The next interval begins with 0."""


@exercise.edit("return unscaled, scale * 2, 0", "return unscaled, scale * 2, 1")
def begins_to_count_at_one():
    """You double the scale and count this step for the next interval, which begins with 0."""


@exercise.edit("return unscaled, scale, good_steps + 1", "return unscaled, scale, good_steps")
def does_not_count():
    """You return the count as it came, and this was a good step: add 1."""


@exercise.mistake
def divides_in_place(grads, scale, good_steps, growth_interval=2000):
    """Your results are right, but you write into the caller's own dict.

    `grads[name] = ...` and `grad /= scale` change what others still hold. Build a new dict.
    """
    result = loss_scale_step(grads, scale, good_steps, growth_interval)
    if result[0] is not None:
        grads.update(result[0])
        return grads, *result[1:]
    return result
