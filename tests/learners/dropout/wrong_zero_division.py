# what: 1 / 0 at rate 1
# names: dropout.divides_one_by_zero
def dropout(x, draws, rate):
    if rate < 0 or rate > 1:
        raise ValueError("rate out of range")
    scale = 1 / (1 - rate)
    return x * (draws >= rate) * scale
