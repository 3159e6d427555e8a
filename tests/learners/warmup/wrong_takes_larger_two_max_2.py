# what: takes the larger of the two, max for min
# names: warmup.takes_the_larger_one
import math


def warmup_rate(step, d_model, warmup_steps):
    decay = 1 / math.sqrt(step)
    rise = step / math.sqrt(warmup_steps) ** 3
    return max(decay, rise) / math.sqrt(d_model)
