"""In the manner of minGPT's generate, with a sampler that is an object."""

import numpy as np

from exercises.attention.softmax import softmax


class Bigram:
    def __init__(self, table, stop_id):
        self.table, self.stop_id = table, stop_id

    def stream(self, last, choosers):
        """Yield one new token for each chooser, and end with the stop token."""
        for choose in choosers:
            last = choose(self.table[last])
            yield last
            if last == self.stop_id:
                return


def greedy(logits):
    return np.asarray(logits).argmax(axis=-1).item()


def sample(logits, draw, temperature=1.0):
    z = (logits - np.max(logits)) / temperature  # the same distribution
    probs = softmax(z)
    hit = np.cumsum(probs, dtype=np.float64) > draw
    if hit.any():
        return int(hit.argmax())
    return int(np.nonzero(probs)[0].max())


def top_k_filter(logits, k):
    if k >= logits.shape[-1]:
        return np.array(logits)
    v = np.sort(logits, axis=-1)[..., ::-1][..., :k]
    return np.where(logits < v[..., [-1]], -np.inf, logits)


def generate(table, prompt, max_new, stop_id, draws=None):
    if draws is None:
        choosers = [greedy] * max_new
    else:
        choosers = [lambda row, u=u: sample(row, u) for u in draws[:max_new]]
    return [*prompt, *Bigram(table, stop_id).stream(prompt[-1], choosers)]
