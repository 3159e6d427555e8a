# what: the block's own heads are split and merged by reshape alone, without exchanging axes.
# names: multi_head_attention.splits_by_reshape_alone
import numpy as np

from exercises.attention.attention import attention
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm


def multi_head(x, p, h, mask):
    n, d = x.shape[-2:]
    shape = x.shape[:-2] + (h, n, d // h)
    q = (x @ p["w_query"] + p["b_query"]).reshape(shape)
    k = (x @ p["w_key"] + p["b_key"]).reshape(shape)
    v = (x @ p["w_value"] + p["b_value"]).reshape(shape)
    if mask is not None:
        mask = mask[..., None, :, :]
    out, _ = attention(q, k, v, mask=mask)
    return out.reshape(x.shape) @ p["w_output"] + p["b_output"]


def encoder_block(x, params, num_heads, mask=None, activation="relu", eps=1e-5):
    y = x + multi_head(x, params["attention"], num_heads, mask)
    y = layer_norm(y, params["norm_1"]["gain"], params["norm_1"]["bias"], eps=eps)
    z = y + feed_forward(y, params["feed_forward"], activation=activation)
    return layer_norm(z, params["norm_2"]["gain"], params["norm_2"]["bias"], eps=eps)
