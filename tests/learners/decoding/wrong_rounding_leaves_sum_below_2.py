# what: where rounding leaves the sum below the draw, takes the last id even if its probability is 0
# names: decoding.ends_with_a_token_that_may_not_come
import numpy as np

from exercises.attention.softmax import softmax


def greedy(logits):
    return int(logits.argmax())


def sample(logits, draw, temperature=1.0):
    probs = softmax(logits / temperature)
    cumulative = 0.0
    for token, p in enumerate(probs):
        cumulative += p
        if draw < cumulative:
            return token
    return len(probs) - 1  # rounding


def top_k_filter(logits, k):
    order = np.argsort(-logits, axis=-1)
    rank = np.argsort(order, axis=-1)
    return np.where(rank < k, logits, -np.inf)


def generate(table, prompt, max_new, stop_id, draws=None):
    out = prompt[:]
    while len(out) - len(prompt) < max_new:
        row = table[out[-1]]
        if draws is None:
            out.append(greedy(row))
        else:
            out.append(sample(row, draws[len(out) - len(prompt)]))
        if out[-1] == stop_id:
            break
    return out
