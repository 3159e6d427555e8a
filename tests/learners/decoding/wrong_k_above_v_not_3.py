# what: a k above V is not cut down to V, and NumPy refuses it
# names: decoding.cannot_keep_more_than_there_are
import numpy as np

from exercises.attention.softmax import softmax


def greedy(logits):
    return int(np.flatnonzero(logits == np.max(logits))[0])


def sample(logits, draw, temperature=1.0):
    p = softmax(logits / temperature)
    above = np.flatnonzero(np.cumsum(p) > draw)
    return int(above[0] if above.size else np.flatnonzero(p > 0)[-1])


def top_k_filter(logits, k):
    threshold = np.sort(logits, axis=-1)[..., -k][..., None]
    return np.where(logits < threshold, -np.inf, logits)


def generate(table, prompt, max_new, stop_id, draws=None):
    ids = list(prompt)
    for t in range(max_new):
        last = ids[-1]
        if draws is not None:
            ids.append(sample(table[last], draws[t]))
        else:
            ids.append(greedy(table[last]))
        if ids[-1] == stop_id:
            return ids
    return ids
