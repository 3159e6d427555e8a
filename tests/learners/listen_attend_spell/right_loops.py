import numpy as np


def pyramid(x):
    half = x.shape[-2] // 2
    out = np.empty(x.shape[:-2] + (half, 2 * x.shape[-1]), dtype=x.dtype)
    for t in range(half):
        out[..., t, : x.shape[-1]] = x[..., 2 * t, :]
        out[..., t, x.shape[-1] :] = x[..., 2 * t + 1, :]
    return out


def attend(state, listened, w_state, w_listened):
    if state.ndim > 1:
        both = [attend(s, l, w_state, w_listened) for s, l in zip(state, listened)]
        return np.stack([c for c, _ in both]), np.stack([w for _, w in both])
    query = state @ w_state
    scores = np.array([float(frame @ w_listened @ query) for frame in listened])
    weights = np.exp(scores - max(scores))
    weights = (weights / weights.sum()).astype(state.dtype)
    context = np.zeros(listened.shape[-1], dtype=state.dtype)
    for weight, frame in zip(weights, listened):
        context = context + weight * frame
    return context, weights
