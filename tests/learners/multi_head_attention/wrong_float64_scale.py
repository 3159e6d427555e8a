# what: divides by np.sqrt of an int, so float32 becomes float64.
# names: multi_head_attention.loses_single_precision
import numpy as np

from exercises.attention.masking import masked_softmax
from exercises.attention.multi_head import merge_heads, split_heads


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    head_dim = query.shape[-1] // num_heads
    q = split_heads(query @ params["w_query"] + params["b_query"], num_heads)
    k = split_heads(key @ params["w_key"] + params["b_key"], num_heads)
    v = split_heads(value @ params["w_value"] + params["b_value"], num_heads)
    energy = np.einsum("...hqd,...hkd->...hqk", q, k) / np.sqrt(head_dim)
    m = mask[..., None, :, :] if mask is not None else None
    att = masked_softmax(energy, m)
    out = merge_heads(np.einsum("...hqk,...hkd->...hqd", att, v))
    return out @ params["w_output"] + params["b_output"]
