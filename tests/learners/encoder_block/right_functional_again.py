from functools import partial

import numpy as np

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward

_residual = lambda x, part, norm, eps: add_norm(x, part(x), **norm, eps=eps)

encoder_block = lambda x, params, num_heads, mask=None, activation="relu", eps=1e-5: _residual(
    _residual(
        x,
        lambda t: multi_head_attention(t, t, t, params["attention"], num_heads, mask=mask),
        params["norm_1"],
        eps,
    ),
    partial(feed_forward, params=params["feed_forward"], activation=activation),
    params["norm_2"],
    eps,
)
