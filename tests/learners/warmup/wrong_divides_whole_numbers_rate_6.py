# slip: divides by whole numbers (//), so the rate is 0 until the peak
# slip: after the peak counts the steps since the peak, and falls too fast
import math


def warmup_rate(step, d_model, warmup_steps):
    peak = 1 / math.sqrt(d_model) / math.sqrt(warmup_steps)
    if step <= warmup_steps:
        return peak * (step // warmup_steps)
    return peak / math.sqrt(step - warmup_steps + 1)
