from dataclasses import dataclass
from functools import reduce

import numpy as np


@dataclass
class Distribution:
    logits: np.ndarray
    axis: int

    @property
    def largest(self):
        slices = np.split(self.logits, self.logits.shape[self.axis], axis=self.axis)
        return reduce(np.maximum, slices)

    def probabilities(self):
        unnormalised = np.exp(self.logits - self.largest)
        return np.divide(unnormalised, unnormalised.sum(self.axis, keepdims=True))


def softmax(scores, axis=-1):
    return Distribution(scores, axis).probabilities()
