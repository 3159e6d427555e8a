"""torch.nn.utils.clip_grad_norm_, but out of place."""

import numpy as np


def _flatten(grads):
    nothing = np.zeros(0, dtype=np.float16)  # for a dict without gradients
    return np.concatenate([nothing, *(g.reshape(-1) for g in grads.values())])


def global_norm(grads):
    vector = _flatten(grads)
    return np.sqrt(np.dot(vector, vector))


def clip_by_global_norm(grads, max_norm):
    total_norm = global_norm(grads)
    clip_coef = max_norm / (total_norm + 1e-6)
    clip_coef_clamped = np.clip(clip_coef, None, 1.0)
    return {k: np.multiply(g, clip_coef_clamped, dtype=g.dtype, casting="same_kind") for k, g in grads.items()}
