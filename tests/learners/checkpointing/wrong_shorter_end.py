# what: leaves the last layers out where they fill no segment
# names: checkpointing.leaves_a_shorter_segment_out
import numpy as np


def forward_segments(x, weights, segment):
    saved = []
    for k in range(len(weights) // segment):
        saved.append(x)
        for w in weights[k * segment : (k + 1) * segment]:
            x = np.tanh(x @ w)
    return x, saved


def backward_segments(saved, weights, segment, grad):
    grads = [np.zeros_like(w) for w in weights]
    for k in reversed(range(len(weights) // segment)):
        part = weights[k * segment : (k + 1) * segment]
        xs = [saved[k]]
        for w in part:
            xs.append(np.tanh(xs[-1] @ w))
        for i in reversed(range(segment)):
            grad = grad * (1 - xs[i + 1] ** 2)
            rows = xs[i].reshape(-1, xs[i].shape[-1])
            grads[k * segment + i] = rows.T @ grad.reshape(-1, grad.shape[-1])
            grad = grad @ part[i].T
    return grads
