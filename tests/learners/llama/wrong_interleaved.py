# what: neighbours are pairs, as in Meta's own code
# names: llama.pairs_neighbours
import numpy as np


def rms_norm(x, gain, eps=1e-6):
    rms = np.sqrt(np.mean(x**2, axis=-1, keepdims=True) + eps)
    return x / rms * gain


def rotary(x, positions, base=10000.0):
    d = x.shape[-1]
    z = x[..., 0::2] + 1j * x[..., 1::2]
    freqs = 1.0 / base ** (np.arange(0, d, 2) / d)
    z = z * np.exp(1j * np.outer(positions, freqs))
    return np.stack([z.real, z.imag], axis=-1).reshape(x.shape).astype(x.dtype)


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def swiglu(x, w_gate, w_up, w_down):
    gate = np.matmul(x, w_gate)
    up = np.matmul(x, w_up)
    hidden = gate * sigmoid(gate) * up
    return np.matmul(hidden, w_down)


def repeat_kv(x, groups):
    return np.repeat(x, groups, axis=-3)
