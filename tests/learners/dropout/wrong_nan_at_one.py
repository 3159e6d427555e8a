# what: 0 / 0 at rate 1
# names: dropout.divides_zero_by_zero
def dropout(x, draws, rate):
    if rate < 0 or rate > 1:
        raise ValueError("rate out of range")
    mask = draws >= rate
    return (x * mask) / (1 - rate)
