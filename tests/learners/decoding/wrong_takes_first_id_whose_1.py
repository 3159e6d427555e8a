# what: takes the first id whose cumulative probability is at least the draw, equal counts too
# names: decoding.stops_on_the_edge
import numpy as np

from exercises.attention.softmax import softmax


def greedy(logits):
    return int(np.argmax(logits))


def sample(logits, draw, temperature=1.0):
    probs = softmax(logits / temperature)
    cdf = np.cumsum(probs)
    i = int(np.searchsorted(cdf, draw))
    if i == len(cdf):
        i = int(np.flatnonzero(probs)[-1])
    return i


def top_k_filter(logits, k):
    if k >= logits.shape[-1]:
        return logits.copy()
    kth = np.partition(logits, -k, axis=-1)[..., -k, None]
    return np.where(logits >= kth, logits, -np.inf)


def generate(table, prompt, max_new, stop_id, draws=None):
    ids = list(prompt)
    for t in range(max_new):
        logits = table[ids[-1]]
        new = greedy(logits) if draws is None else sample(logits, draws[t])
        ids.append(new)
        if new == stop_id:
            break
    return ids
