# what: grad @ w
# names: checkpointing.does_not_transpose_the_weights
import numpy as np


def forward_segments(x, weights, segment):
    saved = []
    for i, w in enumerate(weights):
        if i % segment == 0:
            saved.append(x)
        x = np.tanh(x @ w)
    return x, saved


def backward_segments(saved, weights, segment, grad):
    grads = []
    for start in reversed(range(0, len(weights), segment)):
        part = weights[start : start + segment]
        xs = [saved[start // segment]]
        for w in part:
            xs.append(np.tanh(xs[-1] @ w))
        for i in reversed(range(len(part))):
            grad = grad * (1 - xs[i + 1] ** 2)
            x = xs[i]
            grads.insert(0, x.reshape(-1, x.shape[-1]).T @ grad.reshape(-1, grad.shape[-1]))
            grad = grad @ part[i]
    return grads
