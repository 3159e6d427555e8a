import math

import numpy as np


def graph_attention(x, adjacency, w, a_source, a_target, slope=0.2):
    n = len(x)
    h = [row @ w for row in x]
    out = np.zeros((n, w.shape[1]), dtype=x.dtype)
    for i in range(n):
        scores = {}
        for j in range(n):
            if adjacency[i, j]:
                z = float(a_target @ h[i] + a_source @ h[j])
                scores[j] = z if z > 0 else slope * z
        if not scores:
            continue
        top = max(scores.values())
        weights = {j: math.exp(s - top) for j, s in scores.items()}
        total = sum(weights.values())
        for j, weight in weights.items():
            out[i] += weight / total * h[j]
    return out
