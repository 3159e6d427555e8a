import math

import numpy as np

_erf = np.frompyfunc(math.erf, 1, 1)

relu = lambda x: x * (x > 0)
gelu = lambda x: 0.5 * x * (1.0 + np.asarray(_erf(x * math.sqrt(0.5))).astype((x * 1.0).dtype))


def feed_forward(x, params, activation="relu"):
    try:
        f = {"relu": relu, "gelu": gelu}[activation]
    except KeyError:
        raise ValueError(activation) from None
    return np.asfortranarray(f(x @ params["w_in"] + params["b_in"]) @ params["w_out"] + params["b_out"])
