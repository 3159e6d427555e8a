import numpy as np


def forward_segments(x, weights, segment):
    checkpoints = [x]
    for number, w in enumerate(weights, start=1):
        x = np.tanh(x @ w)
        if number % segment == 0 and number < len(weights):
            checkpoints.append(x)
    return x, checkpoints


def backward_segments(saved, weights, segment, grad):
    grads = []
    ends = list(range(segment, len(weights), segment)) + [len(weights)]
    for checkpoint, end in reversed(list(zip(saved, ends))):
        start = (end - 1) // segment * segment
        kept = []
        x = checkpoint
        for w in weights[start:end]:
            u = x @ w
            kept.append((x, w, 1 / np.cosh(u) ** 2))
            x = np.tanh(u)
        while kept:
            x, w, slope = kept.pop()
            grad = slope * grad
            grads.append(np.swapaxes(np.atleast_2d(x).reshape(-1, len(w)), 0, 1) @ grad.reshape(-1, w.shape[1]))
            grad = grad @ w.T
    grads.reverse()
    return grads
