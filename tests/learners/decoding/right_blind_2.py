import numpy as np

from exercises.attention.softmax import softmax


def greedy(logits):
    return int(np.argmax(logits))


def sample(logits, draw, temperature=1.0):
    p = softmax(logits / temperature)
    first = np.searchsorted(np.cumsum(p), draw, side="right")
    return int(min(first, np.flatnonzero(p)[-1]))


def top_k_filter(logits, k):
    k = min(k, logits.shape[-1])
    top = np.argpartition(logits, -k, axis=-1)[..., -k:]
    out = np.full_like(logits, -np.inf, dtype=np.result_type(logits, 0.0))
    np.put_along_axis(out, top, np.take_along_axis(logits, top, axis=-1), axis=-1)
    return out


def generate(table, prompt, max_new, stop_id, draws=None):
    choose = (lambda t, row: greedy(row)) if draws is None else (lambda t, row: sample(row, draws[t]))
    ids = list(prompt)
    for t in range(max_new):
        ids = ids + [choose(t, table[ids[-1]])]
        if ids[-1] == stop_id:
            break
    return ids
