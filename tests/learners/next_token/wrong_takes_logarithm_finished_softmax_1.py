# what: takes the logarithm of the finished softmax, so small probabilities become -inf
# names: next_token.takes_the_logarithm_of_a_softmax
import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def log_probabilities(logits):
    return np.log(softmax(logits))


def cross_entropy(logits, targets, ignore_id=-100):
    targets = np.asarray(targets)
    valid = targets != ignore_id
    log_p = log_probabilities(logits)[valid]
    picked = np.take_along_axis(log_p, targets[valid][:, None], axis=-1)
    return -picked.mean()
