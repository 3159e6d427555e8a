# what: returns what attention returns, output and weights
# names: self_attention.returns_the_weights_too

from exercises.attention.attention import attention


def self_attention(x, w_query, w_key, w_value, mask=None):
    return attention(x @ w_query, x @ w_key, x @ w_value, mask=mask)
