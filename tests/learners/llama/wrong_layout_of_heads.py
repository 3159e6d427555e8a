# what: positions are looked for in front of the heads, as in (batch, n, heads, d)
# names: llama.takes_heads_for_positions
import numpy as np


def rms_norm(x, gain, eps=1e-6):
    d = x.shape[-1]
    total = np.einsum("...i,...i->...", x, x)[..., np.newaxis]
    scale = (total / d + eps) ** -0.5
    return (x * scale * gain).astype(x.dtype)


def rotary(x, positions, base=10000.0):
    d = x.shape[-1]
    angle = np.outer(positions, base ** (-np.arange(0, d, 2) / d))
    cos, sin = np.cos(angle).astype(x.dtype), np.sin(angle).astype(x.dtype)
    if x.ndim > 2:
        cos, sin = cos[:, None, :], sin[:, None, :]
    x1, x2 = x[..., : d // 2], x[..., d // 2 :]
    return np.concatenate([x1 * cos - x2 * sin, x2 * cos + x1 * sin], axis=-1)


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
