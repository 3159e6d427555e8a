# slip: one threshold for the whole array, the k-th largest of all rows together -> decoding.ranks_all_rows_together
# slip: a stop token in the prompt ends the text before it begins -> decoding.looks_for_the_stop_before_writing
import numpy as np

from exercises.attention.softmax import softmax


def greedy(logits):
    return int(np.argmax(logits))


def sample(logits, draw, temperature=1.0):
    p = softmax(logits / temperature)
    i = int(np.sum(np.cumsum(p) <= draw))
    return i if i < len(p) else int(np.flatnonzero(p)[-1])


def top_k_filter(logits, k):
    if k >= logits.shape[-1]:
        return logits.copy()
    ranked = np.sort(logits, axis=None)[::-1]
    return np.where(logits < ranked[k - 1], -np.inf, logits)


def generate(table, prompt, max_new, stop_id, draws=None):
    ids = list(prompt)
    t = 0
    while t < max_new and stop_id not in ids:
        row = table[ids[-1]]
        ids.append(greedy(row) if draws is None else sample(row, draws[t]))
        t += 1
    return ids
