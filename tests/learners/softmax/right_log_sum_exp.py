import numpy as np


def softmax(scores, axis=-1):
    log_total = np.logaddexp.reduce(scores, axis=axis, keepdims=True)
    return np.exp(scores - log_total)
