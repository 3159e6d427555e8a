# what: warmup_steps ** -0.5, and multiplies by the root of the width
# names: warmup.rises_too_steeply warmup.multiplies_by_the_root_of_the_width
def warmup_rate(step, d_model, warmup_steps):
    return d_model**0.5 * min(step**-0.5, step * warmup_steps**-0.5)
