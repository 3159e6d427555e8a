import numpy as np

from exercises.attention.attention import attention


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    d = query.shape[-1]
    width = d // num_heads
    total = np.zeros_like(query) + params["b_output"]
    for head in range(num_heads):
        own = slice(head * width, (head + 1) * width)
        found, _ = attention(
            query @ params["w_query"][:, own] + params["b_query"][own],
            key @ params["w_key"][:, own] + params["b_key"][own],
            value @ params["w_value"][:, own] + params["b_value"][own],
            mask=mask,
        )
        total = total + found @ params["w_output"][own]
    return total
