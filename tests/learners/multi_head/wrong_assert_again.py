# what: uses assert, so a d that is not divisible raises AssertionError instead of ValueError.
# names: multi_head.refuses_by_an_assertion
import numpy as np


def split_heads(x, num_heads):
    d = x.shape[-1]
    assert d % num_heads == 0, "embedding size needs to be divisible by heads"
    return np.swapaxes(x.reshape(x.shape[:-1] + (num_heads, d // num_heads)), -3, -2)


def merge_heads(heads):
    x = np.swapaxes(heads, -3, -2)
    return x.reshape(x.shape[:-2] + (x.shape[-2] * x.shape[-1],))
