# what: keepdims is forgotten in the sum, so the division broadcasts along the wrong axis (or crashes).
# names: softmax.lets_go_of_the_axis
import numpy as np


def softmax(scores, axis=-1):
    m = np.max(scores, axis=axis, keepdims=True)
    exps = np.exp(scores - m)
    return exps / np.sum(exps, axis=axis)
