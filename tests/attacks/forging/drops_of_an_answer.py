# what: sends an answer of megabytes one byte at a time, each in time to be waited for a little more
# seconds: 0.5
# ends: timed_out
import os
import struct
import sys
import time

channel = sys.meta_path[0]._channel


def double(x, times=2):
    descriptor = channel._outgoing
    os.write(descriptor, struct.pack("<IQ", 4, 2**23) + b"null")
    while True:
        os.write(descriptor, b"\0")
        time.sleep(0.01)
