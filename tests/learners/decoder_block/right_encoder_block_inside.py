from exercises.attention.masking import causal_mask
from exercises.attention.multi_head_attention import multi_head_attention
from exercises.transformer.add_norm import add_norm
from exercises.transformer.feed_forward import feed_forward


def attention_round(x, sources, attention, norm, num_heads, mask, eps):
    found = multi_head_attention(x, sources, sources, attention, num_heads, mask=mask)
    return add_norm(x, found, eps=eps, **norm)


def decoder_block(
    x, memory, params, num_heads, self_mask=None, memory_mask=None, activation="relu", eps=1e-5
):

    if self_mask is None:
        self_mask = causal_mask(x.shape[-2])
    p, h = params, num_heads
    x = attention_round(x, x, p["self_attention"], p["norm_1"], h, self_mask, eps)
    x = attention_round(x, memory, p["cross_attention"], p["norm_2"], h, memory_mask, eps)
    worked = feed_forward(x, p["feed_forward"], activation=activation)
    return add_norm(x, worked, eps=eps, **p["norm_3"])
