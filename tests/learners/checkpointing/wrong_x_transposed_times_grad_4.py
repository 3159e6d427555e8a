# what: x transposed times grad_u, which is right for (n, d): a batch keeps its axis, and is not summed over
# names: checkpointing.keeps_a_gradient_for_each_sequence
import numpy as np


def forward_segments(x, weights, segment):
    saved = {}
    for i, w in enumerate(weights):
        if i % segment == 0:
            saved[i] = x
        x = np.tanh(np.matmul(x, w))
    return x, saved


def backward_segments(saved, weights, segment, grad):
    grads = [0] * len(weights)
    for start in sorted(saved, reverse=True):
        end = min(start + segment, len(weights))
        xs = {start: saved[start]}
        for i in range(start, end):
            xs[i + 1] = np.tanh(np.matmul(xs[i], weights[i]))
        for i in range(end - 1, start - 1, -1):
            grad_u = grad * (1 - xs[i + 1] ** 2)
            x = np.atleast_2d(xs[i])
            grads[i] = np.matmul(np.swapaxes(x, -1, -2), np.atleast_2d(grad_u))
            grad = np.matmul(grad_u, weights[i].T)
    return grads
