# what: calls itself without end, which should not end more than itself
# ends: crashed failed
def double(x, times=2):
    return double(x, times)
