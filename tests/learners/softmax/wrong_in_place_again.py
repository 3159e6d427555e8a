# what: subtracts the maximum in place and so overwrites the caller's scores.
# names: softmax.computes_in_the_array_of_the_caller
import numpy as np


def softmax(scores, axis=-1):
    scores -= scores.max(axis=axis, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=axis, keepdims=True)
    return scores
