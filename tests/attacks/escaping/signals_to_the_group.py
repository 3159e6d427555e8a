# what: sends a signal to its own process group and session, in which the trusted process may be
import os
import signal

signal.signal(signal.SIGURG, signal.SIG_IGN)


def double(x, times=2):
    for send in (lambda: os.kill(0, signal.SIGURG), lambda: os.killpg(os.getpgrp(), signal.SIGURG)):
        try:
            send()
        except OSError as error:
            print(error)
