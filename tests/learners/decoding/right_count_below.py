import numpy as np

from exercises.attention.softmax import softmax


def greedy(logits):
    return int(np.flatnonzero(logits == logits.max())[0])


def sample(logits, draw, temperature=1.0):
    p = softmax(logits / temperature)
    passed = int((np.cumsum(p) <= draw).sum())
    return min(passed, int(np.flatnonzero(p).max()))


def top_k_filter(logits, k):
    ranks = (logits[..., None, :] > logits[..., :, None]).sum(axis=-1)
    out = logits.copy()
    out[ranks >= k] = -np.inf
    return out


def generate(table, prompt, max_new, stop_id, draws=None):
    ids = list(prompt)
    for t in range(max_new):
        row = table[ids[-1]]
        if draws is None:
            ids.append(greedy(row))
        else:
            ids.append(sample(row, draws[t]))
        if ids[-1] == stop_id:
            break
    return ids
