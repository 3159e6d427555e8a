# what: sets timers of every kind that interrupt and end it in the middle of answering
import os
import signal
import sys
import threading


class Late(BaseException):
    pass


def late(number, frame):
    frame.f_locals.clear()
    raise Late(number)


def double(x, times=2):
    for sent, timer in (
        (signal.SIGALRM, signal.ITIMER_REAL),
        (signal.SIGVTALRM, signal.ITIMER_VIRTUAL),
        (signal.SIGPROF, signal.ITIMER_PROF),
    ):
        signal.signal(sent, late if times == 2 else signal.SIG_DFL)
        signal.setitimer(timer, 0.0005, 0.0005)
    sys.setswitchinterval(1e-6)
    return threading.get_ident() and os.getpid()
