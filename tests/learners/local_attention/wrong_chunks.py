# what: chunks of `window`, each by itself
# names: local_attention.attends_within_blocks
import numpy as np

from exercises.attention.attention import attention


def local_attention(query, key, value, window):
    size = max(1, window)
    chunks = []
    for start in range(0, query.shape[-2], size):
        part = slice(start, start + size)
        chunks.append(attention(query[..., part, :], key[..., part, :], value[..., part, :])[0])
    return np.concatenate(chunks, axis=-2)
