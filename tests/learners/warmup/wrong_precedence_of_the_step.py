# what: step ** -1/2
# names: warmup.halves_for_the_step
def warmup_rate(step, d_model, warmup_steps):
    decay = step**-1 / 2
    ramp = step * warmup_steps ** (-3 / 2)
    return min(decay, ramp) / d_model**0.5
