# what: sends signals to the trusted process and its parent, so as to stop or kill the judge
import ctypes
import os
import platform
import signal

# tkill, tgkill, rt_sigqueueinfo, rt_tgsigqueueinfo
CALLS = {"x86_64": (200, 234, 129, 297), "aarch64": (130, 131, 138, 240)}[platform.machine()]
SENT = signal.SIGURG  # harmless; whoever may send it may send SIGSTOP and SIGKILL
libc = ctypes.CDLL(None, use_errno=True)


def attempt(name, *call):
    if libc.syscall(*call) >= 0:
        print("gained: a signal by", name)
    else:
        print(name, os.strerror(ctypes.get_errno()))


def double(x, times=2):
    for pid in (int("@PID@"), os.getppid(), 1):
        about = (ctypes.c_int * 32)(SENT, 0, -1)
        try:
            os.kill(pid, SENT)
            print("gained: a signal to", pid)
        except OSError as error:
            print(error)
        attempt("tkill", CALLS[0], pid, SENT)
        attempt("tgkill", CALLS[1], pid, pid, SENT)
        attempt("rt_sigqueueinfo", CALLS[2], pid, SENT, about)
        attempt("rt_tgsigqueueinfo", CALLS[3], pid, pid, SENT, about)
        attempt("pidfd_send_signal", 424, libc.syscall(434, pid, 0), SENT, 0, 0)
