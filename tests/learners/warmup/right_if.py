import math


def warmup_rate(step, d_model, warmup_steps):
    if step < warmup_steps:
        rate = step / (warmup_steps * math.sqrt(warmup_steps))
    else:
        rate = 1 / math.sqrt(step)
    return rate / math.sqrt(d_model)
