# what: always normalises the last axis, whatever `axis` says.
# names: softmax.always_takes_the_last_axis
import numpy as np


def softmax(scores, axis=-1):
    largest = scores.max(axis=-1)[..., np.newaxis]
    weights = np.exp(scores - largest)
    weights = weights / weights.sum(axis=-1)[..., np.newaxis]
    return weights
