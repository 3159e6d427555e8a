# what: divides by d_k itself; the root is forgotten.
# names: attention_scores.divides_by_the_width_itself
import numpy as np


def dot_scores(query, key):
    return np.einsum('...qd,...kd->...qk', query, key)


def scaled_dot_scores(query, key):
    depth = query.shape[-1]
    return np.einsum('...qd,...kd->...qk', query, key) / depth


def additive_scores(query, key, w_query, w_key, v):
    Q = np.einsum('...qd,da->...qa', query, w_query)
    K = np.einsum('...kd,da->...ka', key, w_key)
    return np.einsum('...qka,a->...qk', np.tanh(Q[..., :, None, :] + K[..., None, :, :]), v)
