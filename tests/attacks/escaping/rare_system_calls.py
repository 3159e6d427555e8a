# what: calls what hardly any program needs and some holes of the kernel were found in
import ctypes
import errno
import os
import platform

libc = ctypes.CDLL(None, use_errno=True)
# Numbers of calls and arguments that are wrong: that these are looked at is what must not happen.
COMMON = {"bpf": 321, "userfaultfd": 323, "perf_event_open": 298, "keyctl": 250, "add_key": 248}
RARE = {
    "modify_ldt": 154,
    "kexec_load": 246,
    "init_module": 175,
    "finit_module": 313,
    "swapon": 167,
}
MORE = {
    "acct": 163,
    "quotactl": 179,
    "mbind": 237,
    "move_pages": 279,
    "vmsplice": 278,
    "setns": 308,
}
NEWER = {"pidfd_open": 434, "fsopen": 430, "open_by_handle_at": 304, "memfd_secret": 447}
CALLS = COMMON | RARE | MORE | NEWER | {"personality": 135, "ptrace": 101, "seccomp": 317}
REFUSED = (errno.EPERM, errno.ENOSYS, errno.EACCES)


def double(x, times=2):
    for name, number in CALLS.items() if platform.machine() == "x86_64" else ():
        ctypes.set_errno(0)
        done = libc.syscall(number, -1, -1, -1, -1, -1, -1)
        if done >= 0 or ctypes.get_errno() not in REFUSED:
            print("gained: the kernel looked at", name, done, os.strerror(ctypes.get_errno()))
