# what: keeps the input of every layer
# names: checkpointing.keeps_an_array_of_every_layer
import numpy as np


def forward_segments(x, weights, segment):
    saved = []
    for w in weights:
        saved.append(x)
        x = np.tanh(x @ w)
    return x, saved


def backward_segments(saved, weights, segment, grad):
    grads = [None] * len(weights)
    for i in reversed(range(len(weights))):
        nxt = np.tanh(saved[i] @ weights[i])
        gu = grad * (1 - nxt ** 2)
        a = saved[i].reshape(-1, weights[i].shape[0])
        grads[i] = a.T @ gu.reshape(-1, weights[i].shape[1])
        grad = gu @ weights[i].T
    return grads
