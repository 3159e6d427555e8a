def warmup_rate(step, d_model, warmup_steps):
    """The peak, times how far from it."""
    peak = (d_model * warmup_steps) ** -0.5
    progress = step / warmup_steps
    return peak * (progress if progress < 1 else progress**-0.5)
