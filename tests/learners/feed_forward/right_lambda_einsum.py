import numpy as np

NODES, WEIGHTS = np.polynomial.legendre.leggauss(80)


def density_integral(x):
    top = np.clip(np.asarray(x, float), -9, 9)[..., None]
    t = top * (NODES + 1) / 2
    return (np.exp(-t * t / 2) @ WEIGHTS) * top[..., 0] / 2 / np.sqrt(2 * np.pi)


relu = lambda x: x * (x > 0)
gelu = lambda x: (x * (0.5 + density_integral(x))).astype(x.dtype)
ACTIVATIONS = {"relu": relu, "gelu": gelu}
linear = lambda x, w, b: np.einsum("...i,io->...o", x, w) + b


def feed_forward(x, params, activation="relu"):
    try:
        act = ACTIVATIONS[activation]
    except KeyError:
        raise ValueError(f"no activation {activation!r}") from None
    return linear(act(linear(x, params["w_in"], params["b_in"])), params["w_out"], params["b_out"])
