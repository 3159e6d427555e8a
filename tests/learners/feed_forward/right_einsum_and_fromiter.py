from math import erf

import numpy as np


def relu(x):
    return np.where(x > 0, x, np.zeros_like(x))


def gelu(x):
    kind = x.dtype if np.issubdtype(x.dtype, np.floating) else np.dtype(float)
    flat = np.fromiter((v * (1 + erf(v * 2**-0.5)) / 2 for v in x.ravel().tolist()), dtype=kind, count=x.size)
    return flat.reshape(x.shape)


def feed_forward(x, params, activation="relu"):
    if activation not in {"relu", "gelu"}:
        raise ValueError(f"I know relu and gelu, not {activation}")
    wide = np.einsum("...d,df->...f", x, params["w_in"]) + params["b_in"]
    wide = globals()[activation](wide)
    return np.einsum("...f,fd->...d", wide, params["w_out"]) + params["b_out"]
