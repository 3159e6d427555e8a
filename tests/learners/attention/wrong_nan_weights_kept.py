# what: nan of an empty row is cleaned out of the output only; the weights are returned with nan.
# names: attention.cleans_the_output_only
import numpy as np

from exercises.attention.attention_scores import scaled_dot_scores
from exercises.attention.softmax import softmax


def attention(query, key, value, mask=None):
    scores = scaled_dot_scores(query, key)
    if mask is not None:
        scores = np.where(mask, scores, -np.inf)
    weights = softmax(scores)
    output = np.nan_to_num(weights @ value)
    return output, weights
