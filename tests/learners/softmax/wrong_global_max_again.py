# what: in `softmax`, the largest score of the whole array is subtracted instead of that of each slice, so a slice far below it underflows to 0 / 0 = nan
# names: softmax.shifts_by_the_largest_of_all

import numpy as np


def softmax(scores, axis=-1):
    z = np.asarray(scores)
    z = z if z.dtype.kind == "f" else z.astype(float)
    z = np.moveaxis(z, axis, -1)
    top = np.max(z)
    e = np.exp(z - top)
    total = np.einsum("...j->...", e)
    return np.moveaxis(e / total[..., None], -1, axis)
