"""Next token: what a model believes comes next, and how wrong it was.

For each position a model gives V logits, one for each token. Softmax makes probabilities of them.
Training looks at the logarithms of these, because the probability of a whole text is a product,
and its logarithm a sum:

    log_p[i] = logits[i] - log(sum over j of exp(logits[j]))

    [0, ln 3]  ->  p = [1/4, 3/4]  ->  log_p = [-1.386, -0.288]

The loss of one position is minus the log-probability of the token that really came. A sure thing
costs 0; half a chance costs 0.693, and a quarter 1.386. This is cross-entropy. Its mean over all
positions is what training makes small.

    both positions have the logits [0, ln 3], targets [1, 0]  ->  (0.288 + 1.386) / 2  =  0.837

    logits   (..., V)      targets  (...)     the ids that really came; ignore_id: none is asked for

Two traps. The logarithm of a softmax fails where a probability is so small that it has become 0:
its logarithm is -inf, though -2000 would be right. Subtract the largest logit of each row, and
work with logarithms to the end. And texts of a batch differ in length: the rest of the short ones
is padding, marked with the target -100. It has no part in the mean, in what is added up or in what
it is divided by.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade next_token        (stuck? grader hint next_token)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.

import numpy as np


def log_probabilities(logits):
    """Take the logarithm of the softmax over the last axis, right for logits of any size.

    Parameters
    ----------
    logits : (..., V)
        Any finite numbers.

    Returns
    -------
    log_p : (..., V)
        None above 0; exp of it sums to 1 in every row.
    """
    raise NotImplementedError


def cross_entropy(logits, targets, ignore_id=-100):
    """Return the mean loss of the targets that count.

    Parameters
    ----------
    logits : (..., V)
        Any finite numbers.
    targets : int (...)
        The ids of the tokens that came, from 0 to V - 1; or ignore_id.
    ignore_id : int
        Where a target is this, its position does not count. It may be an id of the vocabulary.

    Returns
    -------
    loss : number
        The mean of minus the log-probabilities of all targets that count; NaN if none does.
    """
    raise NotImplementedError
