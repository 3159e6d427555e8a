# what: converts to Python's float on the way in, so float32 comes back as float64
# names: softmax.loses_single_precision
import numpy as np


def softmax(scores, axis=-1):
    scores = np.array(scores, dtype=float)
    scores = scores - np.max(scores, axis=axis, keepdims=True)
    e = np.exp(scores)
    return e / np.sum(e, axis=axis, keepdims=True)
