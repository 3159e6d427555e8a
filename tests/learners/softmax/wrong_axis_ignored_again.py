# what: in `softmax`, the axis argument is ignored: max and sum always run over the last axis
# names: softmax.always_takes_the_last_axis

import numpy as np


def softmax(scores, axis=-1):
    scores = np.asarray(scores)
    if not np.issubdtype(scores.dtype, np.floating):
        scores = scores.astype(np.float64)
    shifted = scores - np.max(scores, axis=-1, keepdims=True)
    exps = np.exp(shifted)
    return exps / np.sum(exps, axis=-1, keepdims=True)
