# what: looks for the stop before choosing; filters in place
# names: decoding.filters_in_place decoding.asks_for_the_stop_before_writing
import numpy as np

from exercises.attention.softmax import softmax


def greedy(logits):
    return int(np.argmax(logits))


def sample(logits, draw, temperature=1.0):
    p = softmax(logits / temperature)
    cumulative = np.cumsum(p)
    hits = np.where(cumulative > draw)[0]
    return int(hits[0]) if len(hits) else int(np.nonzero(p)[0][-1])


def top_k_filter(logits, k):
    if k < logits.shape[-1]:
        kth = np.sort(logits, axis=-1)[..., -k, None]
        logits[logits < kth] = -np.inf
    return logits


def generate(table, prompt, max_new, stop_id, draws=None):
    ids = list(prompt)
    t = 0
    while t < max_new and ids[-1] != stop_id:
        row = table[ids[-1]]
        ids.append(greedy(row) if draws is None else sample(row, draws[t]))
        t += 1
    return ids
