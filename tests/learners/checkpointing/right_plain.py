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
    for k in range(len(saved) - 1, -1, -1):
        start = k * segment
        stop = min(start + segment, len(weights))
        activations = [saved[k]]
        for i in range(start, stop):
            activations.append(np.tanh(activations[-1] @ weights[i]))
        for i in range(stop - 1, start - 1, -1):
            y, x = activations[i - start + 1], activations[i - start]
            grad_u = grad * (1 - y**2)
            grads[i] = x.reshape(-1, x.shape[-1]).T @ grad_u.reshape(-1, grad_u.shape[-1])
            grad = grad_u @ weights[i].T
    return grads
