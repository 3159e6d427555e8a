# what: computes every activation again before the first is used
import numpy as np


def forward_segments(x, weights, segment):
    saved = []
    for i, w in enumerate(weights):
        if i % segment == 0:
            saved.append(x)
        x = np.tanh(x @ w)
    return x, saved


def backward_segments(saved, weights, segment, grad):
    xs = [saved[0]]
    for w in weights:
        xs.append(np.tanh(xs[-1] @ w))
    grads = []
    for i in reversed(range(len(weights))):
        grad = grad * (1 - xs[i + 1] ** 2)
        x = xs[i]
        grads.insert(0, x.reshape(-1, x.shape[-1]).T @ grad.reshape(-1, grad.shape[-1]))
        grad = grad @ weights[i].T
    return grads
