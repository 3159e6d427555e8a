# what: i counts 0, 2, 4 ... and is doubled all the same
# names: llama.doubles_the_exponent
import numpy as np


def rms_norm(x, gain, eps=1e-6):
    rms = np.sqrt(np.mean(x**2, axis=-1, keepdims=True) + eps)
    return x / rms * gain


def rotary(x, positions, base=10000.0):
    d = x.shape[-1]
    i = np.arange(0, d, 2)
    angle = positions[:, None] / base ** (2 * i / d)
    cos = np.concatenate([np.cos(angle)] * 2, axis=-1).astype(x.dtype)
    sin = np.concatenate([np.sin(angle)] * 2, axis=-1).astype(x.dtype)
    return x * cos + np.roll(x, d // 2, axis=-1) * sin * np.repeat([-1, 1], d // 2).astype(x.dtype)


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
