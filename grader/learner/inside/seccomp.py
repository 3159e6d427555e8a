"""Seccomp: a process gives up all system calls but those that computing needs.

libseccomp writes the filter, through the `pyseccomp` binding, so that it is right on every
architecture. Whatever is not listed, or is not known yet, fails with EPERM.

Source: seccomp(2) and clone(2) of the Linux manual.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys
from types import ModuleType
from typing import Any

# Arguments are compared where only some uses of a call are harmless.
_CLONE_THREAD = 0x10000
_MAP_TYPE, _MAP_PRIVATE = 0x03, 0x02
_IS_TERMINAL, _TERMINAL_SIZE = 0x5401, 0x5413
_SET_NAME, _SET_SECCOMP, _MODE_FILTER = 15, 22, 2
_INSTRUCTION_SIZE = 8
_HARMLESS_FCNTL = (0, 1, 2, 3, 4, 1030)  # copies of a descriptor, and its flags

_ALLOWED = """
    read readv pread64 write writev lseek close close_range dup dup2 dup3 pipe pipe2
    open openat stat lstat fstat newfstatat fstatat64 statx access faccessat faccessat2
    readlink readlinkat getdents64 getcwd
    poll ppoll select pselect6 epoll_create1 epoll_ctl epoll_wait epoll_pwait eventfd2
    munmap mremap mprotect madvise brk
    futex futex_waitv set_robust_list get_robust_list set_tid_address rseq membarrier
    sched_yield sched_getaffinity getcpu exit exit_group restart_syscall
    getpid getppid gettid getuid geteuid getgid getegid getgroups getresuid getresgid
    getpgrp getpgid getsid uname sysinfo getrusage times getrlimit
    clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time
    getitimer setitimer alarm
    rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend rt_sigtimedwait
    sigaltstack getrandom arch_prctl tgkill
"""


class Filter:
    """The system calls that remain."""

    def __init__(self, binding: Any, signals_are_scoped: bool) -> None:
        """Prepare, with the `binding` to libseccomp.

        Where signals to others are refused already, a child needs no filter for its own pid.
        """
        self._signals_are_scoped = signals_are_scoped
        self._library = binding
        self._filter = self._library.SyscallFilter(self._library.ERRNO(errno.EPERM))
        self._filter.set_attr(self._library.Attr.ACT_BADARCH, self._library.KILL_PROCESS)
        # The C library then uses clone, whose flags can be looked at.
        self._add("clone3", action=self._library.ERRNO(errno.ENOSYS))
        for name in _ALLOWED.split():
            self._add(name)
        self._add("clone", self._masked(0, _CLONE_THREAD, _CLONE_THREAD))
        self._add("mmap", self._masked(3, _MAP_TYPE, _MAP_PRIVATE))
        self._add("prctl", self._equal(0, _SET_NAME))
        self._add("prlimit64", self._equal(2, 0))  # asking, not setting
        for request in (_IS_TERMINAL, _TERMINAL_SIZE):
            self._add("ioctl", self._equal(1, request))
        for command in _HARMLESS_FCNTL:
            self._add("fcntl", self._equal(1, command))
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._program = self._compile()

    def load(self) -> None:
        """Hold this process to the filter; it may abort itself, and signal nobody else."""
        if not self._signals_are_scoped:
            signals = self._library.SyscallFilter(self._library.ALLOW)
            others = self._library.Arg(0, self._library.NE, os.getpid())
            signals.add_rule(self._library.ERRNO(errno.EPERM), "tgkill", others)
            signals.load()
        if self._libc.prctl(_SET_SECCOMP, _MODE_FILTER, self._program, 0, 0) < 0:
            number = ctypes.get_errno()
            raise OSError(number, f"seccomp: {os.strerror(number)}")

    def _compile(self) -> bytes:
        """Return the filter as the kernel takes it, a `sock_fprog`, for all children."""
        reading, writing = os.pipe()
        with os.fdopen(reading, "rb") as exported:
            with os.fdopen(writing, "wb") as file:
                self._filter.export_bpf(file)
            instructions = exported.read()
        self._instructions = ctypes.create_string_buffer(instructions, len(instructions))
        count = len(instructions) // _INSTRUCTION_SIZE
        return struct.pack("@HP", count, ctypes.addressof(self._instructions))

    def _add(self, name: str, *conditions: Any, action: int | None = None) -> None:
        if self._library.resolve_syscall(self._library.Arch.NATIVE, name) != -1:
            action = self._library.ALLOW if action is None else action
            self._filter.add_rule(action, name, *conditions)

    def _equal(self, argument: int, value: int) -> Any:
        return self._library.Arg(argument, self._library.EQ, value)

    def _masked(self, argument: int, mask: int, value: int) -> Any:
        return self._library.Arg(argument, self._library.MASKED_EQ, mask, value)


def import_binding() -> Any:
    """Return the `pyseccomp` module; raise `OSError` where it, or libseccomp, is missing.

    It looks for two libraries with `ctypes.util`, which asks a linker and imports a good deal to do
    so. While it is imported, a module that knows the answers stands in for that one.
    """
    util: Any = ModuleType("ctypes.util")
    util.find_library = {"c": "libc.so.6", "seccomp": "libseccomp.so.2"}.get
    sys.modules["ctypes.util"] = ctypes.util = util  # type: ignore[attr-defined]
    try:
        import pyseccomp
    except (ImportError, OSError, RuntimeError) as error:
        raise OSError(f"seccomp: {error}") from error
    finally:
        del sys.modules["ctypes.util"], ctypes.util  # type: ignore[attr-defined]
    return pyseccomp
