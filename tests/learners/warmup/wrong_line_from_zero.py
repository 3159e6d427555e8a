# what: takes 1 from the step in the line
# names: warmup.begins_the_line_at_zero

def warmup_rate(step, d_model, warmup_steps):
    return d_model ** -0.5 * min(step ** -0.5, (step - 1) * warmup_steps ** -1.5)
