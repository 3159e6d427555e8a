"""Key-value cache: what was worked out for a token is kept, and the next one needs one row only.

When a model writes, its text grows by one token at a time. Causal attention never looks ahead, so
the keys and values of the earlier tokens stay what they are; to work them out again for every new
token would be waste. A cache holds them. A step gets the newest vector x, projects that one alone,
puts its key and its value behind the others, and lets its query attend to all of them.

    x      (..., 1, d)                the newest token, and nothing else
    cache  "key" (..., t, d_k), "value" (..., t, d_v): the t tokens before it; None at first

    query, key, value = x w_query, x w_key, x w_value                   one row each
    output, _ = attention(query, all t + 1 keys, all t + 1 values)      scaled by 1 / sqrt(d_k)

    d = 1, all three weights [[1]]
    x = [[0]]    keys and values [[0]]                          output [[0]]
    x = [[2]]    keys and values [[0], [2]]    scores [0, 4]    output 0.018 * 0 + 0.982 * 2 = 1.964

No mask is needed: whatever is in the cache comes before, and a token may see itself. Nor are old
queries kept: they have asked. Step by step, the outputs are those of causal self-attention on the
whole text. A step returns a new cache and leaves the old one as it was, so that a text can be
continued in two ways from one place.
"""

# Replace each `raise NotImplementedError` below with your code, save this file, and run
#     grader grade kv_cache        (stuck? grader hint kv_cache)
# in the folder of the course.
#
# Leave arguments as they came (no `x += ...`), and return the float type you were given, float32
# for float32, unless a docstring says otherwise.
#
# What is imported from `exercises` is your own, from the files of those names; while one of them is
# wrong, the grader uses a right one in its place.

import numpy as np

from exercises.attention.attention import attention


def decode_step(x, cache, w_query, w_key, w_value):
    """Let the newest token attend to itself and to all before it.

    Parameters
    ----------
    x : (..., 1, d)
        The vector of the newest token.
    cache : dict or None
        "key": (..., t, d_k) and "value": (..., t, d_v) of the t tokens before it, None for the
        first token. It is left as it is.
    w_query, w_key : (d, d_k)
        Weights without biases.
    w_value : (d, d_v)
        Weights without a bias.

    Returns
    -------
    output : (..., 1, d_v)
        The newest token's own.
    cache : dict
        A new one, with the same two names and one more row behind each of the others.

    Notes
    -----
    Source: Shazeer 2019, section 2.3, which counts what this saves.
    """
    raise NotImplementedError
