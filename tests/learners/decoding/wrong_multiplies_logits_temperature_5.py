# slip: multiplies the logits by the temperature -> decoding.multiplies_by_the_temperature
# slip: ends at the stop token without putting it into the text -> decoding.drops_the_stop
import numpy as np

from exercises.attention.softmax import softmax


def greedy(logits):
    return int(np.argmax(logits))


def sample(logits, draw, temperature=1.0):
    probs = softmax(logits * temperature)
    bigger = np.cumsum(probs) > draw
    if np.any(bigger):
        return int(np.argmax(bigger))
    return int(np.flatnonzero(probs)[-1])


def top_k_filter(logits, k):
    k = min(k, logits.shape[-1])
    smallest_kept = np.sort(logits, axis=-1)[..., -k:][..., :1]
    return np.where(logits >= smallest_kept, logits, -np.inf)


def generate(table, prompt, max_new, stop_id, draws=None):
    ids = list(prompt)
    for t in range(max_new):
        logits = table[ids[-1]]
        new = greedy(logits) if draws is None else sample(logits, draws[t])
        if new == stop_id:
            break
        ids.append(new)
    return ids
