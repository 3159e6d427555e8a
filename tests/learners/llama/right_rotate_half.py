import numpy as np


def rms_norm(x, gain, eps=1e-6):
    d = x.shape[-1]
    total = np.einsum("...i,...i->...", x, x)[..., np.newaxis]
    scale = (total / d + eps) ** -0.5
    return (x * scale * gain).astype(x.dtype)


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


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def swiglu(x, w_gate, w_up, w_down):
    gate = np.matmul(x, w_gate)
    up = np.matmul(x, w_up)
    hidden = gate * sigmoid(gate) * up
    return np.matmul(hidden, w_down)


def repeat_kv(x, groups):
    *batch, h, n, d = x.shape
    if groups == 1:
        return x
    x = np.broadcast_to(x[..., :, None, :, :], (*batch, h, groups, n, d))
    return x.reshape(*batch, h * groups, n, d)
