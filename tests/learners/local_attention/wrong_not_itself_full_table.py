# slip: a position does not see itself -> local_attention.leaves_itself_out; local_attention.leaves_itself_out_and_gives_zeros_for_nobody
# slip: a table of all scores
import numpy as np

from exercises.attention.attention import attention


def local_attention(query, key, value, window):
    i = np.arange(query.shape[-2])
    distance = np.abs(i[:, None] - i)
    return attention(query, key, value, (distance <= window) & (distance > 0))[0]
