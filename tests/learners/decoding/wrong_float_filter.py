# what: -np.inf by np.full, which is float64
# names: decoding.loses_single_precision
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
    out = np.full(logits.shape, -np.inf)
    best = np.argsort(-logits, axis=-1)[..., :k]
    np.put_along_axis(out, best, np.take_along_axis(logits, best, axis=-1), axis=-1)
    return out


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
