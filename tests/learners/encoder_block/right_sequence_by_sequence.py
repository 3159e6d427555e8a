import numpy as np

from exercises.attention.attention import attention
from exercises.transformer.feed_forward import gelu, relu


def one_head(x, p, columns, mask):
    q = x @ p["w_query"][:, columns] + p["b_query"][columns]
    k = x @ p["w_key"][:, columns] + p["b_key"][columns]
    v = x @ p["w_value"][:, columns] + p["b_value"][columns]
    output, _ = attention(q, k, v, mask=mask)
    return output


def normalise(vectors, p, eps):
    rows = [(v - v.mean()) / np.sqrt(v.var() + eps) * p["gain"] + p["bias"] for v in vectors]
    return np.array(rows)


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    if x.ndim > 2:
        n = x.shape[-2]
        masks = np.broadcast_to(True if mask is None else mask, x.shape[:-1] + (n,))
        each = [
            encoder_block(one, params, num_heads, mask=its_mask, activation=activation, eps=eps)
            for one, its_mask in zip(x, masks)
        ]
        return np.stack(each)
    a, f = params["attention"], params["feed_forward"]
    width = x.shape[1] // num_heads
    heads = [one_head(x, a, slice(i * width, (i + 1) * width), mask) for i in range(num_heads)]
    y = normalise(x + np.hstack(heads) @ a["w_output"] + a["b_output"], params["norm_1"], eps)
    wide = {"relu": relu, "gelu": gelu}[activation](y @ f["w_in"] + f["b_in"])
    return normalise(y + wide @ f["w_out"] + f["b_out"], params["norm_2"], eps)
