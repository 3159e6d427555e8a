import numpy as np


def rms_norm(x, gain, eps=1e-6):
    wide = x.astype(np.float64)
    variance = np.square(wide).mean(-1)
    wide = wide / np.sqrt(variance + eps)[..., None]
    return (gain * wide).astype(x.dtype)


def rotary(x, positions, base=10000.0):
    half = x.shape[-1] // 2
    z = x[..., :half] + 1j * x[..., half:]
    speed = np.exp(-np.log(base) * np.arange(half) / half)
    z = z * np.exp(1j * positions[:, None] * speed)
    return np.concatenate([z.real, z.imag], axis=-1).astype(x.dtype)


def swiglu(x, w_gate, w_up, w_down):
    gate = np.einsum("...d,df->...f", x, w_gate)
    gate = gate * 0.5 * (1 + np.tanh(gate / 2))
    return np.einsum("...f,...f,fd->...d", gate, x.dot(w_up), w_down)


def repeat_kv(x, groups):
    h = x.shape[-3]
    return x[..., np.arange(h * groups) // groups, :, :]
