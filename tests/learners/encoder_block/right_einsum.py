import numpy as np

from exercises.transformer import feed_forward as ff
from exercises.transformer.layer_norm import layer_norm


def attend(x, p, h, mask):
    *batch, n, d = x.shape
    q, k, v = (
        (np.einsum("...nd,de->...ne", x, p[f"w_{s}"]) + p[f"b_{s}"]).reshape(*batch, n, h, d // h)
        for s in ("query", "key", "value")
    )
    s = np.einsum("...qhc,...khc->...hqk", q, k) * (d // h) ** -0.5
    allowed = np.ones((n, n), bool) if mask is None else np.broadcast_to(mask, (*batch, n, n))
    allowed = allowed[..., np.newaxis, :, :]
    top = s.max(-1, keepdims=True, where=allowed, initial=-1e30)
    e = np.exp(s - top, where=allowed, out=np.zeros_like(s))
    total = np.einsum("...k->...", e)[..., None]
    w = np.divide(e, total, out=np.zeros_like(e), where=total > 0)
    return np.einsum("...hqk,...khc->...qhc", w, v).reshape(x.shape) @ p["w_output"] + p["b_output"]


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    y = layer_norm(x + attend(x, params["attention"], num_heads, mask), **params["norm_1"], eps=eps)
    z = ff.feed_forward(y, params["feed_forward"], activation)
    return layer_norm(y + z, **params["norm_2"], eps=eps)
