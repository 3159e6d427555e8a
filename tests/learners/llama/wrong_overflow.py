# what: exp(z) / (1 + exp(z)) overflows
# names: llama.overflows_in_the_sigmoid
import numpy as np


def rms_norm(x, gain, eps=1e-6):
    wide = x.astype(np.float64)
    variance = np.square(wide).mean(-1)
    wide = wide / np.sqrt(variance + eps)[..., None]
    return (gain * wide).astype(x.dtype)


def rotary(x, positions, base=10000.0):
    d = x.shape[-1]
    theta = base ** (-2.0 * np.arange(d // 2) / d)
    angle = np.outer(positions, theta)
    cos = np.cos(angle)
    sin = np.sin(angle)
    x1 = x[..., : d // 2]
    x2 = x[..., d // 2 :]
    out = np.concatenate([x1 * cos - x2 * sin, x2 * cos + x1 * sin], axis=-1)
    return out.astype(x.dtype)


def swiglu(x, w_gate, w_up, w_down):
    z = x @ w_gate
    e = np.exp(z)
    return (z * (e / (e + 1)) * (x @ w_up)) @ w_down


def repeat_kv(x, groups):
    *batch, h, n, d = x.shape
    if groups == 1:
        return x
    x = np.broadcast_to(x[..., :, None, :, :], (*batch, h, groups, n, d))
    return x.reshape(*batch, h * groups, n, d)
