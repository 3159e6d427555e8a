import numpy as np


def rms_norm(x, gain, eps=1e-6):
    rms = np.sqrt(np.mean(x**2, axis=-1, keepdims=True) + eps)
    return x / rms * gain


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
    g = x @ w_gate
    silu = g / (1 + np.exp(-g))
    return (silu * (x @ w_up)) @ w_down


def repeat_kv(x, groups):
    return np.repeat(x, groups, axis=-3)
