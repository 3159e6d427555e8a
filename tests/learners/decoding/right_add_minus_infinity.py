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
    V = logits.shape[-1]
    ordered = -np.sort(-logits, axis=-1)
    floor = ordered[..., min(k, V) - 1 : min(k, V)]
    return logits + np.where(logits >= floor, 0, -np.inf).astype(logits.dtype)


def generate(table, prompt, max_new, stop_id, draws=None):
    choose = [lambda row: greedy(row)] * max_new
    if draws is not None:
        choose = [lambda row, d=d: sample(row, d) for d in draws[:max_new]]
    ids = prompt[:]
    for pick in choose:
        ids.append(pick(table[ids[-1]]))
        if ids[-1] == stop_id:
            break
    return ids
