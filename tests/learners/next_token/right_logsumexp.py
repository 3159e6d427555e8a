import numpy as np


def logsumexp(x):
    top = x.max(axis=-1)
    return top + np.log(np.exp(x - top[..., None]).sum(axis=-1))


def log_probabilities(logits):
    return logits - logsumexp(logits)[..., None]


def cross_entropy(logits, targets, ignore_id=-100):
    x = logits.reshape(-1, logits.shape[-1])
    t = np.reshape(targets, -1)
    x, t = x[t != ignore_id], t[t != ignore_id]
    return (logsumexp(x) - x[range(len(t)), t]).sum() / np.float64(len(t))
