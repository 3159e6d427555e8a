# what: b_output is not added at the end.
# names: multi_head_attention.forgets_the_last_bias
import numpy as np

from exercises.attention.attention import attention
from exercises.attention.multi_head import merge_heads, split_heads


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    heads = [
        split_heads(x @ params["w_" + name] + params["b_" + name], num_heads)
        for x, name in ((query, "query"), (key, "key"), (value, "value"))
    ]
    if mask is not None:
        mask = mask[..., np.newaxis, :, :]
    context = attention(*heads, mask=mask)[0]
    return merge_heads(context).dot(params["w_output"])
