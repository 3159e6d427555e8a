import numpy as np


def forward_segments(x, weights, segment):
    """One array is at most that many: keep x alone, and compute checkpoints on the way back."""
    y = x
    for w in weights:
        y = np.tanh(y @ w)
    return y, (x,)


def backward_segments(saved, weights, segment, grad):
    (x,) = saved
    checkpoints = []
    for i, w in enumerate(weights):
        if i % segment == 0:
            checkpoints.append(x)
        x = np.tanh(x @ w)
    grads = []
    while checkpoints:
        x = checkpoints.pop()
        start = len(checkpoints) * segment
        part = weights[start : start + segment]
        xs = [x]
        for w in part:
            xs += [np.tanh(xs[-1] @ w)]
        for w, inp, out in reversed(list(zip(part, xs, xs[1:]))):
            g = grad * (1 - np.square(out))
            grads.insert(0, inp.reshape(-1, w.shape[0]).T @ g.reshape(-1, w.shape[1]))
            grad = g @ w.T
    return grads
