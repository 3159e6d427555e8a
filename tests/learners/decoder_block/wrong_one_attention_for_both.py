# what: the parameters of self-attention serve both attentions
# names: decoder_block.attends_twice_with_the_same_weights

from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):
    if self_mask is None:
        self_mask = causal_mask(x.shape[-2])
    out1 = multi_head_attention(x, x, x, params["self_attention"], num_heads, mask=self_mask)
    out1 = add_norm(x, out1, **params["norm_1"], eps=eps)
    out2 = multi_head_attention(
        out1, memory, memory, params["self_attention"], num_heads, mask=memory_mask
    )
    out2 = add_norm(out1, out2, **params["norm_2"], eps=eps)
    out3 = feed_forward(out2, params["feed_forward"], activation=activation)
    return add_norm(out2, out3, **params["norm_3"], eps=eps)
