"""Listen, attend and spell: from a recording to letters.

A second of speech is about a hundred frames, far more than it has letters. The listener makes them
fewer, like a pyramid: each of its layers puts two neighbouring frames side by side. Half as many
are left, each twice as wide, and after three layers one in eight. What a layer computes of them is
left out here. Without a partner, an odd last frame is dropped.

    pyramid([[1], [2], [3], [4], [5]])  =  [[1, 2], [3, 4]]   (..., n // 2, 2 d)

The speller writes one letter after the other. Its state is a single vector that knows what has been
written. It is compared with all frames, to find those in which the next letter can be heard:

    scores   =  (listened w_listened) · (state w_state)     one for each frame
    weights  =  softmax(scores)
    context  =  sum over the frames of weight * listened

    state w_state = [1], listened = [[0], [ln 3]], w_listened = [[1]]:
    [0, ln 3] are the scores, [1/4, 3/4] the weights, and [0.82] is the context

    state     (..., d_s)      w_state     (d_s, a)      weights  (..., n)
    listened  (..., n, d_l)   w_listened  (d_l, a)      context  (..., d_l)

The scores are not divided by anything, and the projections serve to compare only: what is summed
is what was listened to, as it is. The context then helps to guess the letter.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade listen_attend_spell        (stuck? grader hint listen_attend_spell)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.
#
# What is imported from `exercises` is your own, from the files of those names; while one of them is
# wrong, the grader uses a right one in its place.

import numpy as np

from exercises.attention.attention_scores import dot_scores
from exercises.attention.softmax import softmax


def pyramid(x):
    """Put each two neighbouring frames side by side.

    Parameters
    ----------
    x : (..., n, d)
        Frames in the order of time.

    Returns
    -------
    pairs : (..., n // 2, 2 d)
        Frames 0 and 1, then 2 and 3, and so on. Of an odd number the last one is dropped.

    Notes
    -----
    Source: Chan et al. 2016, section 3.1.
    """
    raise NotImplementedError


def attend(state, listened, w_state, w_listened):
    """Let the speller look for what to write next.

    Parameters
    ----------
    state : (..., d_s)
        One vector for each recording: the speller's state.
    listened : (..., n, d_l)
        What the listener made of the recording.
    w_state : (d_s, a)
        Weights for the state, without a bias.
    w_listened : (d_l, a)
        Weights for what was listened to, without a bias.

    Returns
    -------
    context : (..., d_l)
        What was listened to, summed by the weights.
    weights : (..., n)
        How much of each frame.

    Notes
    -----
    Source: Chan et al. 2016, section 3.2.
    """
    raise NotImplementedError
