# what: takes the maximum of the whole array; a row far below it underflows to 0 / 0
# names: softmax.shifts_by_the_largest_of_all
import numpy as np


def softmax(scores, axis=-1):
    e_x = np.exp(scores - np.max(scores))
    return e_x / e_x.sum(axis=axis, keepdims=True)
