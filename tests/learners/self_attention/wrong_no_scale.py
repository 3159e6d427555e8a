# what: the scores are not scaled
# names: self_attention.does_not_scale


from exercises.attention.masking import masked_softmax


def self_attention(x, w_query, w_key, w_value, mask=None):
    q, k, v = x @ w_query, x @ w_key, x @ w_value

    return masked_softmax(q @ k.swapaxes(-1, -2), mask) @ v
