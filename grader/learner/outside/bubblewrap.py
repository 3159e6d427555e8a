"""Bubblewrap: no network, and no file but those of Python, NumPy and a course's packages."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

from grader.learner.outside.spawn import Unavailable, clean_environment, import_folders

_SYSTEM_FOLDERS = ("/lib", "/lib64", "/usr/lib", "/usr/lib64")


def inside_bubblewrap(command: list[str], packages: Sequence[str]) -> list[str]:
    """Return what runs a Python `command` inside; raise `Unavailable` without bubblewrap."""
    program = find_bubblewrap()
    if program is None:
        raise Unavailable("bubblewrap (bwrap) is not installed")
    guards = ["--die-with-parent", "--new-session", "--clearenv", "--chdir", "/"]
    options = [*_namespaces(), *guards, *_environment(), *_binds(packages), "--remount-ro", "/"]
    return [program, *options, "--", _python(), *command[1:]]


def find_bubblewrap() -> str | None:
    """Return where bubblewrap is installed; `shutil.which` takes long to import."""
    candidates = (os.path.join(folder, "bwrap") for folder in os.get_exec_path())
    return next((path for path in candidates if os.access(path, os.X_OK)), None)


def _namespaces() -> list[str]:
    if os.geteuid() != 0:
        return ["--unshare-all", "--cap-drop", "ALL"]
    # Root becomes nobody inside. It takes two rights, which go with it, and the users there are.
    apart = ["--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]
    rights = ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    return [*apart, "--unshare-cgroup-try", *rights]


def _environment() -> list[str]:
    return [part for pair in clean_environment().items() for part in ("--setenv", *pair)]


def _python() -> str:
    """Return the interpreter itself, not its name in a virtual environment."""
    return os.path.realpath(sys.executable)


def _binds(packages: Sequence[str]) -> list[str]:
    """Return what is to be seen inside, each with folders around it that everybody may enter."""
    options = ["--dir", "/usr"]
    for folder in _SYSTEM_FOLDERS:
        options += _as_here(folder)
    options += _shown(_python_and_ours())
    beside = os.path.join(os.path.dirname(os.__file__), "site-packages")
    if os.path.isdir(beside):
        options += ["--tmpfs", beside]
    options += _shown([*_numpy(), *packages])
    options += ["--dir", "/dev"]
    for device in ("/dev/null", "/dev/urandom"):
        options += ["--dev-bind", device, device]
    return options


def _shown(paths: Sequence[str]) -> Iterator[str]:
    for path in paths:
        for folder in _above(path):
            yield from ("--dir", folder)
        yield from ("--ro-bind-try", path, path)


def _above(path: str) -> list[str]:
    """Return the folders that a path leads through, the root left out."""
    names = path.split("/")[1:-1]
    return ["/" + "/".join(names[:depth]) for depth in range(1, len(names) + 1)]


def _numpy() -> list[str]:
    return [os.path.join(import_folders()[1], name) for name in ("numpy", "numpy.libs")]


def _python_and_ours() -> list[str]:
    """Return the paths of Python and of the learner's side."""
    ours = import_folders()[0]
    libraries = os.path.join(sys.base_prefix, "lib")
    shared = [name for name in os.listdir(libraries) if name.startswith("libpython")]
    return [
        "/etc/ld.so.cache",
        _python(),
        os.path.dirname(os.__file__),
        *(os.path.join(libraries, name) for name in shared),
        *(os.path.join(ours, "grader", name) for name in ("__init__.py", "learner")),
    ]


def _as_here(folder: str) -> list[str]:
    """Return what makes a folder of the system be inside as it is outside, a link or none."""
    if os.path.islink(folder):
        return ["--symlink", os.readlink(folder), folder]
    return ["--ro-bind-try", folder, folder]
