import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    """As if the target were written word by word: each position by itself, then side by side."""
    n, m = x.shape[-2], memory.shape[-2]
    lead = x.shape[:-2]
    if memory_mask is not None:
        memory_mask = np.broadcast_to(memory_mask, lead + (n, m))
    if self_mask is not None:
        self_mask = np.broadcast_to(self_mask, lead + (n, n))
    rows = []
    for i in range(n):
        here = slice(i, i + 1)
        word = x[..., here, :]
        if self_mask is None:
            past = x[..., : i + 1, :]
            a = multi_head_attention(word, past, past, params["self_attention"], num_heads)
        else:
            a = multi_head_attention(word, x, x, params["self_attention"], num_heads, mask=self_mask[..., here, :])
        y = add_norm(word, a, eps=eps, **params["norm_1"])
        see = None if memory_mask is None else memory_mask[..., here, :]
        c = multi_head_attention(y, memory, memory, params["cross_attention"], num_heads, mask=see)
        z = add_norm(y, c, eps=eps, **params["norm_2"])
        rows.append(add_norm(z, feed_forward(z, params["feed_forward"], activation=activation), eps=eps, **params["norm_3"]))
    return np.concatenate(rows, axis=-2)
