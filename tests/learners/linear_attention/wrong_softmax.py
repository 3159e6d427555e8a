# what: softmax attention
# names: linear_attention.takes_softmax
import numpy as np

from exercises.attention.attention import attention


def linear_attention(query, key, value, causal=False):
    n = query.shape[-2]
    return attention(query, key, value, np.tri(n, dtype=bool) if causal else None)[0]
