# what: closes the pipes of the answers only, and goes on printing and computing
# seconds: 0.5
import os
import sys

channel = sys.meta_path[0]._channel


def double(x, times=2):
    os.close(channel._outgoing)
    os.close(channel._read.args[0])
    while True:
        print("still here")
