"""After the NoamOpt of the Annotated Transformer, without its optimizer."""

import numpy as np


class NoamOpt:
    def __init__(self, model_size, factor, warmup):
        self._step = 0
        self.warmup = warmup
        self.factor = factor
        self.model_size = model_size

    def rate(self, step=None):
        if step is None:
            step = self._step
        arguments = np.array([float(step) ** -0.5, step * float(self.warmup) ** -1.5])
        return self.factor * self.model_size ** (-0.5) * arguments.min()


def warmup_rate(step, d_model, warmup_steps):
    schedule = NoamOpt(d_model, 1, warmup_steps)
    schedule._step = step
    return schedule.rate()
