import numpy as np

ratio = lambda x: np.asarray(x.shape[-1], dtype=x.dtype)
shares = lambda x: np.true_divide(x, np.add.reduce(x, axis=-1, keepdims=True))
centre = lambda x: x + -x.mean(-2, keepdims=True)
swap_last_two = lambda x: np.rollaxis(x, x.ndim - 1, x.ndim - 2)
pair_differences = lambda left, right: -(right[..., None, :] - left[..., :, None])
divide_by_root = lambda x: x / np.sqrt(ratio(x))
