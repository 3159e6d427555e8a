# what: ** -1/2 everywhere
def warmup_rate(step, d_model, warmup_steps):
    return d_model**-1 / 2 * min(step**-1 / 2, step * warmup_steps**-1.5)
