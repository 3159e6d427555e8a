# what: adds the two curves
# names: warmup.adds_the_two_curves

def warmup_rate(step, d_model, warmup_steps):
    return d_model ** -0.5 * (step ** -0.5 + step * warmup_steps ** -1.5)
