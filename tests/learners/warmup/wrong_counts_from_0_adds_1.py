# what: counts from 0 and adds 1 to the step, so every rate is that of the next step
# names: warmup.counts_from_zero
def warmup_rate(step, d_model, warmup_steps):
    step_num = step + 1  # step ** -0.5 fails for 0
    arg1 = step_num ** -0.5
    arg2 = step_num * warmup_steps ** -1.5
    return d_model ** -0.5 * min(arg1, arg2)
