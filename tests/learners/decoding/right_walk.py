import numpy as np


def greedy(logits):
    best = 0
    for i in range(1, len(logits)):
        if logits[i] > logits[best]:
            best = i
    return best


def sample(logits, draw, temperature=1.0):
    z = logits / temperature
    w = np.exp(z - z.max())
    w = w / w.sum()
    total, last = 0.0, None
    for i, share in enumerate(w):
        total += share
        if share > 0:
            last = i
        if total > draw:
            return i
    return last


def top_k_filter(logits, k):
    out = np.full_like(logits, -np.inf)
    for index in np.ndindex(logits.shape[:-1]):
        for i in sorted(range(logits.shape[-1]), key=lambda i: -logits[index][i])[:k]:
            out[index][i] = logits[index][i]
    return out


def generate(table, prompt, max_new, stop_id, draws=None):
    ids = [int(i) for i in prompt]
    added = 0
    while added < max_new:
        row = table[ids[-1]]
        new = greedy(row) if draws is None else sample(row, draws[added])
        ids += [new]
        added += 1
        if new == stop_id:
            return ids
    return ids
