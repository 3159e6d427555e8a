# what: x.T @ grad_u for whatever comes
# names: checkpointing.multiplies_without_making_rows
import numpy as np


def forward_segments(x, weights, segment):
    saved = []
    for i, w in enumerate(weights):
        if i % segment == 0:
            saved.append(x)
        x = np.tanh(x @ w)
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
            grads[i] = xs[i - lo].T @ gu
            grad = gu @ weights[i].T
    return grads
