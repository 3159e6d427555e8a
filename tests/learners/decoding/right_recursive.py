import numpy as np

from exercises.attention.softmax import softmax


def greedy(logits):
    return max(range(len(logits)), key=lambda i: (logits[i], -i))


def sample(logits, draw, temperature=1.0):
    p = softmax(logits / temperature)
    cumulative = np.cumsum(p)
    hits = np.where(cumulative > draw)[0]
    return int(hits[0]) if len(hits) else int(np.nonzero(p)[0][-1])


def top_k_filter(logits, k):
    if logits.ndim > 1:
        return np.stack([top_k_filter(row, k) for row in logits])
    order = np.argsort(logits)[::-1]
    filtered = np.array(logits)
    filtered[order[k:]] = -np.inf
    return filtered


def generate(table, prompt, max_new, stop_id, draws=None):
    if max_new == 0:
        return list(prompt)
    row = table[prompt[-1]]
    new = greedy(row) if draws is None else sample(row, draws[0])
    if new == stop_id:
        return [*prompt, new]
    rest = None if draws is None else draws[1:]
    return [*prompt, *generate(table, [new], max_new - 1, stop_id, rest)]
