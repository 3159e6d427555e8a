from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):

    mask = causal_mask(x.shape[-2]) if self_mask is None else self_mask
    a = multi_head_attention(x, x, x, params["self_attention"], num_heads, mask=mask)
    x = add_norm(x, a, params["norm_1"]["gain"], params["norm_1"]["bias"], eps=eps)
    c = multi_head_attention(
        x, memory, memory, params["cross_attention"], num_heads, mask=memory_mask
    )
    x = add_norm(x, c, params["norm_2"]["gain"], params["norm_2"]["bias"], eps=eps)
    f = feed_forward(x, params["feed_forward"], activation=activation)
    return add_norm(x, f, params["norm_3"]["gain"], params["norm_3"]["bias"], eps=eps)
