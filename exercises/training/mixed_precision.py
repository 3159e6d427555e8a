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

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade mixed_precision        (stuck? grader hint mixed_precision)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.

import numpy as np


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
    raise NotImplementedError
