import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    """Write position after position, as one does when generating."""
    n, m = x.shape[-2], memory.shape[-2]
    if self_mask is None:
        self_mask = np.tri(n, dtype=bool)
    self_mask = np.broadcast_to(self_mask, x.shape[:-1] + (n,))
    memory_mask = np.broadcast_to(True if memory_mask is None else memory_mask, x.shape[:-1] + (m,))
    written = []
    for t in range(n):
        now = slice(t, t + 1)
        y = x[..., now, :]
        look = multi_head_attention(
            y, x, x, params["self_attention"], num_heads, mask=self_mask[..., now, :]
        )
        y = add_norm(y, look, **params["norm_1"], eps=eps)
        look = multi_head_attention(
            y, memory, memory, params["cross_attention"], num_heads, mask=memory_mask[..., now, :]
        )
        y = add_norm(y, look, **params["norm_2"], eps=eps)
        thought = feed_forward(y, params["feed_forward"], activation=activation)
        written.append(add_norm(y, thought, **params["norm_3"], eps=eps))
    return np.concatenate(written, axis=-2)
