# what: as get_constant_schedule_with_warmup, at the height of the paper's peak
# names: warmup.stays_at_the_peak
def warmup_rate(step, d_model, warmup_steps):
    peak = 1 / (d_model * warmup_steps) ** 0.5
    if step >= warmup_steps:
        return peak
    return peak * step / warmup_steps
