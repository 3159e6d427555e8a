# what: in `softmax`, the sum runs over all entries of the array instead of each slice along axis
# names: softmax.normalises_the_whole_array

import numpy as np


def softmax(scores, axis=-1):
    z = np.asarray(scores)
    z = z if z.dtype.kind == "f" else z.astype(float)
    z = np.moveaxis(z, axis, -1)
    top = z.max(axis=-1)[..., None]
    e = np.exp(z - top)
    total = np.sum(e)
    return np.moveaxis(e / total, -1, axis)
