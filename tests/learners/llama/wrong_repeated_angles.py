# what: the angles are repeated one by one, the features turned by halves
# names: llama.gives_neighbours_one_angle
import numpy as np


rms_norm = lambda x, gain, eps=1e-6: gain * x / np.sqrt((x * x).mean(-1, keepdims=True) + eps)  # noqa: E731


def rotary(x, positions, base=10000.0):
    d = x.shape[-1]
    freqs = np.outer(positions, 1.0 / base ** (np.arange(0, d, 2) / d))
    emb = np.repeat(freqs, 2, axis=1)
    x1, x2 = x[..., : d // 2], x[..., d // 2 :]
    rotated = np.concatenate((-x2, x1), axis=-1)
    return (x * np.cos(emb) + rotated * np.sin(emb)).astype(x.dtype)


def swiglu(x, w_gate, w_up, w_down):
    gate = np.einsum("...d,df->...f", x, w_gate)
    gate = gate * 0.5 * (1 + np.tanh(gate / 2))
    return np.einsum("...f,...f,fd->...d", gate, x.dot(w_up), w_down)


def repeat_kv(x, groups):
    *batch, h, n, d = x.shape
    if groups == 1:
        return x
    x = np.broadcast_to(x[..., :, None, :, :], (*batch, h, groups, n, d))
    return x.reshape(*batch, h * groups, n, d)
