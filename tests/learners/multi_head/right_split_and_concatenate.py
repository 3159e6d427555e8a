import numpy as np


# np.split raises the ValueError by itself when the blocks would not be equal
split_heads = lambda x, num_heads: np.stack(np.split(x, num_heads, axis=-1), axis=-3)
merge_heads = lambda heads: np.concatenate(list(np.moveaxis(heads, -3, 0)), axis=-1)
