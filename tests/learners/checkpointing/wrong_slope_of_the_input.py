# what: 1 - x² of what came into the layer
# names: checkpointing.looks_at_the_input_of_the_layer
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
            gu = grad * (1 - xs[i - lo] ** 2)
            a = xs[i - lo].reshape(-1, weights[i].shape[0])
            grads[i] = a.T @ gu.reshape(-1, weights[i].shape[1])
            grad = gu @ weights[i].T
    return grads
