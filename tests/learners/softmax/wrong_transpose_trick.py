# what: transposes instead of keepdims, which lines up only for two axes and axis=-1
# names: softmax.transposes_to_line_up
import numpy as np


def softmax(scores, axis=-1):
    exps = np.exp((scores.T - scores.max(axis=axis)).T)
    return (exps.T / exps.sum(axis=axis)).T
