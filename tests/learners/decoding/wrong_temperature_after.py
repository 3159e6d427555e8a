# what: probabilities are divided by the temperature
# names: decoding.cools_the_probabilities decoding.ends_with_a_token_that_may_not_come
import numpy as np

from exercises.attention.softmax import softmax


def greedy(logits):
    return int(np.argmax(logits))


def sample(logits, draw, temperature=1.0):
    p = softmax(logits) / temperature
    hits = np.flatnonzero(np.cumsum(p) > draw)
    return int(hits[0]) if hits.size else len(p) - 1


def top_k_filter(logits, k):
    k = min(k, logits.shape[-1])
    kth = np.sort(logits, axis=-1)[..., -k]
    return np.where(logits < kth[..., None], -np.inf, logits)


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
