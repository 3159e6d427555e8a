# what: the textbook formula as it stands; exp overflows for large scores
# names: softmax.exponentiates_without_shifting
import numpy as np


def softmax(scores, axis=-1):
    exp_scores = np.exp(scores)
    return exp_scores / np.sum(exp_scores, axis=axis, keepdims=True)
