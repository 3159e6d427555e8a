# slip: the gain is never used -> llama.forgets_the_gain
# slip: silu around the product of gate and up -> llama.puts_silu_around_the_product
import numpy as np


def rms_norm(x, gain, eps=1e-6):
    return x * (np.mean(x * x, -1, keepdims=True) + eps) ** -0.5


def rotary(x, positions, base=10000.0):
    half = x.shape[-1] // 2
    z = x[..., :half] + 1j * x[..., half:]
    speed = np.exp(-np.log(base) * np.arange(half) / half)
    z = z * np.exp(1j * positions[:, None] * speed)
    return np.concatenate([z.real, z.imag], axis=-1).astype(x.dtype)


def silu(z):
    return z / (1 + np.exp(-z))


def swiglu(x, w_gate, w_up, w_down):
    return silu((x @ w_gate) * (x @ w_up)) @ w_down


def repeat_kv(x, groups):
    h = x.shape[-3]
    return x[..., np.arange(h * groups) // groups, :, :]
