import numpy as np

_shifted = lambda v: np.exp(v - np.max(v))
_one = lambda v: _shifted(v) / _shifted(v).sum()
softmax = lambda scores, axis=-1: np.apply_along_axis(_one, axis, scores)
