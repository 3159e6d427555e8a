# what: waits for a lock that it holds, with every signal blocked
# seconds: 0.4
# ends: timed_out
import signal
import threading

lock = threading.Lock()


def double(x, times=2):
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    lock.acquire()
    lock.acquire()
