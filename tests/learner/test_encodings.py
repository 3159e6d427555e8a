"""What bytes are text, and what is said of those that are not."""

from __future__ import annotations

import pytest

from grader.errors import RefusedError
from grader.learner.outside.encodings import text_of

CODE = "import numpy as np\n\n\ndef f(x):\n    return np.exp(x)\n"


@pytest.mark.parametrize(
    "source",
    [b"", b"x = 1\r\n", b"\xef\xbb\xbfx = 1\n", "# café, 中\n".encode(), b"{'nbformat': 4}"],
)
def test_utf_8_is_taken_as_it_is(source: bytes) -> None:
    """Byte for byte, with a mark in front or without."""
    assert text_of(source, "f.py") == source


@pytest.mark.parametrize("before", [b"", b"#!/usr/bin/python\n", b"\n", b"# \xe9t\xe9\r\n"])
@pytest.mark.parametrize("name", ["latin-1", "iso-8859-15", "cp1252", "windows-1252"])
def test_a_file_may_name_its_encoding(name: str, before: bytes) -> None:
    """In one of its first two lines, as Python has it; the text is what it says there."""
    source = before + f"# -*- coding: {name} -*-\nx = 'é'\n".encode(name)
    assert text_of(source, "f.py").decode("utf-8").endswith("x = 'é'\n")


@pytest.mark.parametrize(
    "source",
    [
        b"x = 1\n\n# coding: latin-1\n# \xe9\n",  # in the third line
        b"x = 1 # caf\xe9\n# coding: latin-1\n",  # after code
        b"# coding: no-such\n# \xe9\n",
        b"# coding: utf-8\n# \xe9\n",
        b"# coding: utf-7\n# \xe9\n",  # in which ASCII may mean something else
        b"# coding: raw_unicode_escape\n# \xe9\n",
        b"# coding: rot13\n# \xe9\n",
        b"# coding: big5\n# \xe9\xa1\n",
    ],
)
def test_no_other_encoding_is_believed(source: bytes) -> None:
    """What is graded is what anybody sees in the file."""
    with pytest.raises(RefusedError, match="not UTF-8 text"):
        text_of(source, "f.py")


def test_what_is_not_utf_8_has_its_line() -> None:
    """The first byte that is none is shown, and how to save the file otherwise."""
    with pytest.raises(RefusedError) as refused:
        text_of(b"x = 1\r\ny = '\xe9'\r\n", "f.py")
    assert refused.value.where == "f.py:2"
    assert "byte 0xe9" in refused.value.what and "`é`" in refused.value.what
    assert "Save it as UTF-8" in str(refused.value.next)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
    ],
)
@pytest.mark.parametrize("source", [CODE, f"# é, 中文字符\n{CODE}"])
def test_utf_16_is_recognised(encoding: str, name: str, source: str) -> None:
    """By its mark, or by every other byte being zero."""
    with pytest.raises(RefusedError, match=f"the file is {name} text"):
        text_of(source.encode(encoding), "f.py")


@pytest.mark.parametrize(
    ("source", "place", "what"),
    [
        (b"x = 1\ny\0 = 2\n", "f.py:2", "a zero byte, which no text has; the first is byte 8 of"),
        (CODE.encode() + b"\0" * 1300, "f.py:6", "1,300 zero bytes"),
        (b"\0" * 4, "f.py:1", "4 zero bytes"),
    ],
)
def test_zero_bytes_are_shown(source: bytes, place: str, what: str) -> None:
    """How many there are, and where the first is."""
    with pytest.raises(RefusedError, match=what) as refused:
        text_of(source, "f.py")
    assert refused.value.where == place


def test_a_notebook_is_not_python() -> None:
    """It is told by what is in it, whatever it is called."""
    notebook = b'\n{\n "cells": [],\n "nbformat": 4\n}\n'
    with pytest.raises(RefusedError, match="the file is a notebook") as refused:
        text_of(notebook, "f.py")
    assert "grader grade --file NAME.ipynb" in str(refused.value.next)


@pytest.mark.parametrize("begin", [b"PK\x03\x04", b"\x1f\x8b\x08", b"%PDF-1.7\n"])
def test_what_is_packed_is_to_be_unpacked(begin: bytes) -> None:
    """It is no text with zero bytes in it: what it is, is said."""
    with pytest.raises(RefusedError, match="not Python") as raised:
        text_of(begin + b"softmax.py\0\0" * 9, "f.py")
    assert "grader grade NAME --file" in str(raised.value)
