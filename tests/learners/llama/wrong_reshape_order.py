# what: the copies stand behind the positions when heads and copies are put together
# names: llama.mixes_copies_with_positions
import numpy as np


def rms_norm(x, gain, eps=1e-6):
    rms = np.sqrt(np.mean(x**2, axis=-1, keepdims=True) + eps)
    return x / rms * gain


def rotate_half(x):
    x1, x2 = np.split(x, 2, axis=-1)
    return np.concatenate((-x2, x1), axis=-1)


def rotary(x, positions, base=10000.0):
    dim = x.shape[-1]
    inv_freq = 1.0 / (base ** (np.arange(0, dim, 2) / dim))
    freqs = np.einsum("i,j->ij", positions, inv_freq)
    emb = np.concatenate((freqs, freqs), axis=-1)
    cos, sin = np.cos(emb).astype(x.dtype), np.sin(emb).astype(x.dtype)
    return x * cos + rotate_half(x) * sin


def swiglu(x, w_gate, w_up, w_down):
    gate = np.einsum("...d,df->...f", x, w_gate)
    gate = gate * 0.5 * (1 + np.tanh(gate / 2))
    return np.einsum("...f,...f,fd->...d", gate, x.dot(w_up), w_down)


def repeat_kv(x, groups):
    b = x.shape[:-3]
    h, n, d = x.shape[-3:]
    wide = np.broadcast_to(np.expand_dims(x, -2), (*b, h, n, groups, d))
    return wide.reshape(*b, h * groups, n, d)
