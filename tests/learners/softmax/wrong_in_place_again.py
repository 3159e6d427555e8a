# what: subtracts the maximum in place and so overwrites the caller's scores.
# names: softmax.shifts_in_place
import numpy as np


def softmax(scores, axis=-1):
    scores -= scores.max(axis=axis, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=axis, keepdims=True)
    return scores
