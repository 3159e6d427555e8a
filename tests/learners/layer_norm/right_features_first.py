import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    features = np.asfortranarray(x.T)
    mean = features.sum(axis=0) / len(features)
    offset = features - mean
    std = np.sqrt((offset**2).sum(axis=0) / len(features) + eps)
    flipped = tuple([-1] + [1] * (x.ndim - 1))
    return (gain.reshape(flipped) * (offset / std) + bias.reshape(flipped)).T
