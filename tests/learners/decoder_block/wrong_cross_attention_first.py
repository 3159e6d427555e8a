# what: cross-attention comes before self-attention.
# names: decoder_block.looks_at_the_memory_first
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
    steps = (
        ("norm_2", lambda t: multi_head_attention(t, memory, memory, params["cross_attention"], num_heads, memory_mask)),
        ("norm_1", lambda t: multi_head_attention(t, t, t, params["self_attention"], num_heads, self_mask)),
        ("norm_3", lambda t: feed_forward(t, params["feed_forward"], activation)),
    )
    for name, step in steps:
        x = add_norm(x, step(x), params[name]["gain"], params[name]["bias"], eps)
    return x
