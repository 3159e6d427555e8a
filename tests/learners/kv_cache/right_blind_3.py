"""After the DynamicCache of transformers, but a new one for every step."""

import numpy as np

from exercises.attention.attention import attention


class DynamicCache:
    def __init__(self, key=None, value=None):
        self.key = key
        self.value = value

    @classmethod
    def from_dict(cls, past):
        return cls(**past) if past is not None else cls()

    def update(self, key, value):
        if self.key is None:
            return DynamicCache(key, value)
        return DynamicCache(
            np.append(self.key, key, axis=-2), np.append(self.value, value, axis=-2)
        )

    def to_dict(self):
        return {"key": self.key, "value": self.value}


def decode_step(x, cache, w_query, w_key, w_value):
    d_k = w_query.shape[1]
    # one product for all three
    qkv = x @ np.concatenate([w_query, w_key, w_value], axis=1)
    query, key, value = np.split(qkv, [d_k, 2 * d_k], axis=-1)
    present = DynamicCache.from_dict(cache).update(key, value)
    return attention(query, present.key, present.value)[0], present.to_dict()
