# slip: rotary takes 0, 1, 2 ... for the positions -> llama.counts_positions_itself
# slip: the gate is a sigmoid, not silu -> llama.gates_with_a_sigmoid
import numpy as np


def rms_norm(x, gain, eps=1e-6):
    root = np.sqrt((x * x).mean(axis=-1, keepdims=True) + eps)
    return (gain * x / root).astype(x.dtype)


def rotary(x, positions, base=10000.0):
    d = x.shape[-1]
    speeds = base ** (-2.0 * np.arange(d // 2) / d)
    angle = np.arange(len(positions))[:, None] * speeds
    cos, sin = np.cos(angle), np.sin(angle)
    a, b = x[..., :d // 2], x[..., d // 2:]
    return np.concatenate([a * cos - b * sin, a * sin + b * cos], axis=-1).astype(x.dtype)


def swiglu(x, w_gate, w_up, w_down):
    z = x @ w_gate
    silu = 1 / (1 + np.exp(-z))
    return (silu * (x @ w_up)) @ w_down


def repeat_kv(x, groups):
    return np.repeat(x, groups, axis=-3)
