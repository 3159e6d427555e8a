# what: compares single probabilities with the draw; asks whether the draws are true
# names: decoding.compares_single_probabilities_and_finds_no_end decoding.asks_whether_draws_are_true
import numpy as np
from exercises.attention.softmax import softmax


def greedy(logits):
    return int(np.argmax(logits))


def sample(logits, draw, temperature=1.0):
    p = softmax(logits / temperature)
    return int(np.argmax(p > draw))


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
        ids.append(sample(row, draws[t]) if draws else greedy(row))
        if ids[-1] == stop_id:
            break
    return ids
