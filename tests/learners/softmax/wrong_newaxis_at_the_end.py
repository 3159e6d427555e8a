# what: the reduced axis is always put back at the end, which is right only for axis=-1.
# names: softmax.puts_the_axis_back_at_the_end
import numpy as np


def softmax(scores, axis=-1):
    biggest = np.amax(scores, axis=axis)
    e = np.exp(scores - biggest[..., None])
    s = np.sum(e, axis=axis)
    return e / s[..., None]
