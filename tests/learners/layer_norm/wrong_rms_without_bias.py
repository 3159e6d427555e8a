# what: two mistakes: the mean is not taken off (an RMS norm), and the bias is left out.
# names-both: layer_norm.never_takes_the_mean_off layer_norm.forgets_the_bias
import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    rms = np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + eps)
    return gain * (x / rms)
