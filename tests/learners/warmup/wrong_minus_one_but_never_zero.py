# what: takes 1 from all steps but the first
# names: warmup.holds_the_first_step_twice

def warmup_rate(step, d_model, warmup_steps):
    step = max(step - 1, 1)
    return d_model ** -0.5 * min(step ** -0.5, step * warmup_steps ** -1.5)
