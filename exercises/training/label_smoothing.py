"""Label smoothing: a model is not asked to be surer than it can be.

Cross-entropy has the target 1 for the right class and 0 for all others. A softmax never gets there:
it would take infinite logits, and training pushes them up for ever. Label smoothing takes a little
from the right class, epsilon, and spreads it evenly over all V classes, the right one included:

    target_i  =  (1 - epsilon) · [1 if i is right, else 0]  +  epsilon / V

    V = 4, epsilon = 0.2, class 1 is right   ->   [0.05, 0.85, 0.05, 0.05]

The loss of one position is cross-entropy with these targets, so every class has a part in it. The
loss of a batch is the mean over its positions.

    loss  =  - sum over i of target_i · log_p_i

    logits = [ln 3, 0], so p = [3/4, 1/4]
    epsilon = 0.2, class 0 is right: targets [0.9, 0.1]
    0.9 · 0.288 + 0.1 · 1.386  =  0.398       without smoothing it is 0.288

    targets  (...)  ids of the right classes      logits  (..., V)

Smoothed, the best prediction is [0.9, 0.1] itself, and there the loss is not 0. This is PyTorch's
definition; some spread epsilon over the wrong classes only, and get other numbers.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade label_smoothing        (stuck? grader hint label_smoothing)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.
#
# What is imported from `exercises` is your own, from the files of those names; while one of them is
# wrong, the grader uses a right one in its place.

import numpy as np

from exercises.text.next_token import log_probabilities


def smooth_targets(targets, num_classes, epsilon):
    """Return what each class should get.

    Parameters
    ----------
    targets : int (...)
        The right classes, from 0 to V - 1; a single one has no axis.
    num_classes : int
        V, how many classes there are.
    epsilon : float
        What is spread over all classes, from 0 to 1.

    Returns
    -------
    smooth : float64 (..., V)
        Every row sums to 1.
    """
    raise NotImplementedError


def smoothed_cross_entropy(logits, targets, epsilon):
    """Return the mean loss against smoothed targets.

    Parameters
    ----------
    logits : (..., V)
        Any finite numbers.
    targets : int (...)
        The right classes, from 0 to V - 1.
    epsilon : float
        From 0, which is plain cross-entropy, to 1.

    Returns
    -------
    loss : number
        The mean over all targets.

    Notes
    -----
    Szegedy et al. 2015, section 7; Vaswani et al. 2017 use epsilon = 0.1.
    """
    raise NotImplementedError
