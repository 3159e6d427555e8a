# slip: eps is added to the root -> llama.adds_eps_outside_the_root
# slip: w_up is the gate -> llama.exchanges_gate_and_up
import numpy as np


def rms_norm(x, gain, eps=1e-6):
    rms = np.sqrt(np.mean(np.square(x), axis=-1, keepdims=True))
    return gain * x / (rms + eps)


def rotary(x, positions, base=10000.0):
    half = x.shape[-1] // 2
    z = x[..., :half] + 1j * x[..., half:]
    speed = np.exp(-np.log(base) * np.arange(half) / half)
    z = z * np.exp(1j * positions[:, None] * speed)
    return np.concatenate([z.real, z.imag], axis=-1).astype(x.dtype)


def swiglu(x, w1, w3, w2):
    up = x @ w3
    return ((x @ w1) * (up / (1 + np.exp(-up)))) @ w2


def repeat_kv(x, groups):
    return np.repeat(x, groups, axis=-3)
