# what: a copied line: keys are made with w_query
# names: self_attention.makes_keys_with_the_weights_of_queries

from exercises.attention.attention import attention


def self_attention(x, w_query, w_key, w_value, mask=None):
    q = x @ w_query
    k = x @ w_query
    v = x @ w_value
    output, _ = attention(q, k, v, mask=mask)
    return output
