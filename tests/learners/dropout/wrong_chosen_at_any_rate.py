# what: returns what is kept, without its places
# names: dropout.leaves_out_what_is_dropped

def dropout(x, draws, rate):
    if rate < 0 or rate > 1:
        raise ValueError("rate")
    return x[draws >= rate] / (1 - rate)
