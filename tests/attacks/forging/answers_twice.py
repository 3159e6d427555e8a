# what: answers every call several times, so that one answer stands for another call's
import sys

import numpy as np

channel = sys.meta_path[0]._channel


def double(x, times=2):
    for value in (np.zeros_like(x), np.full_like(x, np.nan), x * 0 - np.inf):
        channel.send({"kind": "returned", "value": value, "args": (x, times), "kwargs": {}})
    return np.zeros(x.shape[::-1])
