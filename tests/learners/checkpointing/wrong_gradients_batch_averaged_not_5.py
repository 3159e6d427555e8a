# slip: the gradients of a batch are averaged, not summed -> checkpointing.averages_over_the_vectors
# slip: they come back last layer first -> checkpointing.returns_the_last_layer_first
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
    L = len(weights)
    for s, x in reversed(list(enumerate(saved))):
        layers = range(s * segment, min(L, (s + 1) * segment))
        xs = [x]
        for i in layers:
            xs.append(np.tanh(xs[-1] @ weights[i]))
        for i in reversed(layers):
            x_next = xs.pop()
            grad_u = grad * (1 - x_next ** 2)
            rows = xs[-1].reshape(-1, weights[i].shape[0])
            cols = grad_u.reshape(-1, weights[i].shape[1])
            grads.append(rows.T @ cols / len(rows))
            grad = grad_u @ weights[i].T
    return grads
