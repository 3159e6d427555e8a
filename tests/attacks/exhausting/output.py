# what: prints without end, so that whoever keeps it all runs out of memory
# seconds: 0.5
# ends: timed_out
import os


def double(x, times=2):
    while True:
        os.write(1, b"a" * 2**16)
        os.write(2, b"\xff\x00" * 2**15)
