# what: computes in C for ever, where no signal handler of Python's and no trace has a say
# seconds: 0.4
# ends: timed_out
import re


def double(x, times=2):
    if times == 3:
        return 7 ** (10**9)
    return re.fullmatch("(a+)+b", "a" * 60)
