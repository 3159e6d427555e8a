# what: the mask gets no axis for the heads, so the batch axis of a mask stands under the heads.
# names: multi_head_attention.pairs_the_mask_with_the_heads
import numpy as np

from exercises.attention.attention import attention
from exercises.attention.multi_head import merge_heads, split_heads


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    def proj(x, which):
        return split_heads(np.matmul(x, params[f"w_{which}"]) + params[f"b_{which}"], num_heads)

    out, attn = attention(proj(query, "query"), proj(key, "key"), proj(value, "value"), mask)
    out = merge_heads(out)
    return np.matmul(out, params["w_output"]) + params["b_output"]
