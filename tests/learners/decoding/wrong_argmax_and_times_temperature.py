# what: multiplies, and argmax of cumulative > draw; the k largest in their order; draws by the length of the text
# names: decoding.multiplies_by_the_temperature_and_finds_no_end decoding.returns_the_largest_first decoding.counts_draws_from_the_prompt
import numpy as np
from exercises.attention.softmax import softmax


def greedy(logits):
    return int(np.argmax(logits))


def sample(logits, draw, temperature=1.0):
    p = softmax(logits * temperature)
    return int(np.argmax(np.cumsum(p) > draw))


def top_k_filter(logits, k):
    return np.sort(logits, axis=-1)[..., ::-1][..., :k]


def generate(table, prompt, max_new, stop_id, draws=None):
    ids = list(prompt)
    for _ in range(max_new):
        row = table[ids[-1]]
        ids.append(greedy(row) if draws is None else sample(row, draws[len(ids) - 1]))
        if ids[-1] == stop_id:
            break
    return ids
