import math

import numpy as np

from exercises.attention.softmax import softmax


def greedy(logits):
    best = 0
    for i in range(len(logits)):
        if logits[i] > logits[best]:
            best = i
    return best


def sample(logits, draw, temperature=1.0):
    p = softmax(np.asarray(logits) / temperature)
    total = 0.0
    last = None
    for i in range(len(p)):
        total = total + float(p[i])
        if total > draw:
            return i
        if p[i] != 0:
            last = i
    return last


def top_k_filter(logits, k):
    V = logits.shape[-1]
    kind = logits.dtype if logits.dtype.kind == "f" else np.float64
    filtered = np.full(logits.shape, -math.inf, dtype=kind)
    for row in np.ndindex(logits.shape[:-1]):
        order = sorted(range(V), key=lambda j: logits[row][j], reverse=True)
        for j in order[:k]:
            filtered[row + (j,)] = logits[row + (j,)]
    return filtered


def generate(table, prompt, max_new, stop_id, draws=None):
    ids = []
    for i in prompt:
        ids.append(int(i))
    for t in range(max_new):
        row = table[ids[-1]]
        if draws is None:
            new = greedy(row)
        else:
            new = sample(row, draws[t])
        ids.append(new)
        if new == stop_id:
            break
    return ids
