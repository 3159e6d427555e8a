# what: returns a prompt that ends in the stop as it is; keeps what is larger than the k-th
# names: decoding.asks_for_the_stop_before_writing decoding.keeps_one_too_few_of_more
import numpy as np
from exercises.attention.softmax import softmax


def greedy(logits):
    return int(np.argmax(logits))


def sample(logits, draw, temperature=1.0):
    p = softmax(logits / temperature)
    i = int(np.searchsorted(np.cumsum(p), draw, side="right"))
    return min(i, int(np.flatnonzero(p)[-1]))


def top_k_filter(logits, k):
    v = logits.shape[-1]
    if k >= v:
        return logits.copy()
    kth = np.sort(logits, axis=-1)[..., v - k, None]
    return np.where(logits > kth, logits, -np.inf)


def generate(table, prompt, max_new, stop_id, draws=None):
    if prompt[-1] == stop_id:
        return list(prompt)
    ids = list(prompt)
    for t in range(max_new):
        row = table[ids[-1]]
        ids.append(greedy(row) if draws is None else sample(row, draws[t]))
        if ids[-1] == stop_id:
            break
    return ids
