# what: even and odd features are read, and halves written
# names: llama.reads_neighbours_and_writes_halves
import numpy as np


def rms_norm(x, gain, eps=1e-6):
    d = x.shape[-1]
    total = np.einsum("...i,...i->...", x, x)[..., np.newaxis]
    scale = (total / d + eps) ** -0.5
    return (x * scale * gain).astype(x.dtype)


def rotary(x, positions, base=10000.0):
    d = x.shape[-1]
    angles = np.outer(positions, base ** (-np.arange(0, d, 2) / d))
    c, s = np.cos(angles).astype(x.dtype), np.sin(angles).astype(x.dtype)
    even, odd = x[..., ::2], x[..., 1::2]
    return np.concatenate((even * c - odd * s, even * s + odd * c), -1)


def swiglu(x, w_gate, w_up, w_down):
    g = x @ w_gate
    silu = g / (1 + np.exp(-g))
    return (silu * (x @ w_up)) @ w_down


def repeat_kv(x, groups):
    h = x.shape[-3]
    return x[..., np.arange(h * groups) // groups, :, :]
