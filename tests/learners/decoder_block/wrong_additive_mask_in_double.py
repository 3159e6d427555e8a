# what: a causal mask of float64 numbers, added to the scores in an attention of its own
# names: attention.unmasks_where_nothing_may_be_seen
import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head import merge_heads, split_heads
from exercises.attention.softmax import softmax
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    def attend(q, k, p, mask):
        q, v, k = (
            q @ p["w_query"] + p["b_query"],
            k @ p["w_value"] + p["b_value"],
            k @ p["w_key"] + p["b_key"],
        )
        q, k, v = (split_heads(a, num_heads) for a in (q, k, v))
        scores = q @ k.swapaxes(-1, -2) / q.shape[-1] ** 0.5
        if mask is not None:
            scores = scores + np.where(mask, 0.0, -1e9)[..., None, :, :]
        return merge_heads(softmax(scores) @ v) @ p["w_output"] + p["b_output"]

    if self_mask is None:
        self_mask = causal_mask(x.shape[-2])
    out1 = attend(x, x, params["self_attention"], self_mask)
    out1 = add_norm(x, out1, **params["norm_1"], eps=eps)
    out2 = attend(out1, memory, params["cross_attention"], memory_mask)
    out2 = add_norm(out1, out2, **params["norm_2"], eps=eps)
    out3 = feed_forward(out2, params["feed_forward"], activation=activation)
    return add_norm(out2, out3, **params["norm_3"], eps=eps)
