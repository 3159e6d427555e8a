"""Warm-up: small steps at first, then the largest ones, then smaller and smaller ones.

The learning rate says how long a training step is. At the start the weights are random, and so are
the first gradients: long steps would lead anywhere. So the rate begins near 0 and rises in a
straight line for a while, the warm-up. From then on it falls, as 1 / sqrt(step): the closer one has
come, the shorter the steps. The transformer of 2017 was trained like this:

    rate  =  d_model^(-1/2) · min(step^(-1/2), step · warmup_steps^(-3/2))

    d_model = 4, warmup_steps = 4:  1/sqrt(4) = 1/2,  and  4^(-3/2) = 1/8

    step 1:   1/2 · min(1,   1/8)   =  0.0625
    step 2:   1/2 · min(0.71, 1/4)  =  0.125    it rises in a straight line
    step 4:   1/2 · min(1/2, 1/2)   =  0.25     the peak: both are equal
    step 16:  1/2 · min(1/4, 2)     =  0.125    four times the step: half

The smaller of the two is always the one that is meant: the line before the peak, the root after it.
A wider model takes shorter steps, which is what d_model is for. Steps are counted from 1.
"""

from grader.exercise import Exercise, inputs, view

exercise = Exercise(
    formulas={
        "rate ": (
            r"\text{rate} = d_{\text{model}}^{-1/2} \cdot"
            r" \min(\text{step}^{-1/2}, \text{step} \cdot \text{warmup\_steps}^{-3/2})"
        ),
    },
    tags={
        "warming": "after warm-up and wrong during it",
        "falling": "during warm-up and wrong after it",
        "wide": "for a width of 1 and wrong for others",
    },
    hints=[
        "Two curves, one that rises and one that falls. Where do they meet, and which of them"
        " counts on either side?",
        "1 / sqrt(step) is step ** -0.5. The brackets of (-1/2) matter: step ** -1 / 2 is something"
        " else.",
        "Try it at step = warmup_steps: both curves are to give the same number there. And at four"
        " times as many steps, the result is to be half as large.",
    ],
)


@exercise.reference
def warmup_rate(step, d_model, warmup_steps):
    """Return the learning rate of one training step.

    Parameters
    ----------
    step : int
        Which step this is; the first is 1.
    d_model : int
        The width of the model.
    warmup_steps : int
        The step at which the rate is highest, 1 or more.

    Returns
    -------
    rate : number
        Above 0.

    Notes
    -----
    Vaswani et al. 2017, section 5.3.
    """
    return d_model**-0.5 * min(step**-0.5, step * warmup_steps**-1.5)


exercise.equivalent(
    "step**-0.5, step * warmup_steps**-1.5",
    "step * warmup_steps**-1.5, step**-0.5",
    "The smaller of two is the same either way.",
)


@exercise.picture
def up_and_down():
    """The rate over the first 13,000 steps of a model of width 512, of which 4,000 are warm-up.

    A straight line up to the peak, and then a slow fall: it takes four times the steps of the peak
    until the rate is half as high.
    """
    steps = range(500, 13_001, 500)
    return [view(str(step), inputs(step, 512, 4000)) for step in steps]


@exercise.case
def the_first_step(rng):
    return inputs(1, 1, int(rng.integers(3, 9)))


@exercise.case(points=2, tags=("warming",))
def a_step_of_the_warm_up(rng):
    return inputs(int(rng.integers(4, 8)), 1, int(rng.integers(20, 30)))


@exercise.case(tags=("edge",))
def the_step_at_the_peak(rng):
    warmup_steps = int(rng.integers(5, 50))
    return inputs(warmup_steps, 1, warmup_steps)


@exercise.case(points=2, tags=("falling",))
def a_step_after_the_warm_up(rng):
    return inputs(int(rng.integers(30, 90)), 1, int(rng.integers(4, 9)))


@exercise.case(tags=("falling", "long"))
def a_step_long_after_the_warm_up(rng):
    return inputs(int(rng.integers(50_000, 90_000)), 1, int(rng.integers(300, 900)))


@exercise.case(tags=("falling", "edge"))
def a_warm_up_of_one_step(rng):
    return inputs(int(rng.integers(2, 9)), 1, 1)


@exercise.case(tags=("warming", "wide"))
def a_wide_model_that_warms_up(rng):
    return inputs(int(rng.integers(4, 8)), int(rng.integers(30, 60)), int(rng.integers(20, 30)))


@exercise.case(tags=("falling", "wide"))
def a_wide_model_after_the_warm_up(rng):
    return inputs(int(rng.integers(50, 99)), int(rng.integers(30, 60)), int(rng.integers(20, 30)))


@exercise.case(tags=("wide", "long"))
def the_model_of_the_paper(rng):
    return inputs(int(rng.integers(500, 3500)), 512, 4000)


@exercise.case(hidden=True, tags=("falling", "wide", "long"))
def a_larger_model_after_a_longer_warm_up(rng):
    return inputs(int(rng.integers(20_000, 90_000)), 1024, 16_000)


@exercise.edit("min(", "max(")
def takes_the_larger_one():
    """You take the larger of the two curves.

    That starts at the highest rate of all, falls, and then rises without an end. The smaller one
    rises first and falls later.
    """


@exercise.edit("min(step**-0.5, step * warmup_steps**-1.5)", "step * warmup_steps**-1.5")
def never_falls():
    """You let the rate rise for ever: after warm-up it has to fall.

    Which other curve is lower from then on?
    """


@exercise.edit("min(step**-0.5, step * warmup_steps**-1.5)", "step**-0.5")
def never_warms_up():
    """You get the falling curve everywhere, so the first step is the longest.

    A straight line from near 0 lies below it during warm-up. If you have one, it lies above the
    curve: is the power of warmup_steps below zero, and does the step multiply it?
    """


@exercise.edit(
    "min(step**-0.5, step * warmup_steps**-1.5)", "(step**-0.5 + step * warmup_steps**-1.5)"
)
def adds_the_two_curves():
    """You add the two curves. It is the smaller of the two that counts.

    After warm-up the line is the larger one, and their sum goes on rising with it.
    """


@exercise.edit("min(step**-0.5, ", "min(step**0.5, ")
def takes_a_root_that_rises():
    """You use the root of the step where 1 through that root is meant.

    The power is below zero: step ** -0.5 falls, and step ** 0.5 rises.
    """


@exercise.edit("min(step**-0.5, ", "min(step**-1.0, ")
def falls_as_one_over_the_step_itself():
    """You let the second curve fall as 1 / step. It is 1 / sqrt(step).

    At four times the step it is to be half as high, and not a quarter.
    """


@exercise.edit("d_model**-0.5 * min", "min")
def forgets_the_width():
    """You never use d_model.

    A wider model is to take shorter steps: the rate is divided by the root of its width.
    """


@exercise.edit("d_model**-0.5", "d_model**0.5")
def multiplies_by_the_root_of_the_width():
    """You multiply by the root of d_model, so that a wider model takes longer steps.

    The power is negative: it is to be divided by the root.
    """


@exercise.edit("d_model**-0.5", "d_model**-1")
def divides_by_the_width():
    """You divide by d_model itself, and not by its root."""


@exercise.edit("d_model**-0.5", "d_model**-1 / 2")
def halves_for_the_width():
    """You write d_model ** -1/2, and a power comes before a division: that is half of 1 / d_model.

    Brackets around -1/2, or -0.5, make it a root.
    """


@exercise.edit("min(step**-0.5", "min(step**-1 / 2")
def halves_for_the_step():
    """You write step ** -1/2, and a power comes before a division: that is half of 1 / step.

    Brackets around -1/2, or -0.5, make it a root.
    """


@exercise.edit("warmup_steps**-1.5", "warmup_steps**-3 / 2")
def halves_for_the_warm_up():
    """You write warmup_steps ** -3/2, and a power comes before a division.

    Brackets around -3/2, or -1.5, keep it together.
    """


@exercise.edit("step * warmup_steps**-1.5", "step * warmup_steps**-0.5")
def rises_too_steeply():
    """You multiply the step by warmup_steps ** -0.5, and the line is far too steep.

    At the peak, where step is warmup_steps, both curves have to be equal: step times which power
    of it is step ** -0.5?
    """


@exercise.edit("step * warmup_steps**-1.5", "step / warmup_steps")
def rises_to_one():
    """You let the line rise to 1 at the end of warm-up.

    The falling curve is at warmup_steps ** -0.5 by then. The two are to meet there, so the line is
    lower by that factor.
    """


@exercise.edit("step * warmup_steps**-1.5", "step**-1.5 * warmup_steps")
def exchanges_step_and_warm_up():
    """You take the power of the step, and multiply by warmup_steps.

    So it falls where it is to rise. In the line it is the step that is multiplied, by a number that
    depends on warmup_steps alone.
    """


@exercise.mistake
def stays_at_the_peak(step, d_model, warmup_steps):
    """You keep the rate of the peak after warm-up.

    From there on it falls: at four times the step it is half as high.
    """
    return warmup_rate(min(step, warmup_steps), d_model, warmup_steps)


@exercise.mistake
def peaks_at_one(step, d_model, warmup_steps):
    """You scale the curve so that its peak is 1.

    The shape is right. In the paper the peak is 1 / sqrt(d_model · warmup_steps).
    """
    return min(step / warmup_steps, (warmup_steps / step) ** 0.5)


@exercise.mistake
def falls_from_the_end_of_warm_up(step, d_model, warmup_steps):
    """You count the steps anew after warm-up, and the rate jumps there.

    The falling curve belongs to the step itself, counted from the start.
    """
    if step <= warmup_steps:
        return warmup_rate(step, d_model, warmup_steps)
    return d_model**-0.5 * (step - warmup_steps) ** -0.5


@exercise.mistake
def falls_as_one_over_the_step(step, d_model, warmup_steps):
    """You let the rate fall as 1 / step after warm-up, which is too fast.

    At four times the step of the peak it is to be half as high, and not a quarter.
    """
    peak = warmup_rate(warmup_steps, d_model, warmup_steps)
    return peak * min(step / warmup_steps, warmup_steps / step)


@exercise.mistake
def counts_from_zero(step, d_model, warmup_steps):
    """You add 1 to the step.

    Steps are counted from 1 already: the first one is step 1.
    """
    return warmup_rate(step + 1, d_model, warmup_steps)


@exercise.mistake
def subtracts_one_from_the_step(step, d_model, warmup_steps):
    """You subtract 1 from the step.

    Steps are counted from 1: the first one is step 1. With 0 in its place there would be no rate,
    or a division by zero.
    """
    return warmup_rate(step - 1, d_model, warmup_steps)


@exercise.mistake
def holds_the_first_step_twice(step, d_model, warmup_steps):
    """You subtract 1 from the step wherever it is above 1. Steps are counted from 1 already."""
    return warmup_rate(max(step - 1, 1), d_model, warmup_steps)


@exercise.edit("step * warmup_steps**-1.5", "(step - 1) * warmup_steps**-1.5")
def begins_the_line_at_zero():
    """You subtract 1 from the step in the line, so that the first step has no length at all.

    The line is step times a number, and the first step is 1.
    """


@exercise.edit("d_model**-0.5 * min(step**-0.5, ", "min(d_model**-0.5 * step**-0.5, ")
def leaves_the_width_out_of_the_line():
    """You divide only the falling curve by the root of d_model.

    The line is to be divided as well: brackets around the min.
    """
