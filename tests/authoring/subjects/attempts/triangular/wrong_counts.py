# what: it counts.
# names: triangular.counts
import itertools


def triangular(start=1):
    return itertools.count(start)
