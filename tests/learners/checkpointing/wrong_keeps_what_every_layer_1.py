# what: keeps what every layer returned, L + 1 arrays, so nothing is saved
# names: checkpointing.keeps_x_and_what_every_layer_returns
import numpy as np


def forward_segments(x, weights, segment):
    saved = [x]
    for w in weights:
        saved.append(np.tanh(saved[-1] @ w))
    return saved[-1], saved


def backward_segments(saved, weights, segment, grad):
    grads = []
    for i in reversed(range(len(weights))):
        w = weights[i]
        grad_u = grad * (1 - saved[i + 1] ** 2)
        x = saved[i].reshape(-1, w.shape[0])
        grads.insert(0, x.T @ grad_u.reshape(-1, w.shape[1]))
        grad = grad_u @ w.T
    return grads
