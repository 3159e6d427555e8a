import numpy as np


class Clock:
    def __init__(self, d_model):
        step = 10000.0 ** (-2.0 * np.arange(d_model // 2) / d_model)
        self.turn_sin = np.sin(step)
        self.turn_cos = np.cos(step)
        self.sin = np.zeros_like(step)
        self.cos = np.ones_like(step)

    def read(self):
        return np.column_stack([self.sin, self.cos]).ravel()

    def tick(self):
        s, c = self.sin, self.cos
        self.sin = s * self.turn_cos + c * self.turn_sin
        self.cos = c * self.turn_cos - s * self.turn_sin


def sinusoidal_encoding(n, d_model):
    clock = Clock(d_model)
    rows = []
    for _ in range(n):
        rows.append(clock.read())
        clock.tick()
    return np.vstack(rows)


def add_positions(x, encoding):
    if x.shape[-2] > encoding.shape[0]:
        raise ValueError("the table ends before the sequence does")
    placed = np.empty_like(x)
    placed[...] = encoding[: x.shape[-2]]
    placed += x
    return placed
