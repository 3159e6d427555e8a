import numpy as np


rms_norm = lambda x, gain, eps=1e-6: gain * x / np.sqrt((x * x).mean(-1, keepdims=True) + eps)  # noqa: E731


def rotary(x, positions, base=10000.0):
    pairs = x.reshape(*x.shape[:-1], 2, -1)
    angles = positions[..., None] * base ** -np.linspace(0, 1, pairs.shape[-1], endpoint=False)
    turns = np.array([[np.cos(angles), -np.sin(angles)], [np.sin(angles), np.cos(angles)]])
    return np.einsum("abni,...nbi->...nai", turns, pairs).reshape(x.shape).astype(x.dtype)


silu = lambda z: z * np.reciprocal(1 + np.exp(-z))  # noqa: E731
swiglu = lambda x, w_gate, w_up, w_down: (silu(x @ w_gate) * (x @ w_up)) @ w_down  # noqa: E731


def repeat_kv(x, groups):
    stacked = np.stack([x] * groups, axis=x.ndim - 2)
    return stacked.reshape(x.shape[:-3] + (-1,) + x.shape[-2:])
