import numpy as np


def kmeans_step(points, centres):
    labels = np.array([np.argmin([np.linalg.norm(p - c) for c in centres]) for p in points])
    moved = [points[labels == k].mean(axis=0) if k in labels else c for k, c in enumerate(centres)]
    return labels, np.array(moved)
