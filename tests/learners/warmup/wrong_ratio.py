# what: a peak of 1
# names: warmup.peaks_at_one
def warmup_rate(step, d_model, warmup_steps):
    if step < warmup_steps:
        return step / warmup_steps
    return (warmup_steps / step) ** 0.5
