# what: saves the weights beside the inputs of segments
# names: checkpointing.keeps_an_array_of_every_layer_as_well
import numpy as np


def forward_segments(x, weights, segment):
    saved = []
    for i, w in enumerate(weights):
        if i % segment == 0:
            saved.append(x)
        x = np.tanh(x @ w)
    return x, (saved, weights)


def backward_segments(saved, weights, segment, grad):
    saved, weights = saved
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
