# what: no temperature, and argmax of cumulative > draw; places of all rows; stop anywhere, before writing
# names: decoding.ignores_the_temperature_and_finds_no_end decoding.takes_places_for_rows decoding.looks_for_the_stop_before_writing
import numpy as np
from exercises.attention.softmax import softmax


def greedy(logits):
    return int(np.argmax(logits))


def sample(logits, draw, temperature=1.0):
    p = softmax(logits)
    return int(np.argmax(np.cumsum(p) > draw))


def top_k_filter(logits, k):
    out = np.full_like(logits, -np.inf)
    idx = np.argsort(logits)[..., -k:]
    out[idx] = logits[idx]
    return out


def generate(table, prompt, max_new, stop_id, draws=None):
    ids = list(prompt)
    for t in range(max_new):
        if stop_id in ids:
            break
        row = table[ids[-1]]
        ids.append(greedy(row) if draws is None else sample(row, draws[t]))
    return ids
