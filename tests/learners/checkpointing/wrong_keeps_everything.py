# what: keeps every activation
# names: checkpointing.keeps_x_and_what_every_layer_returns
import numpy as np


def forward_segments(x, weights, segment):
    saved = [x]
    for w in weights:
        x = np.tanh(x @ w)
        saved.append(x)
    return x, saved


def backward_segments(saved, weights, segment, grad):
    grads = []
    for w, x, y in list(zip(weights, saved, saved[1:]))[::-1]:
        grad = grad * (1 - y**2)
        grads.append(x.reshape(-1, x.shape[-1]).T @ grad.reshape(-1, grad.shape[-1]))
        grad = grad @ w.T
    return grads[::-1]
