# what: mean and variance are taken over positions and features together (the last two axes).
# names: layer_norm.shares_one_mean_among_the_positions
import numpy as np


def layer_norm(x, gain, bias, eps=1e-5):
    axes = (-2, -1) if x.ndim > 1 else -1
    mu = x.mean(axis=axes, keepdims=True)
    sigma2 = x.var(axis=axes, keepdims=True)
    x_hat = (x - mu) / np.sqrt(sigma2 + eps)
    return gain * x_hat + bias
