import numpy as np


def forward_segments(x, weights, segment):
    saved = []
    for i in range(len(weights)):
        if i % segment == 0:
            saved.append(x)
        x = np.tanh(x @ weights[i])
    return x, saved


def backward_segments(saved, weights, segment, grad):
    L = len(weights)
    grads = [None] * L
    for s in range(len(saved) - 1, -1, -1):
        first = s * segment
        last = min(first + segment, L)
        # run the segment again
        xs = [saved[s]]
        for i in range(first, last):
            xs.append(np.tanh(xs[-1] @ weights[i]))
        # and go back through it
        for i in range(last - 1, first - 1, -1):
            x = xs[i - first]
            x_next = xs[i - first + 1]
            grad_u = grad * (1 - x_next ** 2)
            d_in, d_out = weights[i].shape
            grads[i] = x.reshape(-1, d_in).T @ grad_u.reshape(-1, d_out)
            grad = grad_u @ weights[i].T
    return grads
