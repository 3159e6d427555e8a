# what: says that it was never attempted, when it has done all its harm already
# ends: not_attempted
import os

os.environ["ATTACKED"] = "yes"
raise NotImplementedError("nothing to see here")


def double(x, times=2):
    return x
