import functools

import numpy as np

global_norm = lambda grads: functools.reduce(  # noqa: E731
    np.hypot, [float(np.linalg.norm(g.flatten())) for g in grads.values()], 0.0
)


def clip_by_global_norm(grads, max_norm):
    """Divide by how many times too long it is, and at least by one."""
    times = max(1.0, float(global_norm(grads)) / max_norm)
    return {name: g / times for name, g in grads.items()}
