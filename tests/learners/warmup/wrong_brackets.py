# what: the width divides one curve only
# names: warmup.leaves_the_width_out_of_the_line
import math


def warmup_rate(step, d_model, warmup_steps):
    return min(1 / math.sqrt(step * d_model), step / warmup_steps**1.5)
