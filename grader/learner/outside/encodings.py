"""What bytes are text: UTF-8, what a file's own first lines say, or else a word on what it is."""

from __future__ import annotations

import codecs
import re

from grader.errors import RefusedError

_SAVE = (
    "Save it as UTF-8: VS Code has `Save with Encoding` behind the encoding's name at the bottom,"
    " Notepad has a list of encodings in `Save as`."
)
_UNPACK = "Take the Python file out of it, and grade that: `grader grade NAME --file FILE.py`."
_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
# How files begin that are handed in by mistake, and hold Python at best.
_PACKED = {b"PK\x03\x04": "a zip", b"\x1f\x8b": "a gzip archive", b"7z\xbc\xaf": "a 7z archive"}
_PACKED |= {b"Rar!": "a RAR archive", b"%PDF-": "a PDF"}
# Where a file names its encoding, by Python's rule: in one of its first two lines.
_COOKIE = re.compile(rb"\A(?:[ \t\f]*(?:#.*)?\r?\n)?[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
# Those in which all of ASCII means itself, so that no code is hidden in what looks like a text.
_PLAIN = re.compile(r"iso8859-\d+|cp(125\d|437|85\d|866)|koi8-[rtu]|mac-roman|gb2312|euc_\w+")


def text_of(source: bytes, shown: str) -> bytes:
    """Return the text of a file in UTF-8: byte for byte as it is, where it is that already.

    Raises
    ------
    RefusedError
        It is something else; the message names what, if that can be seen.
    """
    _refuse_other_kinds(source, shown)
    try:
        source.decode("utf-8")
        return source
    except UnicodeDecodeError as error:
        if (text := _by_its_cookie(source)) is not None:
            return text.encode("utf-8")
        byte = source[error.start : error.start + 1]
        raise _refusal(
            f"the file is not UTF-8 text: byte {byte[0]:#04x} means nothing there"
            f" (in Latin-1 it is `{byte.decode('latin-1')}`)",
            f"{shown}:{_line(source, error.start)}",
        ) from error


def _refuse_other_kinds(source: bytes, shown: str) -> None:
    packed = next((kind for begin, kind in _PACKED.items() if source.startswith(begin)), "")
    if packed:
        raise RefusedError(f"the file is {packed}, not Python", where=shown, next=_UNPACK)
    mark = next((name for mark, name in _MARKS.items() if source.startswith(mark)), "")
    if mark or _is_every_other_byte_zero(source):
        raise _refusal(f"the file is {mark or 'UTF-16'} text", shown)
    if b"\0" in source:
        count, first = source.count(b"\0"), source.index(b"\0")
        zeros = "a zero byte" if count == 1 else f"{count:,} zero bytes"
        raise RefusedError(
            f"the file holds {zeros}, which no text has; the first is byte {first + 1:,} of it",
            where=f"{shown}:{_line(source, first)}",
            next="Delete what stands there, or copy what you wrote into a new file.",
        )
    if source.lstrip().startswith(b"{") and b'"nbformat"' in source and b'"cells"' in source:
        raise RefusedError(
            "the file is a notebook, not Python",
            where=shown,
            next="Let its name end in .ipynb, and grade that: `grader grade --file NAME.ipynb`.",
        )


def _is_every_other_byte_zero(source: bytes) -> bool:
    """Tell whether this is UTF-16 without a mark: in it, what is ASCII has a zero byte each."""
    halves = source[::2], source[1::2]
    zeros = [half.count(0) / max(len(half), 1) for half in halves]
    return max(zeros) > 0.5 and min(zeros) < 0.1


def _by_its_cookie(source: bytes) -> str | None:
    found = _COOKIE.match(source)
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else ""
        return source.decode(name) if _PLAIN.fullmatch(name) else None
    except (LookupError, UnicodeError):
        return None


def _refusal(what: str, where: str) -> RefusedError:
    return RefusedError(what, where=where, next=_SAVE)


def _line(source: bytes, position: int) -> int:
    above = source[:position]
    return above.count(b"\n") + above.count(b"\r") - above.count(b"\r\n") + 1
