# what: changes what NumPy keeps for the whole process, so that the next submission computes otherwise
import numpy as np
from numpy._core import multiarray

np.seterr(all="raise")
np.seterrcall(lambda *args: exit(1))
np.set_printoptions(precision=0, threshold=1, formatter={"all": lambda value: "attacked"})
np.random.seed(0)
np.setbufsize(16)
np.float64 = np.float32 = np.int8
np.float_precision = 3
np.ndarray.__doc__  # cannot be set; these can:
for name in ("array", "asarray", "zeros", "ones", "multiply", "add", "sum", "exp", "max"):
    setattr(np, name, None)
    setattr(multiarray, name, None)
np.random.default_rng = np.random.RandomState = None


def double(x, times=2):
    return x
