# what: shifts by the largest absolute value, so slices of very negative scores underflow to 0/0.
# names: softmax.shifts_by_the_largest_finite_magnitude
import numpy as np


def softmax(scores, axis=-1):
    # keep exp small: take off the biggest number in size
    size = np.where(np.isinf(scores), 0, np.abs(scores)).max(axis=axis, keepdims=True)
    e = np.exp(scores - size)
    return e / e.sum(axis=axis, keepdims=True)
