# what: keeps memory and messages in the kernel, which stay there when a process has ended
# again: yes
import ctypes
import os
import platform

SHMGET, SHMCTL, MSGGET, SEMGET, MQ_OPEN, ADD_KEY, KEYCTL = {
    "x86_64": (29, 31, 68, 64, 240, 248, 250),
    "aarch64": (194, 195, 186, 190, 180, 217, 219),
}[platform.machine()]
KEY, CREATE, REMOVE = 0x61747461, 0o1000, 0
libc = ctypes.CDLL(None, use_errno=True)


def attempt(name, *call):
    made = libc.syscall(*call)
    print(f"gained: {name}" if made >= 0 else f"{name}: {os.strerror(ctypes.get_errno())}")
    return made


def double(x, times=2):
    if attempt("what another submission left", SHMGET, KEY, 4096, 0o600) >= 0:
        libc.syscall(SHMCTL, libc.syscall(SHMGET, KEY, 4096, 0o600), REMOVE, 0)
    attempt("shared memory", SHMGET, KEY, 4096, CREATE | 0o600)
    attempt("a queue of messages", MSGGET, 0, CREATE | 0o600)
    attempt("semaphores", SEMGET, 0, 1, CREATE | 0o600)
    attempt("a named queue", MQ_OPEN, b"attacked", os.O_CREAT | os.O_RDWR, 0o600, 0)
    attempt("a key", ADD_KEY, b"user", b"attacked", b"secret", 6, -4)
    attempt("a keyring", KEYCTL, 0, -3, 1)
