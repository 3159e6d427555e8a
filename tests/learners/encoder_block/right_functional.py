from functools import partial, reduce

from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm

add_norm = lambda part, norm, eps, x: layer_norm(x + part(x), norm["gain"], norm["bias"], eps=eps)

encoder_block = lambda x, params, num_heads, mask=None, activation="relu", eps=1e-5: reduce(
    lambda sequence, step: step(sequence),
    [
        partial(
            add_norm,
            lambda s: multi_head_attention(s, s, s, params["attention"], num_heads, mask),
            params["norm_1"],
            eps,
        ),
        partial(
            add_norm,
            partial(feed_forward, params=params["feed_forward"], activation=activation),
            params["norm_2"],
            eps,
        ),
    ],
    x,
)
