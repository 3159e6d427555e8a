# what: all sequences of a batch are laid end to end and attend to each other; right only without batch axes.
# names: self_attention.lays_all_sequences_end_to_end
import numpy as np

from exercises.attention.attention import attention


def self_attention(x, w_query, w_key, w_value, mask=None):
    lead = x.shape[:-2]
    n, d = x.shape[-2:]
    flat = x.reshape(-1, d)
    m = None
    if mask is not None:
        copies = flat.shape[0] // n
        m = np.tile(np.broadcast_to(mask, lead + (n, n)).reshape(-1, n), (1, copies))
    out = attention(flat @ w_query, flat @ w_key, flat @ w_value, m)[0]
    return out.reshape(lead + (n, w_value.shape[1]))
