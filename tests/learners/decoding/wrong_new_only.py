# what: returns the new ids only; never stops
# names: decoding.returns_the_new_tokens_only
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
    last, new = prompt[-1], []
    for t in range(max_new):
        last = greedy(table[last]) if draws is None else sample(table[last], draws[t])
        new.append(last)
        if last == stop_id:
            break
    return new
