# what: leaves its process group and session and lets go of its parent, so as not to be found and ended
# seconds: 0.5
# ends: timed_out
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
SET_PDEATHSIG, SET_CHILD_SUBREAPER, SET_DUMPABLE, SET_NAME = 1, 36, 4, 15


def double(x, times=2):
    for leave in (os.setsid, lambda: os.setpgid(0, 0), lambda: os.setpgid(0, os.getppid())):
        try:
            leave()
        except OSError as error:
            print(error)
    for option, value in ((SET_PDEATHSIG, 0), (SET_CHILD_SUBREAPER, 1), (SET_DUMPABLE, 0)):
        print(option, libc.prctl(option, value, 0, 0, 0))
    libc.prctl(SET_NAME, b"kworker/0:1", 0, 0, 0)
    while True:
        pass
