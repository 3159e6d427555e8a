# slip: without the identity -> attention_patterns.leaves_the_identity_out; attention_patterns.leaves_the_identity_out_and_rows_of_zeros_alone
# slip: products the other way -> attention_patterns.multiplies_the_other_way
import numpy as np


def previous_token_score(weights):
    return np.diagonal(weights, -1, -2, -1).mean(-1)


def entropy(weights):
    safe = np.where(weights == 0, 1, weights)
    return -np.sum(weights * np.log(safe), axis=-1)


def rollout(weights):
    mean = weights.mean(axis=-3)
    out = mean[0]
    for layer in mean[1:]:
        out = out @ layer
    return out
