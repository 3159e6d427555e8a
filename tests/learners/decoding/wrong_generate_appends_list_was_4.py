# what: generate appends to the list that it was given as prompt
# names: decoding.writes_into_the_prompt
import numpy as np

from exercises.attention.softmax import softmax


def greedy(logits):
    return int(np.argmax(logits, axis=-1))


def sample(logits, draw, temperature=1.0):
    p = softmax(logits / temperature)
    c = p.cumsum()
    for i in range(len(c)):
        if c[i] > draw:
            return i
    return int(max(i for i in range(len(p)) if p[i] > 0))


def top_k_filter(logits, k):
    n = logits.shape[-1]
    if k >= n:
        return logits + 0
    out = logits.astype(np.result_type(logits.dtype, np.float16) if logits.dtype.kind == "f" else float)
    low = np.argpartition(logits, n - k, axis=-1)[..., : n - k]
    np.put_along_axis(out, low, -np.inf, axis=-1)
    return out


def generate(table, prompt, max_new, stop_id, draws=None):
    ids = prompt
    for t in range(max_new):
        logits = table[ids[-1]]
        next_id = greedy(logits) if draws is None else sample(logits, draws[t])
        ids.append(next_id)
        if next_id == stop_id:
            break
    return ids
