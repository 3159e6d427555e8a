import numpy as np


def my_erf(z):
    z = np.clip(z, -6.0, 6.0)
    term = z.copy()
    total = z.copy()
    for k in range(1, 200):
        term = term * 2 * z * z / (2 * k + 1)
        total = total + term
    return 2 / np.sqrt(np.pi) * np.exp(-z * z) * total


def relu(x):
    return np.clip(x, 0, None)


def gelu(x):
    wide = np.array(x, dtype=np.float64)
    phi = (1 + my_erf(wide / np.sqrt(2))) / 2
    return (wide * phi).astype(x.dtype)


def feed_forward(x, params, activation="relu"):
    if activation not in ["relu", "gelu"]:
        raise ValueError(activation)
    h = np.matmul(x, params["w_in"]) + params["b_in"]
    h = relu(h) if activation == "relu" else gelu(h)
    return np.matmul(h, params["w_out"]) + params["b_out"]
