"""The grader as a wheel made from the installed one, without the course that travels inside it.

A release, or what goes to another machine, brings its grader along: they fit each other, and no
solution of the bundled course comes with them.
"""

from __future__ import annotations

import base64
import hashlib
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from grader.course.course import BUNDLED

PACKAGE = Path(__file__).parents[1]
DISTRIBUTION = "attention-course"
_METADATA = ("METADATA", "WHEEL", "entry_points.txt", "licenses/LICENSE")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever it is made


def wheel_name() -> str:
    """Return what the wheel of the grader that is running is called."""
    return f"{_stem()}-py3-none-any.whl"


def _stem() -> str:
    return f"{DISTRIBUTION.replace('-', '_')}-{distribution(DISTRIBUTION).version}"


def write_wheel(folder: Path) -> Path:
    """Write the wheel of the grader that is running, and return its path.

    It holds the code and nothing of the course. The same grader gives the same bytes.
    """
    found, stem = distribution(DISTRIBUTION), _stem()
    files = dict(_code())
    for name in _METADATA:
        text = found.read_text(name)
        if text is not None:
            files[f"{stem}.dist-info/{name}"] = text.encode()
    record = f"{stem}.dist-info/RECORD"
    lines = [f"{name},sha256={_digest(body)},{len(body)}" for name, body in files.items()]
    files[record] = "\n".join([*lines, f"{record},,", ""]).encode()
    path = folder / wheel_name()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, body)
    return path


def _code() -> Iterator[tuple[str, bytes]]:
    for path in sorted(PACKAGE.rglob("*")):
        inside = path.relative_to(PACKAGE)
        if path.is_file() and inside.parts[0] != BUNDLED and "__pycache__" not in inside.parts:
            yield f"grader/{inside.as_posix()}", path.read_bytes()


def _digest(body: bytes) -> str:
    """Return the digest as the RECORD of a wheel has it (PEP 376, PEP 427)."""
    return base64.urlsafe_b64encode(hashlib.sha256(body).digest()).rstrip(b"=").decode()
