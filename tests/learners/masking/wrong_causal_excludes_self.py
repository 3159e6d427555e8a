# what: the causal mask starts one diagonal too low (k=-1), so no position may attend to itself.
# names: masking.hides_each_position_from_itself
import numpy as np

from exercises.attention.softmax import softmax


def causal_mask(n):
    return np.tril(np.ones((n, n)), k=-1).astype(bool)


def padding_mask(lengths, n):
    positions = np.arange(n)
    return (positions < lengths[:, None])[:, None, :]


def masked_softmax(scores, mask=None):
    if mask is None:
        return softmax(scores)
    masked = np.where(mask, scores, -np.inf)
    empty = ~np.any(np.broadcast_to(mask, scores.shape), axis=-1, keepdims=True)
    masked = np.where(empty, np.zeros_like(scores), masked)
    return softmax(masked) * ~empty
