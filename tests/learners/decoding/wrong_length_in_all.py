# what: max_new is taken for the length of the text
# names: decoding.counts_the_prompt_too
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
    k = min(k, logits.shape[-1])
    kth = np.sort(logits, axis=-1)[..., -k]
    return np.where(logits < kth[..., None], -np.inf, logits)


def generate(table, prompt, max_new, stop_id, draws=None):
    ids = list(prompt)
    t = 0
    while len(ids) < max_new:
        row = table[ids[-1]]
        ids.append(greedy(row) if draws is None else sample(row, draws[t]))
        t += 1
        if ids[-1] == stop_id:
            break
    return ids
