# what: a gradient for each sequence of a batch
# names: checkpointing.keeps_a_gradient_for_each_sequence
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
            grads[i] = np.swapaxes(np.atleast_2d(xs[i - lo]), -1, -2) @ np.atleast_2d(gu)
            grad = gu @ weights[i].T
    return grads
