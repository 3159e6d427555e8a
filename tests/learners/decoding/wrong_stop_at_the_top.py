# what: asks for the stop at the top of the loop; k + 1; searchsorted + 1
# names: decoding.asks_for_the_stop_before_writing decoding.keeps_one_too_many decoding.returns_the_token_after_and_stops_on_the_edge
import numpy as np
from exercises.attention.softmax import softmax


def greedy(logits):
    return int(np.argmax(logits))


def sample(logits, draw, temperature=1.0):
    p = softmax(logits / temperature)
    return int(np.searchsorted(np.cumsum(p), draw) + 1)


def top_k_filter(logits, k):
    v = logits.shape[-1]
    if k >= v:
        return logits.copy()
    kth = np.sort(logits, axis=-1)[..., max(v - k - 1, 0), None]
    return np.where(logits >= kth, logits, -np.inf)


def generate(table, prompt, max_new, stop_id, draws=None):
    ids = list(prompt)
    for t in range(max_new):
        if ids[-1] == stop_id:
            break
        row = table[ids[-1]]
        ids.append(greedy(row) if draws is None else sample(row, draws[t]))
    return ids
