import numpy as np


def forward_segments(x, weights, segment):
    """Checkpoints by the layer that they go into, and the result too."""
    saved = {}
    for i, w in enumerate(weights):
        if i % segment == 0:
            saved[i] = x
        x = np.tanh(np.matmul(x, w))
    saved["y"] = x
    return x, saved


def backward_segments(saved, weights, segment, grad):
    starts = sorted((k for k in saved if k != "y"), reverse=True)
    grads = {}
    for start in starts:
        xs = {start: saved[start]}
        end = min(len(weights), start + segment)
        for i in range(start, end - 1):
            xs[i + 1] = np.tanh(xs[i] @ weights[i])
        if end == len(weights):
            xs[end] = saved["y"]
        else:
            xs[end] = saved[end]
        for i in reversed(range(start, end)):
            grad = grad - grad * xs[i + 1] * xs[i + 1]
            axes = list(range(grad.ndim - 1))
            grads[i] = np.tensordot(xs[i], grad, axes=(axes, axes))
            grad = grad @ weights[i].T
    return [grads[i] for i in range(len(weights))]
