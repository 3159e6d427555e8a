# what: lifts the limit of recursion and overflows the stack, so that the process dies where it stands
# seconds: 3
# ends: crashed out_of_memory timed_out failed
import sys

sys.setrecursionlimit(2**31 - 1)


class Deep:
    def __repr__(self):
        return repr([self])


def double(x, times=2):
    if x.shape != (2,):
        return None
    return repr(Deep())
