"""Checkpointing: what can be computed again need not be kept.

The backward pass needs what each layer returned on the way forward. For L layers these are L
arrays, and for long texts they fill the memory. Gradient checkpointing keeps only the input of each
segment of layers, and computes the rest again when its turn comes:

    x -> [layer 1, layer 2] -> [layer 3, layer 4] -> [layer 5] -> y
    kept                    kept                  kept

    L = 5, segment = 2, so ceil(L / segment) = 3 arrays are kept

Here a layer is x_next = tanh(u) with u = x · w. Backward, the last segment comes first: its layers
run again from what was kept, then the gradient goes back through them, one after the other:

    grad_u = grad · (1 - x_next²)
    grad_w = xᵀ · grad_u           and grad_u · wᵀ goes to the layer before

    x = [1], w = [[0.5]], grad = [1]
        ->  x_next = tanh(0.5) = 0.462      grad_u = 1 - 0.214 = 0.786
            grad_w = [[0.786]]              0.393 goes further back

All vectors of a batch go through the same weights, so grad_w is summed over them. What `saved`
looks like is your own affair: a list, a tuple or a dict of at most ceil(L / segment) + 1 arrays.
The gradients are those that keeping everything would give; all that changes is memory, and time.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade checkpointing        (stuck? grader hint checkpointing)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.

import numpy as np


def forward_segments(x, weights, segment):
    """Run x through all layers, and keep what the way back cannot do without.

    Parameters
    ----------
    x : (..., d_0)
        Vectors.
    weights : list of (d_i, d_next)
        One matrix for each of L layers, 1 or more.
    segment : int
        How many layers a segment has; the last one may have fewer.

    Returns
    -------
    y : (..., d_L)
        What the last layer returns.
    saved : nest of arrays
        For backward_segments: at most ceil(L / segment) + 1 arrays, in lists, tuples or dicts.
    """
    raise NotImplementedError


def backward_segments(saved, weights, segment, grad):
    """Return the gradients of all weights.

    Parameters
    ----------
    saved : nest of arrays
        What your own forward_segments returned beside y.
    weights : list of (d_i, d_next)
        As forward_segments was called with them.
    segment : int
        As forward_segments was called with it.
    grad : (..., d_L)
        The gradient of the loss for y.

    Returns
    -------
    grads : list of (d_i, d_next)
        One for each matrix, first layer first; summed over all leading axes.

    Notes
    -----
    Chen et al. 2016.
    """
    raise NotImplementedError
