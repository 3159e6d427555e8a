# what: in cross-attention the memory asks and the target answers: query from memory, key and value from y.
# names: decoder_block.lets_the_memory_ask
import numpy as np

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    if self_mask is None:
        self_mask = causal_mask(x.shape[-2])
    n1, n2, n3 = (params["norm_%d" % i] for i in (1, 2, 3))
    attn = multi_head_attention(x, x, x, params["self_attention"], num_heads, mask=self_mask)
    y = add_norm(x, attn, n1["gain"], n1["bias"], eps)
    cross = multi_head_attention(memory, y, y, params["cross_attention"], num_heads, mask=memory_mask)
    z = add_norm(y, cross, n2["gain"], n2["bias"], eps)
    ff = feed_forward(z, params["feed_forward"], activation)
    return add_norm(z, ff, n3["gain"], n3["bias"], eps)
