# what: straight down to 0 at ten times the warm-up
def warmup_rate(step, d_model, warmup_steps):
    peak = (d_model * warmup_steps) ** -0.5
    if step <= warmup_steps:
        return peak * step / warmup_steps
    return peak * max(0.0, (10 * warmup_steps - step) / (9 * warmup_steps))
