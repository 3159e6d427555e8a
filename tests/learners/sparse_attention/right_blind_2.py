# right: block products, one softmax from their sums
import numpy as np


def strided_mask(n, stride):
    mask = np.zeros((n, n), dtype=bool)
    for i in range(n):
        mask[i, max(0, i - stride + 1):i + 1] = True
        mask[i, i::-stride] = True
    return mask


def block_sparse_attention(query, key, value, block_size, layout):
    d_k = query.shape[-1]

    def cut(x):
        return x.reshape(x.shape[:-2] + (x.shape[-2] // block_size, block_size, x.shape[-1]))

    queries, keys, values = cut(query), cut(key), cut(value)
    blocks = queries.shape[-3]
    results = []
    for i in range(blocks):
        names = [j for j in range(blocks) if layout[i][j]]
        q = queries[..., i, :, :]
        if not names:
            results.append(np.zeros(q.shape[:-1] + values.shape[-1:], dtype=query.dtype))
            continue
        scores = [q @ np.swapaxes(keys[..., j, :, :], -1, -2) / d_k ** 0.5 for j in names]
        top = np.max([s.max(axis=-1) for s in scores], axis=0)[..., None]
        total, mixed = 0, 0
        for j, s in zip(names, scores):
            e = np.exp(s - top)
            total = total + e.sum(axis=-1, keepdims=True)
            mixed = mixed + e @ values[..., j, :, :]
        results.append(mixed / total)
    return np.concatenate(results, axis=-2)
