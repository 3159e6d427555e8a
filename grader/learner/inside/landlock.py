"""Landlock: a process gives up all files but those named, all TCP, and signals to others.

The kernel's interface is three system calls with the same numbers on every architecture. What a
kernel is too old to refuse, the filter of system calls refuses anyway.

Source: landlock(7) of the Linux manual, and Documentation/userspace-api/landlock.rst.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Sequence

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG = 1
_PATH_BENEATH = 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
# How many rights to files each version of the interface knows; later ones know no more.
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
_LATEST_FILE_RIGHTS = 16
_NET_RIGHTS = 0b11  # bind and connect
_SCOPES = 0b11  # abstract sockets and signals
_SET_NO_NEW_PRIVS = 38


class Ruleset:
    """What remains readable: `files`, and whatever is inside of `folders`."""

    def __init__(self, files: Sequence[str], folders: Sequence[str]) -> None:
        """Prepare; raise `OSError` where the kernel has no Landlock."""
        self._libc = ctypes.CDLL(None, use_errno=True)
        version = self._checked(self._libc.syscall(_CREATE_RULESET, None, 0, _VERSION_FLAG))
        self._descriptor = self._create(version)
        for path in files:
            self._allow(path, _READ_FILE)
        for path in folders:
            self._allow(path, _READ_FILE | _READ_DIR)

    def enforce(self) -> None:
        """Hold this process, and all that it starts, to the rules."""
        self._checked(self._libc.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        self._checked(self._libc.syscall(_RESTRICT_SELF, self._descriptor, 0))

    def _create(self, version: int) -> int:
        refused = [(1 << _FILE_RIGHTS.get(version, _LATEST_FILE_RIGHTS)) - 1]
        if version >= 4:
            refused.append(_NET_RIGHTS)
        if version >= 6:
            refused.append(_SCOPES)
        attributes = struct.pack(f"={len(refused)}Q", *refused)
        return self._checked(self._libc.syscall(_CREATE_RULESET, attributes, len(attributes), 0))

    def _allow(self, path: str, rights: int) -> None:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
        rule = struct.pack("=Qi", rights, parent)
        self._checked(self._libc.syscall(_ADD_RULE, self._descriptor, _PATH_BENEATH, rule, 0))
        os.close(parent)

    def _checked(self, result: int) -> int:
        if result < 0:
            number = ctypes.get_errno()
            raise OSError(number, f"Landlock: {os.strerror(number)}")
        return result
