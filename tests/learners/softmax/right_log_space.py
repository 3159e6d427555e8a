import numpy as np


# I take the detour through log-probabilities: exp(log softmax).
def softmax(scores, axis=-1):
    def log_total(z):
        return np.log(np.add.reduce(np.exp(z), axis=axis, keepdims=True))

    z = scores - np.maximum.reduce(scores, axis=axis, keepdims=True)
    return np.exp(z - log_total(z))
