import math

import numpy as np

center = lambda d, dtype: np.eye(d, dtype=dtype) - np.full((d, d), 1 / d, dtype=dtype)
length = lambda x: np.linalg.norm(x, axis=-1, keepdims=True)
squeeze = lambda x, eps: x / np.hypot(length(x) / math.sqrt(x.shape[-1]), math.sqrt(eps))
layer_norm = lambda x, gain, bias, eps=1e-5: (
    squeeze(x.astype(float) @ center(x.shape[-1], float), eps) * gain + bias
).astype(x.dtype)
