# what: i / d in the exponent, for i = 0, 1, 2 ...
# names: llama.leaves_the_two_out
import numpy as np


def rms_norm(x, gain, eps=1e-6):
    wide = x.astype(np.float64)
    variance = np.square(wide).mean(-1)
    wide = wide / np.sqrt(variance + eps)[..., None]
    return (gain * wide).astype(x.dtype)


def rotary(x, positions, base=10000.0):
    d = x.shape[-1]
    half = d // 2
    freq = base ** (-np.arange(half) / d)
    angle = positions[:, None] * freq[None, :]
    c = np.cos(angle).astype(x.dtype)
    s = np.sin(angle).astype(x.dtype)
    a, b = x[..., :half], x[..., half:]
    return np.concatenate([a * c - b * s, a * s + b * c], -1)


def swiglu(x, w_gate, w_up, w_down):
    """Both projections in one product."""
    f = w_gate.shape[1]
    both = x @ np.hstack([w_gate, w_up])
    gate, up = both[..., :f], both[..., f:]
    return ((gate * up) * np.exp(-np.logaddexp(0, -gate))) @ w_down


def repeat_kv(x, groups):
    stacked = np.stack([x] * groups, axis=x.ndim - 2)
    return stacked.reshape(x.shape[:-3] + (-1,) + x.shape[-2:])
