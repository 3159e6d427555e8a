import numpy as np

from exercises.attention.softmax import softmax


def greedy(logits):
    return np.argmax(logits)


def sample(logits, draw, temperature=1.0):
    cumulative = softmax(logits.astype(np.float64) / temperature).cumsum()
    cumulative[cumulative == cumulative[-1]] = 1.0
    return np.searchsorted(cumulative, draw, side="right")


def top_k_filter(logits, k):
    if k >= logits.shape[-1]:
        return logits
    rest = np.argpartition(logits, -k, axis=-1)[..., :-k]
    out = logits.copy()
    np.put_along_axis(out, rest, -np.inf, axis=-1)
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
