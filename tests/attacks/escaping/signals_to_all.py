# what: sends a signal to every process that it may send one to
import os
import signal


def double(x, times=2):
    for whom in (-1, -int("@PID@"), -os.getppid(), -os.getpgid(os.getppid() or os.getpid())):
        try:
            os.kill(whom, signal.SIGURG)
            print("sent to", whom)
        except OSError as error:
            print(error)
