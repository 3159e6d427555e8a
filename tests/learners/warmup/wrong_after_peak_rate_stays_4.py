# what: after the peak the rate stays as it is, and does not fall
# names: warmup.stays_at_the_peak
def warmup_rate(step, d_model, warmup_steps):
    peak = (d_model * warmup_steps) ** -0.5
    return peak * min(1.0, step / warmup_steps)
