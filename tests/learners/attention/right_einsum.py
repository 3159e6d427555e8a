import numpy as np

from exercises.attention.masking import masked_softmax


def attention(query, key, value, mask=None):
    scale = key.shape[-1] ** -0.5
    scores = np.einsum("...qd,...kd->...qk", query * scale, key)
    weights = masked_softmax(scores, mask=mask)
    output = np.einsum("...kv,...qk->...qv", value, weights)
    return output, weights
