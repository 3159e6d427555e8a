# what: max for min
# names: warmup.takes_the_larger_one
def warmup_rate(step, d_model, warmup_steps):
    return d_model**-0.5 * max(step**-0.5, step * warmup_steps**-1.5)
