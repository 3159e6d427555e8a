import numpy as np


def global_norm(grads):
    flat = np.concatenate([g.ravel() for g in grads.values()])
    return float(np.linalg.norm(flat))


def clip_by_global_norm(grads, max_norm):
    norm = global_norm(grads)
    if norm <= max_norm:
        return {k: v.copy() for k, v in grads.items()}
    return {k: v * (max_norm / norm) for k, v in grads.items()}
