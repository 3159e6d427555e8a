# what: exp without a shift, and argmax of cumulative > draw
# names: decoding.exponentiates_as_it_is_and_finds_no_end
import numpy as np
from exercises.attention.softmax import softmax


def greedy(logits):
    return int(np.argmax(logits))


def sample(logits, draw, temperature=1.0):
    e = np.exp(logits / temperature)
    return int(np.argmax(np.cumsum(e / e.sum()) > draw))


def top_k_filter(logits, k):
    v = logits.shape[-1]
    if k >= v:
        return logits.copy()
    kth = np.sort(logits, axis=-1)[..., v - k, None]
    return np.where(logits >= kth, logits, -np.inf)


def generate(table, prompt, max_new, stop_id, draws=None):
    ids = list(prompt)
    for t in range(max_new):
        row = table[ids[-1]]
        new = greedy(row) if draws is None else sample(row, draws[t])
        ids.append(new)
        if new == stop_id:
            break
    return ids
