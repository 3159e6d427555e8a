"""The filter of system calls: its numbers are the kernel's, and what is harmless passes."""

from __future__ import annotations

import ctypes
import struct

import pytest

from grader.learner.inside.seccomp import program_head
from grader.learner.inside.system_calls import MACHINES, numbers_of

ARCHITECTURES = dict(zip(MACHINES, (0xC000003E, 0xC00000B7), strict=True))
ALLOWED, KILLED = 0x7FFF0000, 0x80000000


def verdict(machine: str, number: int, *arguments: int, architecture: int = 0) -> int | None:
    """Run the filter as the kernel does on one call; None where it comes to the end."""
    data = struct.pack(
        "=iIQ6Q",
        number,
        architecture or ARCHITECTURES[machine],
        0,
        *arguments,
        *[0] * (6 - len(arguments)),
    )
    program = list(struct.iter_unpack("=HBBI", program_head(machine)))
    value = place = 0
    while place < len(program):
        code, if_true, if_false, operand = program[place]
        place += 1
        if code == 0x20:
            (value,) = struct.unpack_from("=I", data, operand)
        elif code == 0x54:
            value &= operand
        elif code == 0x15:
            place += if_true if value == operand else if_false
        else:
            assert code == 0x06
            return int(operand)
    return None


@pytest.mark.parametrize("machine", MACHINES)
def test_the_numbers_are_those_that_libseccomp_knows(machine: str) -> None:
    """Each name stands for the call of that name, also on the machine that this is not."""
    try:
        resolve = ctypes.CDLL("libseccomp.so.2").seccomp_syscall_resolve_name_arch
    except OSError:
        pytest.skip("libseccomp is not installed")
    resolve.argtypes = [ctypes.c_uint32, ctypes.c_char_p]
    for name, number in numbers_of(machine).items():
        assert resolve(ARCHITECTURES[machine], name.encode()) == number, name


@pytest.mark.parametrize("machine", MACHINES)
def test_only_what_is_harmless_passes(machine: str) -> None:
    """Of every call with conditions, a use of each kind; and none that is not listed."""
    number = numbers_of(machine)
    passing = [
        ("read",), ("openat", 0, 0, 0o2000000), ("mmap", 0, 4096, 3, 0x22), ("prctl", 15),
        ("prlimit64", 0, 7, 0), ("ioctl", 1, 0x5413), ("fcntl", 1, 1030), ("fcntl", 1, 0),
    ]  # fmt: skip
    refused = [
        *(("openat", 0, 0, flags) for flags in (1, 2, 0o100, 0o1000, 0o20200002)),
        *(("mmap", 0, 4096, 3, flags) for flags in (0x21, 0x122, 0x20, 0x23, 0x28)),
        *(("prctl", option) for option in (4, 8, 22, 38)),
        *(("prlimit64", 0, 7, address) for address in (1, 2**32, 2**63)),
        ("ioctl", 1, 0x5412), ("fcntl", 1, 1031), ("fcntl", 1, 8),
    ]  # fmt: skip
    for name, *arguments in passing:
        assert verdict(machine, number[name], *arguments) == ALLOWED, (name, arguments)
    for name, *arguments in refused:
        assert verdict(machine, number[name], *arguments) is None, (name, arguments)
    for other in set(range(1000)) - set(number.values()):
        assert verdict(machine, other) is None, other
    assert verdict(machine, number["tgkill"], 1) is None  # its own is added by each process
    assert verdict(machine, number["read"], architecture=0x40000003) == KILLED
