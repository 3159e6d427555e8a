import numpy as np


def global_norm(grads):
    return np.linalg.norm([np.linalg.norm(g) for g in grads.values()])


def clip_by_global_norm(grads, max_norm):
    clip_coef = max_norm / (global_norm(grads) + 1e-6)
    clip_coef_clamped = float(np.clip(clip_coef, None, 1.0))
    return {name: (clip_coef_clamped * g).astype(g.dtype) for name, g in grads.items()}
