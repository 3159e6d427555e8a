# what: the sine has the other sign, as in nanochat
# names: llama.turns_the_other_way
import numpy as np


def rms_norm(x, gain, eps=1e-6):
    rms = np.sqrt(np.mean(x**2, axis=-1, keepdims=True) + eps)
    return x / rms * gain


def rotary(x, positions, base=10000.0):
    d = x.shape[3] if x.ndim == 4 else x.shape[-1]
    angles = positions[:, None] / base ** (np.arange(0, d, 2) / d)
    cos, sin = np.cos(angles).astype(x.dtype), np.sin(angles).astype(x.dtype)
    x1, x2 = x[..., : d // 2], x[..., d // 2 :]
    y1 = x1 * cos + x2 * sin
    y2 = x1 * (-sin) + x2 * cos
    return np.concatenate([y1, y2], axis=-1)


def swiglu(x, w_gate, w_up, w_down):
    g = x @ w_gate
    silu = g / (1 + np.exp(-g))
    return (silu * (x @ w_up)) @ w_down


def repeat_kv(x, groups):
    heads = []
    for head in range(x.shape[-3]):
        for _ in range(groups):
            heads.append(x[..., head, :, :])
    return np.stack(heads, axis=-3)
