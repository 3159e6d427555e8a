# what: a loop over probabilities that are not added up; the last id where none exceeds
# names: decoding.compares_single_probabilities decoding.ends_with_a_token_that_may_not_come
import numpy as np
from exercises.attention.softmax import softmax


def greedy(logits):
    return int(np.argmax(logits))


def sample(logits, draw, temperature=1.0):
    p = softmax(logits / temperature)
    for i, each in enumerate(p):
        if each > draw:
            return i
    return len(p) - 1


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
