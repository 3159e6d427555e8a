import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    seen = np.tri(x.shape[-2], dtype=bool) if self_mask is None else self_mask
    parts = [
        lambda t: multi_head_attention(t, t, t, params["self_attention"], num_heads, mask=seen),
        lambda t: multi_head_attention(t, memory, memory, params["cross_attention"], num_heads, mask=memory_mask),
        lambda t: feed_forward(t, params["feed_forward"], activation=activation),
    ]
    for number, part in enumerate(parts, start=1):
        norm = params[f"norm_{number}"]
        x = layer_norm(x + part(x), norm["gain"], norm["bias"], eps=eps)
    return np.asfortranarray(x)
