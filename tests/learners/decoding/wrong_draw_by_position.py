# what: draws by the place in the text, cut to what there is; logits for an id
# names: decoding.returns_the_logit
import numpy as np

from exercises.attention.softmax import softmax


def greedy(logits):
    return np.max(logits)


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
    while len(ids) < len(prompt) + max_new:
        row = table[ids[-1]]
        if draws is None:
            ids.append(int(np.argmax(row)))
        else:
            ids.append(sample(row, draws[len(ids) % len(draws)]))
        if ids[-1] == stop_id:
            break
    return ids
