# what: adds up logits; the axis of the k-th largest is gone
# names: decoding.adds_up_logits_and_finds_no_end decoding.lets_go_of_the_axis
import numpy as np
from exercises.attention.softmax import softmax


def greedy(logits):
    return int(np.argmax(logits))


def sample(logits, draw, temperature=1.0):
    return int(np.argmax(np.cumsum(logits / temperature) > draw))


def top_k_filter(logits, k):
    k = min(k, logits.shape[-1])
    kth = np.sort(logits, axis=-1)[..., -k]
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
