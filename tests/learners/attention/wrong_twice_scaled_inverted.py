# slip: in `attention`, the scores of scaled_dot_scores are divided by sqrt(d_k) a second time -> attention.divides_by_the_width_itself
# slip: in `attention`, the mask is turned round (~mask): True hides a key -> attention.inverts_the_mask

import numpy as np

from exercises.attention.attention_scores import scaled_dot_scores
from exercises.attention.masking import masked_softmax


def attention(query, key, value, mask=None):
    scores = scaled_dot_scores(query, key) / query.shape[-1] ** 0.5
    weights = masked_softmax(scores, None if mask is None else ~mask)
    output = weights @ value
    return output, weights
