from functools import partial

from exercises.attention import attention as a

self_attention = lambda x, w_query, w_key, w_value, mask=None: next(
    iter(partial(a.attention, mask=mask)(*map(x.__matmul__, (w_query, w_key, w_value))))
)
