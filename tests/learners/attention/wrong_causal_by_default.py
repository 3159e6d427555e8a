# what: without a mask it applies a causal one when query and key are equally long, instead of allowing everything.
# names: attention.hides_the_future_unasked
import numpy as np

from exercises.attention.attention_scores import scaled_dot_scores
from exercises.attention.masking import causal_mask, masked_softmax


def attention(query, key, value, mask=None):
    n_query, n_key = query.shape[-2], key.shape[-2]
    if mask is None and n_query == n_key:
        mask = causal_mask(n_query)
    weights = masked_softmax(scaled_dot_scores(query, key), mask)
    output = np.einsum("...ij,...jd->...id", weights, value)
    return output, weights
