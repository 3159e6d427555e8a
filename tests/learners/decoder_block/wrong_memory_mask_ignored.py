# what: memory_mask is not passed to cross-attention.
# names: decoder_block.ignores_the_memory_mask
import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    self_mask = causal_mask(x.shape[-2]) if self_mask is None else self_mask

    def attend(q, kv, name, mask=None):
        return multi_head_attention(q, kv, kv, params[name], num_heads, mask)

    def norm(a, b, i):
        return add_norm(a, b, params[f"norm_{i}"]["gain"], params[f"norm_{i}"]["bias"], eps)

    x = norm(x, attend(x, x, "self_attention", self_mask), 1)
    x = norm(x, attend(x, memory, "cross_attention"), 2)
    x = norm(x, feed_forward(x, params["feed_forward"], activation), 3)
    return x
