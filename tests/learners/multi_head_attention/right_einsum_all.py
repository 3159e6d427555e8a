import numpy as np

from exercises.attention.masking import masked_softmax


def multi_head_attention(query, key, value, params, num_heads, mask=None):
    d = query.shape[-1]
    e = d // num_heads

    def project(x, name):
        w = params["w_" + name].reshape(d, num_heads, e)
        b = params["b_" + name].reshape(num_heads, 1, e)
        return np.einsum("...nd,dhe->...hne", x, w) + b

    q, k, v = project(query, "query"), project(key, "key"), project(value, "value")
    scores = np.einsum("...qe,...ke->...qk", q, k) * e**-0.5
    weights = masked_softmax(scores, None if mask is None else mask[..., None, :, :])
    w_output = params["w_output"].reshape(num_heads, e, d)
    return np.einsum("...hqk,...hke,hed->...qd", weights, v, w_output) + params["b_output"]
