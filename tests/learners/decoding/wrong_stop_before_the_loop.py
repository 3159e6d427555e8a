# what: the loop goes on until the last id is the stop, also that of the prompt; one token too high
# names: decoding.asks_for_the_stop_before_writing decoding.returns_the_token_after_by_searching
import numpy as np
from exercises.attention.softmax import softmax


def greedy(logits):
    return int(np.argmax(logits))


def sample(logits, draw, temperature=1.0):
    p = softmax(logits / temperature)
    return int(np.searchsorted(np.cumsum(p), draw, side="right") + 1)


def top_k_filter(logits, k):
    v = logits.shape[-1]
    if k >= v:
        return logits.copy()
    kth = np.sort(logits, axis=-1)[..., v - k, None]
    return np.where(logits >= kth, logits, -np.inf)


def generate(table, prompt, max_new, stop_id, draws=None):
    ids = list(prompt)
    t = 0
    while ids[-1] != stop_id and t < max_new:
        row = table[ids[-1]]
        ids.append(greedy(row) if draws is None else sample(row, draws[t]))
        t += 1
    return ids
