# what: x[mask] = 0
# names: dropout.drops_in_place
def dropout(x, draws, rate):
    if rate < 0 or rate > 1:
        raise ValueError
    x[draws < rate] = 0
    if rate < 1:
        x /= 1 - rate
    return x
