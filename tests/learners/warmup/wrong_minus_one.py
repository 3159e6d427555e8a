# what: takes 1 from the step
# names: warmup.subtracts_one_from_the_step

def warmup_rate(step, d_model, warmup_steps):
    step = step - 1
    return d_model ** -0.5 * min(step ** -0.5, step * warmup_steps ** -1.5)
