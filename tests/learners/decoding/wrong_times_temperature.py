# what: logits times temperature; zeros for what is filtered
# names: decoding.multiplies_by_the_temperature decoding.writes_zeros
import numpy as np

from exercises.attention.softmax import softmax


def greedy(logits):
    return int(np.argmax(logits))


def sample(logits, draw, temperature=1.0):
    p = softmax(logits * temperature)
    hits = np.flatnonzero(np.cumsum(p) > draw)
    return int(hits[0]) if hits.size else int(np.flatnonzero(p)[-1])


def top_k_filter(logits, k):
    k = min(k, logits.shape[-1])
    out = logits.copy()
    out[out < np.sort(out, axis=-1)[..., -k, None]] = 0
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
