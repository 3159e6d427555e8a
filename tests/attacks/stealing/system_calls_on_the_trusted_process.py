# what: reads the memory and the descriptors of the trusted process by system calls made for that
import ctypes
import os
import platform

CALLS = {
    "x86_64": {"ptrace": 101, "process_vm_readv": 310, "kcmp": 312, "get_robust_list": 274},
    "aarch64": {"ptrace": 117, "process_vm_readv": 270, "kcmp": 272, "get_robust_list": 100},
}[platform.machine()]
SEIZE, VM = 0x4206, 1
libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(64)


class Part(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


def attempt(name, *arguments):
    if libc.syscall(*arguments) >= 0:
        print("gained:", name)
    else:
        print(name, os.strerror(ctypes.get_errno()))


def double(x, times=2):
    here = Part(ctypes.addressof(buffer), 8)
    environ = ctypes.c_void_p.in_dll(libc, "environ").value
    for pid in (int("@PID@"), os.getppid()):
        there = Part(environ, 8)
        reading = (pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0)
        attempt("process_vm_readv", CALLS["process_vm_readv"], *reading)
        attempt("kcmp", CALLS["kcmp"], pid, pid, VM, 0, 0)
        attempt("get_robust_list", CALLS["get_robust_list"], pid, buffer, buffer)
        pidfd = libc.syscall(434, pid, 0)
        attempt("pidfd_getfd", 438, pidfd, 0, 0)
        attempt("ptrace", CALLS["ptrace"], SEIZE, pid, 0, 0)
    return None
