def dropout(x, draws, rate):
    if 0 > rate or rate > 1:
        raise ValueError
    y = x.copy()
    y[draws < rate] = 0
    if rate < 1:
        y /= 1 - rate
    return y
