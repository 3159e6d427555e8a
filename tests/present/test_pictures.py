"""Panels as text and as PNG: what is large, negative, zero or missing can be told apart."""

from __future__ import annotations

import struct
import sys

import click
import numpy as np
import pytest

from grader.errors import UsageError
from grader.exercise.pictures import Panel
from grader.present.picture_png import DPI, HEIGHT, panels_png
from grader.present.picture_text import BLOCKS, STROKES, in_encoding, render_panels
from grader.present.style import Style

MIXED = np.array([[1.0, 0.0, -1.0], [0.3, np.nan, -np.inf]])
WORDS = ("the", "cat", "sat")


def lines(*panels: Panel, width: int = 80, abreast: int = 0) -> list[str]:
    """Return panels as lines without colour."""
    return render_panels(panels, Style(width=width), abreast).splitlines()


def test_a_table_is_readable_without_colour() -> None:
    """Much, little, nothing, below zero, nan and infinite each have a sign of their own."""
    title, header, first, second, _, legend = lines(Panel("t", MIXED, ("a", "b"), WORDS))
    assert (title, header) == ("t", "   the cat sat")
    assert first == f"a │{BLOCKS[-1] * 4}    {STROKES[-1] * 4}│"
    assert second == f"b │{BLOCKS[2] * 4}????-∞  │"
    assert legend == "scale: -1 #=+-, 0 ·░▒▓█ 1, ? is nan"


def test_zero_alone_is_blank() -> None:
    """A weight that is next to nothing does not look like one that is hidden."""
    drawn = lines(Panel("t", np.array([[1.0, 1e-6, 0.0]])))[1]
    assert drawn == " │██··  │"


def test_panels_of_a_group_share_one_scale() -> None:
    """What is half as large is drawn half as strong, in another panel too."""
    drawn = lines(Panel("one", np.array([[4.0]])), Panel("other", np.array([[2.0]])))
    assert drawn[1] == " │██│     │▒▒│"
    apart = lines(Panel("one", np.array([[4.0]])), Panel("other", np.array([[2.0]]), group="g"))
    assert [line for line in apart if "│" in line] == [" │██│", " │██│"]


def test_bars_leave_zero_to_both_sides() -> None:
    """Bars begin at one place, the labels stand before and the numbers behind them."""
    _, up, down, *_ = lines(Panel("t", np.array([2.0, -1.0]), (), ("a", "b")), width=40)
    assert up.index("│") == down.index("│")
    assert up.startswith("a  ") and up.endswith("█ 2")
    assert down.index("#") < down.index("│") and down.endswith("-1")


def test_zero_has_no_sign() -> None:
    """Of numbers, of axes and of scales: -0.0 is how 0 - 0 and -1 * 0 come out."""
    for values in ([-0.0, 2.3], [-0.0] * 10 + [1.0] * 10):
        drawn = "\n".join(lines(Panel("t", np.array(values))))
        assert "-0" not in drawn and "scale: 0 to " in drawn


def test_many_values_stand_side_by_side() -> None:
    """A curve is drawn as columns, below zero hanging from the axis."""
    x = np.linspace(-1, 1, 20)
    drawn = lines(Panel("t", x))
    axis = next(number for number, line in enumerate(drawn) if "─" in line)
    assert drawn[axis - 1].rstrip()[-1] == "█" and drawn[axis + 1].split("│")[1][0] == "█"


@pytest.mark.parametrize("width", [40, 60, 80])
def test_nothing_is_wider_than_the_terminal(width: int) -> None:
    """Panels move below each other, and what is too wide even so is cut off, and told."""
    wide = np.ones((2, 100))
    panels = [
        Panel("a title that goes on and on and on for longer than any line", MIXED, WORDS[:2]),
        Panel("narrow", MIXED),
        Panel("long numbers", MIXED, columns=("111111111111", "2", "3")),
        Panel("wide", wide, ("a very long label for a row", "b"), tuple(map(str, range(100)))),
        Panel("bars", np.array([1.0, np.nan, -1.234e200]), (), ("the label of a bar", "b", "c")),
        Panel("curve", np.sin(np.arange(90.0))),
    ]
    drawn = lines(*panels, width=width)
    assert max(map(len, drawn)) <= width
    assert any("of 100 columns)" in line for line in drawn)
    assert any("of 90 values)" in line for line in drawn)


def test_pairs_stay_pairs() -> None:
    """With two abreast, a third panel that would fit goes below."""
    small = [Panel(name, np.ones((1, 1))) for name in "abc"]
    assert lines(*small)[0].split() == ["a", "b", "c"]
    assert lines(*small, abreast=2)[0].split() == ["a", "b"]


def test_ids_are_drawn_as_their_words() -> None:
    """Words stand between strokes, in lines that fit; what stands for none is a question mark."""
    drawn = lines(Panel("t", np.array([2, 0, 1, 7]), words=WORDS), width=14)
    assert drawn == ["t", "│sat│the│cat│", "│?│"]
    assert panels_png([Panel("t", np.array([2, 0]), words=WORDS)]).startswith(b"\x89PNG")


def test_colour_is_never_the_only_sign() -> None:
    """Without its escape codes a coloured picture is the plain one."""
    panels = [Panel("t", MIXED, ("a", "b"), WORDS)]
    coloured = render_panels(panels, Style(colour=True))
    assert "\x1b" in coloured
    assert click.unstyle(coloured) == render_panels(panels, Style())


def test_a_terminal_without_blocks_gets_other_signs() -> None:
    """No two signs of a picture become one where the encoding has none of them."""
    text = render_panels([Panel("t", np.array([[0.1, 0.3, 0.5, 0.7, 1.0, -1.0]]))], Style())
    assert in_encoding(text, "utf-8") == text
    assert "|..::ooOO@@##|" in in_encoding(text, "ascii")
    in_encoding(text, "ascii").encode("ascii")


def test_a_png_has_room_for_every_group() -> None:
    """It is a PNG, as high as two groups need, each of one row of panels."""
    table, bars = Panel("t $1", MIXED, ("a", "b"), WORDS), Panel("b", np.array([1.0, np.nan]))
    data = panels_png([table, bars._replace(group="g")])
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    assert width > 300
    assert height == 2 * HEIGHT * DPI


def test_without_matplotlib_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named."""
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(UsageError, match=r"matplotlib[^\n]*\n.*attention-course\[plot\]"):
        panels_png([Panel("t", MIXED)])
