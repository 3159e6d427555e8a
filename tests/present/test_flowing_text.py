"""Text that comes in pieces is laid out as if it had come at once."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.present import flowing_text
from grader.present.flowing_text import FlowingText

TEXT = "And God said,  Let there be light: and there was light.\n\nAnd God saw the light"


def flow(pieces: list[str], width: int) -> str:
    """Return all that is printed of some pieces."""
    flowing = FlowingText(width)
    return "".join([flowing.feed(piece) for piece in pieces] + [flowing.end()])


@pytest.mark.parametrize("width", [12, 20, 40, 80])
def test_it_breaks_lines_as_textwrap_does(width: int) -> None:
    """Line ends of the text stay; the others stand where there is no more room."""
    lines = [each for line in TEXT.split("\n") for each in textwrap.wrap(line, width) or [""]]
    assert flow([TEXT], width) == " ".join("\n".join(lines).split(" ")).replace("  ", " ") + "\n"


@given(st.text("ab \n", max_size=60), st.lists(st.integers(0, 60), max_size=8), st.integers(3, 9))
def test_where_it_is_cut_makes_no_difference(text: str, cuts: list[int], width: int) -> None:
    """However the pieces come, the same is printed, and no line is too long."""
    places = [0, *sorted(cuts), len(text)]
    pieces = [text[begin:end] for begin, end in zip(places, places[1:], strict=False)]
    whole = flow([text], width)
    assert flow(pieces, width) == whole
    assert max(map(len, whole.split("\n"))) <= width
    assert whole.replace("\n", "").replace(" ", "") == "".join(text.split())


def test_a_word_is_printed_when_it_has_ended() -> None:
    """Not before, since only then it is known where it goes."""
    flowing = FlowingText(20)
    assert [flowing.feed(each) for each in ("be", "gin", "ning ", "God")] == [
        "",
        "",
        "beginning",
        "",
    ]
    assert flowing.end() == " God\n"


def test_a_word_without_an_end_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many pieces it comes in, so that a long one takes no longer than many short ones."""
    read: list[int] = []

    class Counting:
        def findall(self, text: str) -> list[str]:
            read.append(len(text))
            return part.findall(text)

    part = flowing_text._PART
    monkeypatch.setattr(flowing_text, "_PART", Counting())
    printed = flow(["x" * 10] * 5_000, 80)
    assert sum(read) == 50_000
    assert printed.splitlines() == ["x" * 80] * 625


def test_what_could_drive_a_terminal_is_spelled_out() -> None:
    """A model may draw any byte there is."""
    assert "\x1b" not in flow(["a\x1b[31mb"], 40)
