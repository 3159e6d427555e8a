# what: norms stand before the parts
# names: decoder_block.normalises_the_input_of_each_part

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.feed_forward import feed_forward
from exercises.transformer.layer_norm import layer_norm


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    if self_mask is None:
        self_mask = causal_mask(x.shape[-2])
    y = layer_norm(x, **params["norm_1"], eps=eps)
    x = x + multi_head_attention(y, y, y, params["self_attention"], num_heads, mask=self_mask)
    y = layer_norm(x, **params["norm_2"], eps=eps)
    x = x + multi_head_attention(
        y, memory, memory, params["cross_attention"], num_heads, mask=memory_mask
    )
    y = layer_norm(x, **params["norm_3"], eps=eps)
    return x + feed_forward(y, params["feed_forward"], activation=activation)
