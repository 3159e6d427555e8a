import math

import numpy as np


def rms_norm(x, gain, eps=1e-6):
    """Length over the root of d is the root mean square."""
    length = np.linalg.norm(x, axis=-1, keepdims=True)
    size = np.hypot(length / math.sqrt(x.shape[-1]), math.sqrt(eps))
    return np.multiply(np.divide(x, size), gain)


def rotary(x, positions, base=10000.0):
    """One matrix of rotations for each position."""
    n, d = x.shape[-2:]
    k = np.arange(d // 2)
    turn = np.zeros((n, d, d))
    angle = positions.reshape(-1, 1) * np.power(float(base), -k / (d / 2))
    turn[:, k, k] = turn[:, k + d // 2, k + d // 2] = np.cos(angle)
    turn[:, k + d // 2, k] = np.sin(angle)
    turn[:, k, k + d // 2] = -np.sin(angle)
    return np.einsum("pij,...pj->...pi", turn, x).astype(x.dtype)


def swiglu(x, w_gate, w_up, w_down):
    """Both projections in one product."""
    f = w_gate.shape[1]
    both = x @ np.hstack([w_gate, w_up])
    gate, up = both[..., :f], both[..., f:]
    return ((gate * up) * np.exp(-np.logaddexp(0, -gate))) @ w_down


def repeat_kv(x, groups):
    copies = np.kron(np.eye(x.shape[-3], dtype=x.dtype), np.ones((groups, 1), dtype=x.dtype))
    return np.einsum("gh,...hnd->...gnd", copies, x)
