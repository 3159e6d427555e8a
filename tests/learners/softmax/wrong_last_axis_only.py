# what: accepts axis and never looks at it
# names: softmax.always_takes_the_last_axis
import numpy as np


def softmax(scores, axis=-1):
    shifted = scores - scores.max(axis=-1, keepdims=True)
    exps = np.exp(shifted)
    return exps / exps.sum(axis=-1, keepdims=True)
