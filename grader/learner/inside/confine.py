"""What a process can forbid itself before a byte of the learner's is compiled.

`Confinement` is prepared once, in the zygote, and entered by every child; `confine_plainly` is
what the tier `process` does.

Sources: getrlimit(2) and capabilities(7) of the Linux manual.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import mmap
import os
import sys
from collections.abc import Sequence
from importlib.machinery import PathFinder

import numpy

from grader.learner.inside.closed_memory import close_memory
from grader.learner.inside.landlock import Ruleset
from grader.learner.inside.seccomp import Filter

if os.name == "posix":
    import resource

MAX_FILES = 64
NOBODY = 65534
_SET_PDEATHSIG, _SIGKILL = 1, 9
_SET_KEEPCAPS, _CAPABILITIES_V3, _CAP_DAC_READ_SEARCH = 8, 0x20080522, 2


class Confinement:
    """Landlock, seccomp and limits for the processes that this one forks."""

    def __init__(self, packages: Sequence[str]) -> None:
        """Prepare; raise `OSError` where there is no Landlock, or no filter for this machine."""
        self._libc = ctypes.CDLL(None)
        self._filter = Filter()
        self._ruleset = Ruleset(*readable_paths(packages))

    def enter(
        self, memory: int, cpu_seconds: int, above_rest: int = 0, imported: Sequence[str] = ()
    ) -> None:
        """Confine this process for good; of its descriptors it keeps the standard three."""
        self._libc.prctl(_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)  # it ends when the zygote does
        limit_resources(memory, cpu_seconds)
        limit_growth(above_rest, imported)
        self._ruleset.enforce()
        os.closerange(3, 2**16)
        self._filter.load()


def confine_plainly(
    memory: int, cpu_seconds: int, above_rest: int = 0, imported: Sequence[str] = ()
) -> None:
    """Set what limits the system has: it is not root, and starts no process besides this one.

    On Linux it also gives up the system calls that computing does not need, where the kernel lets
    it, so that of the machine it can do no more than read.
    """
    if os.name != "posix":
        return
    os.closerange(3, 2**16)  # whoever started the grader may have left some open
    drop_root()
    limit_resources(memory, cpu_seconds)
    _limit(resource.RLIMIT_NPROC, 0)
    close_memory()
    limit_growth(above_rest, imported)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)  # it ends when the grader does
        with contextlib.suppress(OSError):  # another machine, or a kernel that has no filters
            Filter().load()


def limit_resources(memory: int, cpu_seconds: int) -> None:
    """Bound computing, memory, files and their size; the bounds cannot be lifted again."""
    _limit(resource.RLIMIT_CPU, cpu_seconds)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NOFILE, MAX_FILES)
    _limit(resource.RLIMIT_CORE, 0)
    if sys.platform == "linux":  # elsewhere this does not count what is allocated
        _limit(resource.RLIMIT_DATA, memory)
        # What is mapped without being data: pages that are only read still need tables.
        _limit(resource.RLIMIT_AS, _address_space() + memory + memory // 4)


def limit_growth(above_rest: int, imported: Sequence[str]) -> None:
    """Bound by how many bytes this process may grow from here on, where that is asked for.

    What is `imported` is so beforehand: a package maps more than what any check allows.
    """
    if not above_rest or sys.platform != "linux":
        return
    for name in imported:
        with contextlib.suppress(Exception):  # the learner's file meets it again
            importlib.import_module(name)
    for dtype in (numpy.float32, numpy.float64):  # products take their working memory beforehand
        square = numpy.ones((128, 128), dtype)
        square @ square
    _limit(resource.RLIMIT_AS, _address_space() + above_rest)


def _limit(kind: int, bound: int) -> None:
    _, hard = resource.getrlimit(kind)
    bound = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
    resource.setrlimit(kind, (bound, bound))


def _address_space() -> int:
    """Return the bytes that are mapped already."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:  # behind some walls there is no /proc
        return _probed_address_space()


def _probed_address_space() -> int:
    """Return the least limit under which one more page can be mapped, to 64 KiB."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    too_little, enough = 0, 2**47 if before[1] == resource.RLIM_INFINITY else before[1]
    while enough - too_little > 2**16:
        tried = (too_little + enough) // 2
        resource.setrlimit(resource.RLIMIT_AS, (tried, before[1]))
        try:
            mmap.mmap(-1, mmap.PAGESIZE).close()
            enough = tried
        except OSError:
            too_little = tried
    resource.setrlimit(resource.RLIMIT_AS, before)
    return enough


def drop_root() -> None:
    """Become the user nobody where this is root, if there is such a user.

    Where others may not read Python's own files (a Python in root's home), it keeps the right to
    read any file, and no other.
    """
    if os.geteuid() != 0:
        return
    keep_reading = sys.platform == "linux" and not all(map(_others_may_read, python_folders()))
    if keep_reading:
        libc = ctypes.CDLL(None)
        libc.prctl(_SET_KEEPCAPS, 1, 0, 0, 0)
    try:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    except OSError:  # a container without such a user, or root without the right to change
        return
    if keep_reading:
        header = (ctypes.c_uint32 * 2)(_CAPABILITIES_V3, 0)
        mask = 1 << _CAP_DAC_READ_SEARCH
        libc.capset(header, (ctypes.c_uint32 * 6)(mask, mask, 0, 0, 0, 0))


def python_folders() -> list[str]:
    """Return the folders of the standard library and of NumPy."""
    return [*filter(os.path.isdir, sys.path), os.path.dirname(numpy.__file__)]


def _others_may_read(folder: str) -> bool:
    """Tell whether anybody may list a folder and reach it from the root."""
    bits = [os.stat(folder).st_mode]
    while folder != (folder := os.path.dirname(folder)):
        bits.append(os.stat(folder).st_mode)
    return bool(bits[0] & 0o004) and all(mode & 0o001 for mode in bits)


# Extension modules of the standard library find these in the system's folders.
_LIBRARIES = ("crypto", "ssl", "ffi", "z", "bz2", "lzma", "sqlite3", "expat", "mpdec", "uuid")


def readable_paths(packages: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the files and folders that a child may read: Python's, NumPy's and the packages'.

    Site-packages stays out, and so does the folder of the standard library, which holds it: its
    listing is cached here, and importing needs no more.
    """
    paths = ["/dev/null", "/dev/urandom", "/etc/ld.so.cache"]
    *standard, numpy = python_folders()
    for folder in standard:
        _cache_listing(folder)
        names = set(os.listdir(folder)) - {"site-packages", "dist-packages"}
        paths += [os.path.join(folder, name) for name in sorted(names)]
    for folder in {os.path.dirname(path) for path in packages}:
        _cache_listing(folder)
    paths += [numpy, f"{numpy}.libs", *packages, *_system_libraries()]
    files = [path for path in paths if os.path.exists(path) and not os.path.isdir(path)]
    return files, [path for path in paths if os.path.isdir(path)]


def _cache_listing(folder: str) -> None:
    """Let Python's importer list a folder now, because a child may not."""
    PathFinder.find_spec("no_such_module", [folder])


def _system_libraries() -> list[str]:
    triplet = getattr(sys.implementation, "_multiarch", "")
    folders = [
        f"/usr/lib/{triplet}",
        "/usr/lib64",
        "/usr/lib",
        os.path.join(sys.base_prefix, "lib"),
    ]
    prefixes = tuple(f"lib{name}{end}" for name in _LIBRARIES for end in (".so", "-"))
    return [
        os.path.join(folder, name)
        for folder in filter(os.path.isdir, dict.fromkeys(folders))
        for name in os.listdir(folder)
        if name.startswith(prefixes)
    ]
