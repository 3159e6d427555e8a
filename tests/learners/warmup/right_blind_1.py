import math


def warmup_rate(step, d_model, warmup_steps):
    """First the line, then the root."""
    peak = 1 / math.sqrt(d_model * warmup_steps)
    if step <= warmup_steps:
        return peak * step / warmup_steps
    return peak * math.sqrt(warmup_steps / step)
