# what: an own norm that runs over the positions (axis -2) instead of the features.
# names: layer_norm.normalises_each_feature_over_the_positions
import numpy as np


def add_norm(x, sublayer_output, gain, bias, eps=1e-5):
    y = x + sublayer_output
    mean = np.mean(y, axis=-2, keepdims=True)
    variance = np.mean((y - mean) ** 2, axis=-2, keepdims=True)
    return (y - mean) / np.sqrt(variance + eps) * gain + bias
