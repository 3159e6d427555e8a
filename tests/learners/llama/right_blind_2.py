# right: complex numbers, broadcasts
import numpy as np


def rms_norm(x, gain, eps=1e-6):
    square = np.einsum("...d,...d->...", x, x) / x.shape[-1]
    return x * (1 / np.sqrt(square + eps))[..., None] * gain


def rotary(x, positions, base=10000.0):
    half = x.shape[-1] // 2
    turned = np.empty_like(x)
    for i in range(half):
        angle = positions * base ** (-i / half)
        hand = (x[..., i] + 1j * x[..., i + half]) * np.exp(1j * angle)
        turned[..., i], turned[..., i + half] = hand.real, hand.imag
    return turned


def _sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, small) / (1 + small)


def swiglu(x, w_gate, w_up, w_down):
    gate = x @ w_gate
    gate = gate * _sigmoid(gate)
    return np.einsum("...f,fd->...d", gate * (x @ w_up), w_down)


def repeat_kv(x, groups):
    x = x[..., :, None, :, :]
    x = np.broadcast_to(x, x.shape[:-3] + (groups,) + x.shape[-2:])
    return x.reshape(x.shape[:-4] + (x.shape[-4] * groups,) + x.shape[-2:])
