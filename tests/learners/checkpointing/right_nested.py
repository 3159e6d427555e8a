import numpy as np


def split(items, size):
    return [items[i : i + size] for i in range(0, len(items), size)]


def forward_segments(x, weights, segment):
    inputs = []
    for part in split(weights, segment):
        inputs.append({"x": x, "layers": len(part)})
        for w in part:
            x = np.tanh(x.dot(w))
    return x, {"inputs": inputs}


def backward_segments(saved, weights, segment, grad):
    result = []
    parts = split(weights, segment)
    for entry, part in zip(saved["inputs"][::-1], parts[::-1]):
        outs = []
        x = entry["x"]
        for w in part:
            x = np.tanh(x.dot(w))
            outs.append(x)
        ins = [entry["x"], *outs[:-1]]
        here = []
        for w, i, o in zip(part[::-1], ins[::-1], outs[::-1]):
            grad = grad * (1 - o**2)
            outer = i[..., :, None] * grad[..., None, :]
            here.append(outer.sum(axis=tuple(range(outer.ndim - 2))))
            grad = grad.dot(w.T)
        result = here[::-1] + result
    return result
