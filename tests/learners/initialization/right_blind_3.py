"""After torch.nn.init: the standard deviation first, and the limits from that."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Uniform:
    low: float
    high: float

    @classmethod
    def with_std(cls, std):
        bound = math.sqrt(3.0) * std
        return cls(-bound, bound)

    def __call__(self, draws):
        return self.low * (1 - draws) + self.high * draws


def xavier_uniform(draws, fan_in, fan_out, gain=1.0):
    std = gain * math.sqrt(2.0 / float(fan_in + fan_out))
    return Uniform.with_std(std)(draws)


def score_std(query_std, key_std, d_k):
    return math.sqrt(d_k * (query_std ** 2) * (key_std ** 2))
