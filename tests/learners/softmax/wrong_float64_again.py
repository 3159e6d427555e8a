# what: collects the result in a default np.zeros, so float32 scores come back as float64.
# names: softmax.loses_single_precision
import numpy as np


def softmax(scores, axis=-1):
    result = np.zeros(scores.shape)
    shifted = scores - scores.max(axis=axis, keepdims=True)
    result[...] = np.exp(shifted)
    result /= result.sum(axis=axis, keepdims=True)
    return result
