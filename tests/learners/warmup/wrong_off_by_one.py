# what: counts from 0
# names: warmup.counts_from_zero
def warmup_rate(step, d_model, warmup_steps):
    step += 1
    return d_model**-0.5 * min(step**-0.5, step * warmup_steps**-1.5)
