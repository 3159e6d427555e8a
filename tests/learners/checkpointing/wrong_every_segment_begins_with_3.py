# what: every segment begins with the gradient of y again, what came back from the segment behind it is lost
# names: checkpointing.begins_every_segment_with_the_last_gradient
import numpy as np


def run(x, ws):
    xs = [x]
    for w in ws:
        xs.append(np.tanh(xs[-1] @ w))
    return xs


def back(xs, ws, grad):
    out = []
    for x, x_next, w in zip(xs[-2::-1], xs[:0:-1], ws[::-1]):
        grad_u = grad * (1 - x_next * x_next)
        out.append(np.einsum("ni,nj->ij", x.reshape(-1, w.shape[0]), grad_u.reshape(-1, w.shape[1])))
        grad = grad_u @ w.T
    return out[::-1], grad


def forward_segments(x, weights, segment):
    saved = []
    for i in range(0, len(weights), segment):
        saved.append(x)
        x = run(x, weights[i:i + segment])[-1]
    return x, saved


def backward_segments(saved, weights, segment, grad):
    grads = []
    for s in reversed(range(len(saved))):
        ws = weights[s * segment:(s + 1) * segment]
        segment_grads, grad_x = back(run(saved[s], ws), ws, grad)
        grads = segment_grads + grads
    return grads
