# what: both halves are the first one
# names: llama.turns_one_half_against_itself
import numpy as np


def rms_norm(x, gain, eps=1e-6):
    rms = np.sqrt(np.mean(x**2, axis=-1, keepdims=True) + eps)
    return x / rms * gain


def rotate_half(x):
    x1 = x[..., : x.shape[-1] // 2]
    x2 = x[..., : x.shape[-1] // 2]
    return np.concatenate((-x2, x1), axis=-1)


def rotary(x, positions, base=10000.0):
    d = x.shape[-1]
    angle = np.outer(positions, base ** (-np.arange(0, d, 2) / d))
    angle = np.concatenate((angle, angle), axis=-1)
    return x * np.cos(angle).astype(x.dtype) + rotate_half(x) * np.sin(angle).astype(x.dtype)


def _silu(z):
    e = np.exp(-abs(z))
    return z * (1 / (1 + e) if z >= 0 else e / (1 + e))


def swiglu(x, w_gate, w_up, w_down):
    gate, up = x @ w_gate, x @ w_up
    for index in np.ndindex(gate.shape):
        up[index] *= _silu(float(gate[index]))
    return up @ w_down


def repeat_kv(x, groups):
    h = x.shape[-3]
    return x[..., np.arange(h * groups) // groups, :, :]
