# what: the matrices of query and key are exchanged, so each position is asked with what should be found.
# names: self_attention.exchanges_queries_and_keys
import numpy as np

from exercises.attention.attention import attention


def self_attention(x, w_query, w_key, w_value, mask=None):
    keys = np.einsum("...nd,dk->...nk", x, w_query)
    queries = np.einsum("...nd,dk->...nk", x, w_key)
    values = np.einsum("...nd,dv->...nv", x, w_value)
    out, weights = attention(queries, keys, values, mask)
    return out
