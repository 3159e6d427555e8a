# what: subtracts the maximum of the whole array, so a row far below it underflows to 0/0.
# names: softmax.shifts_by_the_largest_of_all
import numpy as np


def softmax(scores, axis=-1):
    exp_scores = np.exp(scores - np.max(scores))
    return exp_scores / np.sum(exp_scores, axis=axis, keepdims=True)
