from functools import reduce

import numpy as np

from exercises.transformer.encoder_block import encoder_block

encoder = lambda x, blocks, num_heads, mask=None, activation="relu", eps=1e-5: reduce(
    lambda y, p: encoder_block(y, p, num_heads, mask, activation, eps), blocks, x
)
