# what: stops itself as by Ctrl-Z, so that it neither goes on nor ends
# seconds: 0.4
# ends: timed_out failed
import os
import signal


def double(x, times=2):
    for stop in (signal.raise_signal, lambda number: os.kill(os.getpid(), number)):
        try:
            stop(signal.SIGSTOP)
        except OSError as error:
            print(error)
