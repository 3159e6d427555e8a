# what: never falls, and divides by the width
# names: warmup.never_falls warmup.divides_by_the_width
def warmup_rate(step, d_model, warmup_steps):
    return step * warmup_steps**-1.5 / d_model
