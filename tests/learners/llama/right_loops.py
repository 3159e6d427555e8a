import math

import numpy as np


def rms_norm(x, gain, eps=1e-6):
    if x.ndim > 1:
        return np.stack([rms_norm(row, gain, eps=eps) for row in x])
    mean = sum(float(v) ** 2 for v in x) / len(x)
    return np.array([g * v / (mean + eps) ** 0.5 for g, v in zip(gain, x)], dtype=x.dtype)


def rotary(x, positions, base=10000.0):
    out = np.empty_like(x)
    n, d = x.shape[-2:]
    for p in range(n):
        for i in range(d // 2):
            angle = positions[p] / base ** (2 * i / d)
            c, s = math.cos(angle), math.sin(angle)
            a, b = x[..., p, i], x[..., p, i + d // 2]
            out[..., p, i] = a * c - b * s
            out[..., p, i + d // 2] = a * s + b * c
    return out


def _silu(z):
    e = math.exp(-abs(z))
    return z * (1 / (1 + e) if z >= 0 else e / (1 + e))


def swiglu(x, w_gate, w_up, w_down):
    gate, up = x @ w_gate, x @ w_up
    for index in np.ndindex(gate.shape):
        up[index] *= _silu(float(gate[index]))
    return up @ w_down


def repeat_kv(x, groups):
    heads = []
    for head in range(x.shape[-3]):
        for _ in range(groups):
            heads.append(x[..., head, :, :])
    return np.stack(heads, axis=-3)
