# what: in `softmax`, nothing is subtracted before exp, so large scores overflow to inf / inf = nan
# names: softmax.exponentiates_without_shifting

import numpy as np


def softmax(scores, axis=-1):
    scores = np.asarray(scores)
    if not np.issubdtype(scores.dtype, np.floating):
        scores = scores.astype(np.float64)
    shifted = scores
    exps = np.exp(shifted)
    return exps / np.sum(exps, axis=axis, keepdims=True)
