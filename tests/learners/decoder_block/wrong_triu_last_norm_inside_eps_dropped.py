# slip: in `decoder_block`, the default mask is True strictly above the diagonal (triu, k=1, the PyTorch convention of True = hidden)
# slip: in `decoder_block`, the last norm is applied to the feed-forward output before the sum: h + norm_3(ff)
# slip: in `decoder_block`, eps is not passed on to the norms

import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.layer_norm import layer_norm
from exercises.transformer.feed_forward import feed_forward


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    def norm(t, which):
        p = params[which]
        return layer_norm(t, p["gain"], p["bias"])

    n = x.shape[-2]
    if self_mask is None:
        self_mask = np.triu(np.ones((n, n), dtype=bool), k=1)
    sa = multi_head_attention(x, x, x, params["self_attention"], num_heads, mask=self_mask)
    h = norm(x + sa, "norm_1")
    ca = multi_head_attention(
        h, memory, memory, params["cross_attention"], num_heads, mask=memory_mask
    )
    h = norm(h + ca, "norm_2")
    ff = feed_forward(h, params["feed_forward"], activation)
    return h + norm(ff, "norm_3")
