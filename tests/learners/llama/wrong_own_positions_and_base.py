# slip: counts positions from 0, whatever they are -> llama.counts_positions_itself
# slip: 10000 is written into the formula -> llama.fixes_the_base
# slip: float32 becomes float64
import numpy as np


def rms_norm(x, gain, eps=1e-6):
    d = x.shape[-1]
    total = np.einsum("...i,...i->...", x, x)[..., np.newaxis]
    scale = (total / d + eps) ** -0.5
    return (x * scale * gain).astype(x.dtype)


def rotary(x, positions, base=10000.0):
    n, d = x.shape[-2:]
    angle = np.arange(n)[:, None] / 10000 ** (np.arange(0, d, 2) / d)
    x1, x2 = np.split(x, 2, axis=-1)
    return np.concatenate(
        [x1 * np.cos(angle) - x2 * np.sin(angle), x1 * np.sin(angle) + x2 * np.cos(angle)], axis=-1
    )


def swiglu(x, w_gate, w_up, w_down):
    g = x @ w_gate
    silu = g / (1 + np.exp(-g))
    return (silu * (x @ w_up)) @ w_down


def repeat_kv(x, groups):
    copies = np.kron(np.eye(x.shape[-3], dtype=x.dtype), np.ones((groups, 1), dtype=x.dtype))
    return np.einsum("gh,...hnd->...gnd", copies, x)
