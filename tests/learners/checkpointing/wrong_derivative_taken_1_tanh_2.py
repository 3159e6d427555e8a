# what: the derivative is taken as 1 - tanh(x_next)², but x_next is the tanh already
# names: checkpointing.takes_tanh_twice
import numpy as np


def tanh_grad(x):
    return 1 - np.tanh(x) ** 2


def forward_segments(x, weights, segment):
    checkpoints = []
    for start in range(0, len(weights), segment):
        checkpoints.append(x)
        for w in weights[start:start + segment]:
            x = np.tanh(x @ w)
    return x, checkpoints


def backward_segments(saved, weights, segment, grad):
    grads = [None for _ in weights]
    starts = range(0, len(weights), segment)
    for start, x in zip(reversed(starts), reversed(saved)):
        acts = [x]
        for w in weights[start:start + segment]:
            acts.append(np.tanh(acts[-1] @ w))
        for k in range(len(acts) - 2, -1, -1):
            grad_u = grad * tanh_grad(acts[k + 1])
            a = acts[k].reshape(-1, acts[k].shape[-1])
            b = grad_u.reshape(-1, grad_u.shape[-1])
            grads[start + k] = a.T @ b
            grad = grad_u @ weights[start + k].T
    return grads
