# what: keeps the output of every layer, and a right backward that takes them for inputs
# names: checkpointing.keeps_an_array_of_every_layer
import numpy as np


def forward_segments(x, weights, segment):
    saved = []
    for w in weights:
        x = np.tanh(x @ w)
        saved.append(x)
    return x, saved


def backward_segments(saved, weights, segment, grad):
    grads = [None] * len(weights)
    for s in reversed(range(len(saved))):
        lo, hi = s * segment, min((s + 1) * segment, len(weights))
        xs = [saved[s]]
        for i in range(lo, hi):
            xs.append(np.tanh(xs[-1] @ weights[i]))
        for i in reversed(range(lo, hi)):
            gu = grad * (1 - xs[i - lo + 1] ** 2)
            a = xs[i - lo].reshape(-1, weights[i].shape[0])
            grads[i] = a.T @ gu.reshape(-1, weights[i].shape[1])
            grad = gu @ weights[i].T
    return grads
