# what: sleeps for ever and uses no CPU, which a limit of CPU time would never notice
# seconds: 0.4
# ends: timed_out
import time


def double(x, times=2):
    time.sleep(10**6)
