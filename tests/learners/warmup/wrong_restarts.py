# what: counts anew after warm-up
# names: warmup.falls_from_the_end_of_warm_up
def warmup_rate(step, d_model, warmup_steps):
    if step > warmup_steps:
        after = step - warmup_steps
        return (d_model * after) ** -0.5
    return d_model**-0.5 * step / warmup_steps**1.5
