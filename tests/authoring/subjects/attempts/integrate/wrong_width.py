# what: the width is left out.
# names: integrate.forgets_the_width
import numpy as np


def integrate(f, a, b):
    return np.mean(f(np.linspace(a, b, 4001)[1::2]))
