# what: divides by the sum of the whole array, so only a single row sums to one
# names: softmax.takes_the_whole_array_for_one_row
import numpy as np


def softmax(scores, axis=-1):
    e_x = np.exp(scores - np.max(scores))
    return e_x / e_x.sum()
