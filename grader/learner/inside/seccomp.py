"""Seccomp: a process gives up all system calls but those that computing needs.

The filter is a program for the kernel, put together here: what is not in `system_calls`, or is not
known yet, fails with EPERM. It is short enough to need no library, so whoever has Linux has it.

Source: seccomp(2) of the Linux manual, and Documentation/networking/filter.rst.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Sequence
from typing import NamedTuple

from grader.learner.inside.system_calls import MACHINES, numbers_of

_SET_NO_NEW_PRIVS, _SET_SECCOMP, _MODE_FILTER = 38, 22, 2
_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# Instructions: load a word, keep some of its bits, jump where it is equal, and end.
_LOAD, _AND, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x54, 0x15, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x80000000
# What a filter sees of a call: its number, the architecture, an address, and six arguments.
_NUMBER, _ARCHITECTURE = 0, 4

_MAP_TYPE, _MAP_PRIVATE, _MAP_GROWSDOWN = 0x0F, 0x02, 0x100
_SET_NAME = 15
_OF_TERMINALS = (0x5401, 0x5413)  # is it one, and how large
_HARMLESS_FCNTL = (0, 1, 2, 3, 4, 1030)  # copies of a descriptor, and its flags
_WRITING = 0o3 | 0o100 | 0o1000  # for writing, to make a new file, to empty one


class _Word(NamedTuple):
    """32 bits of a call's arguments: where they are, which of them count, what these have to be."""

    place: int
    value: int
    mask: int = 0xFFFFFFFF


def _argument(number: int) -> int:
    """Return where the lower 32 bits of an argument are; the upper ones come 4 bytes later."""
    return 16 + 8 * number


# Where only some uses of a call are harmless: each of them, by what holds for it.
_USES = {
    "open": [[_Word(_argument(1), 0, _WRITING)]],
    "openat": [[_Word(_argument(2), 0, _WRITING)]],
    # What grows down is counted by no limit.
    "mmap": [[_Word(_argument(3), _MAP_PRIVATE, _MAP_TYPE | _MAP_GROWSDOWN)]],
    "prctl": [[_Word(_argument(0), _SET_NAME)]],
    "prlimit64": [[_Word(_argument(2), 0), _Word(_argument(2) + 4, 0)]],  # asking, not setting
    "ioctl": [[_Word(_argument(1), request)] for request in _OF_TERMINALS],
    "fcntl": [[_Word(_argument(1), command)] for command in _HARMLESS_FCNTL],
}


class Filter:
    """The system calls that remain."""

    def __init__(self) -> None:
        """Prepare; raise `OSError` on a machine whose system calls are not known here."""
        machine = os.uname().machine
        if machine not in MACHINES or struct.calcsize("P") != 8:
            raise OSError(f"seccomp: the system calls of {machine} are not known here")
        head, refuse = program_head(machine), _instruction(_RETURN, _REFUSE)
        to_itself = _allowed(numbers_of(machine)["tgkill"], [_Word(_argument(0), 0)])
        code = head + to_itself + refuse
        # All but the pid is there before a process is forked: making it takes longer than a call.
        self._pid_at = len(head) + to_itself.rindex(_instruction(_RETURN, _ALLOW)) - 4
        self._code = ctypes.create_string_buffer(code, len(code))
        self._program = struct.pack("@HP", len(code) // 8, ctypes.addressof(self._code))
        self._libc = ctypes.CDLL(None, use_errno=True)

    def load(self) -> None:
        """Hold this process to the filter; it may abort itself, and signal nobody else."""
        struct.pack_into("=I", self._code, self._pid_at, os.getpid())
        self._checked(self._libc.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        self._checked(self._libc.prctl(_SET_SECCOMP, _MODE_FILTER, self._program, 0, 0))

    def _checked(self, result: int) -> None:
        if result < 0:
            number = ctypes.get_errno()
            raise OSError(number, f"seccomp: {os.strerror(number)}")


def program_head(machine: str) -> bytes:
    """Return the filter of a machine up to where it refuses whatever it has not allowed."""
    head = [
        _instruction(_LOAD, _ARCHITECTURE),
        _instruction(_JUMP_IF_EQUAL, _ARCHITECTURES[machine], 1, 0),
        _instruction(_RETURN, _KILL),
        _instruction(_LOAD, _NUMBER),
    ]
    for name, number in numbers_of(machine).items():
        if name != "tgkill":
            head += [_allowed(number, words) for words in _USES.get(name, [()])]
    return b"".join(head)


def _allowed(number: int, words: Sequence[_Word] = ()) -> bytes:
    """Return what lets a call pass if all these words are right, and else leads on behind it."""
    body = []
    for left, word in zip(range(len(words), 0, -1), words, strict=True):
        body += [_instruction(_LOAD, word.place), _instruction(_AND, word.mask)]
        body.append(_instruction(_JUMP_IF_EQUAL, word.value, 0, 3 * left - 2))
    body.append(_instruction(_RETURN, _ALLOW))
    if words:
        body.append(_instruction(_LOAD, _NUMBER))  # which the next comparison is about
    return _instruction(_JUMP_IF_EQUAL, number, 0, len(body)) + b"".join(body)


def _instruction(code: int, operand: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, operand)
