# slip: the mean is subtracted, and the variance taken -> llama.subtracts_the_mean
# slip: np.tile in the place of np.repeat -> llama.puts_all_heads_down_again
import numpy as np


def rms_norm(x, gain, eps=1e-6):
    mean = x.mean(-1, keepdims=True)
    var = x.var(-1, keepdims=True)
    return gain * (x - mean) / np.sqrt(var + eps)


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


silu = lambda z: z * np.reciprocal(1 + np.exp(-z))  # noqa: E731
swiglu = lambda x, w_gate, w_up, w_down: (silu(x @ w_gate) * (x @ w_up)) @ w_down  # noqa: E731


def repeat_kv(x, groups):
    reps = [1] * x.ndim
    reps[-3] = groups
    return np.tile(x, reps)
