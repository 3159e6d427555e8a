# slip: the gate is a sigmoid -> llama.gates_with_a_sigmoid
# slip: heads are looked for on axis 1 -> llama.repeats_axis_one
import numpy as np


rms_norm = lambda x, gain, eps=1e-6: gain * x / np.sqrt((x * x).mean(-1, keepdims=True) + eps)  # noqa: E731


def rotary(x, positions, base=10000.0):
    pairs = x.reshape(*x.shape[:-1], 2, -1)
    angles = positions[..., None] * base ** -np.linspace(0, 1, pairs.shape[-1], endpoint=False)
    turns = np.array([[np.cos(angles), -np.sin(angles)], [np.sin(angles), np.cos(angles)]])
    return np.einsum("abni,...nbi->...nai", turns, pairs).reshape(x.shape).astype(x.dtype)


def swiglu(x, w_gate, w_up, w_down):
    gate = 1 / (1 + np.exp(-(x @ w_gate)))
    return (gate * (x @ w_up)) @ w_down


def repeat_kv(x, groups):
    return x.repeat(groups, axis=1)
