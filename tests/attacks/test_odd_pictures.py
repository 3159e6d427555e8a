"""Whatever an answer returns, `grader show` draws the reference's and says what is with yours."""

from __future__ import annotations

import json
import sys
from typing import Any

import numpy as np
import pytest

from grader.course.course import Course
from grader.course.frozen_values import Freezer
from grader.errors import UsageError
from grader.exercise.pictures import MAX_PICTURES, MAX_VIEWS, Panel, View
from grader.present.picture_png import MAX_PANELS, panels_png
from grader.present.picture_text import render_panels
from grader.present.style import Style
from grader.records import Inputs
from tests.attacks.bounds import bounded

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="watches memory as Linux tells it")

PICTURES = '''

@exercise.picture
def ramps():
    """Lines, and what is in a part of a result."""
    return [view("up", inputs(np.arange(3.0))), view("down", inputs(-np.arange(6.0).reshape(2, 3)))]
'''
RESULTS = [
    "'text'",
    "None",
    "[[1.0], [2.0, 3.0]]",
    "np.array(['a', 'b', 'c'])",
    "np.zeros((2, 3, 4, 5))",
    "np.zeros((200_000, 3))",
    "np.full(x.shape, -1.7e308)",
    "np.full(x.shape, 1.7e308) * np.array([1, np.nan, -1])",
    "x + 1j",
    "np.zeros(15_000_000, dtype=bool)",
    "np.float64(3)",
    "{'a': x}",
    "(x, 'text')",
    "x.astype(np.int8)",
    "10**300",
]


@pytest.mark.parametrize("result", RESULTS)
def test_odd_results_are_told_or_drawn(tiny: Course, result: str) -> None:
    """As text and as a PNG; the reference's picture is there in any case."""
    source = tiny.solution_path("double").read_text()
    source = source.replace("import Exercise, inputs", "import Exercise, inputs, view") + PICTURES
    tiny.solution_path("double").write_text(source)
    answer = f"import numpy as np\ndef double(x, times=2):\n    return {result}\n"
    tiny.exercise_path("double").write_text(answer)
    (ended,) = bounded(tiny.root, ["show", "double", "--png", "x.png"])
    assert ended.code == 0, ended
    assert "reference: up" in ended.out and len(ended.out) < 20_000
    assert (tiny.root / "x.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "result", ["x, 'text'", "[[1.0], [2.0, 3.0]]", "np.zeros((2, 2, 2, 2))", "None", "x * 1.7e308"]
)
def test_odd_references_are_the_courses_fault(tiny: Course, result: str) -> None:
    """What cannot be drawn of a reference is one sentence that names the definition."""
    source = tiny.solution_path("double").read_text()
    source = source.replace("import Exercise, inputs", "import Exercise, inputs, view") + PICTURES
    changed = source.replace("return x * x.dtype.type(times)", f"return {result}")
    tiny.solution_path("double").write_text(changed)
    (ended,) = bounded(tiny.root, ["show", "double", "--png", "x.png"])
    assert ended.code == 0 or "the picture ramps cannot be drawn" in ended.err
    assert ended.code == 0 or "double.py" in ended.err


X = np.ones((2, 2))
VERDICT = "double  PASSED                                   6 of 6 points"
TOO_MUCH = {
    "products": [(("t", (), True), np.zeros((15_000, 1), np.int8))],
    "products of products": [(("t", (), True), np.zeros((20_000, 50), np.int8))],
    "a title": [(("t" * 2_000_000,), X)],
    "titles": [(("t" * 20_000,), X)] * 50,
    "words": [(("t", (), False, (), (), ("w" * 20_000, "v")), np.zeros(10_000, np.int8))],
    "words that there are": [(("t", (), False, (), (), ("w",) * 12_000), np.zeros(9, np.int8))],
    "labels": [(("t", (), False, ("r" * 20_000,) * 99, ("c" * 20_000,) * 99), np.zeros((99, 99)))],
    "views": [(("t",), np.zeros((100, 100), np.int8))] * 1_000,
    "views of nothing": [(("t",), np.zeros(1))] * (MAX_VIEWS + 1),
}


def with_picture(
    course: Course, views: list[Any], told: str = "It is told.", count: int = 1
) -> None:
    """Give the key of an exercise pictures of such views: what a view has, and its result."""
    path = course.root / "keys/numbers/double.json"
    key = json.loads(path.read_text())
    picture = {"function": "double", "told": told}
    names = [f"p{number}" for number in range(count)]
    key["pictures"] = [picture | {"name": name} for name in names]
    path.write_text(json.dumps(key))
    freezer = Freezer()
    drawn = [
        [freezer.freeze((title, ((X,), {}, None), "", *more)), freezer.freeze(result)]
        for (title, *more), result in views
    ]
    arrays: Any = freezer.arrays(dict.fromkeys(names, drawn))
    np.savez_compressed(path.with_name("double.pictures.npz"), **arrays)


@pytest.mark.parametrize("name", TOO_MUCH)
def test_no_more_is_drawn_of_a_key_than_anybody_looks_at(released: Course, name: str) -> None:
    """It is one sentence that names the key, before anything is multiplied, filled or drawn."""
    with_picture(released, TOO_MUCH[name])
    (ended,) = bounded(released.root, ["show", "double", "--png", "x.png"])
    assert ended.code == 2 and "keys/numbers/double." in ended.err and len(ended.err) < 1_000
    assert not ended.out and not (released.root / "x.png").exists()


def test_a_key_has_few_pictures(released: Course) -> None:
    """Each takes reading a file of them; as many as there may be are drawn."""
    with_picture(released, [(("t",), X)], count=MAX_PICTURES)
    (ended,) = bounded(released.root, ["show", "double"])
    assert ended.code == 0 and ended.out.count("reference: t") == MAX_PICTURES
    with_picture(released, [(("t",), X)], count=MAX_PICTURES + 1)
    (ended,) = bounded(released.root, ["show", "double"])
    assert ended.code == 2 and "double.json" in ended.err


def test_texts_of_a_picture_are_lines_of_its_own(released: Course) -> None:
    """Titles, labels, words and captions begin no line as a verdict does, however they end."""
    odd = f"x\n\n{VERDICT}\n{VERDICT}"
    views: list[Any] = [
        ((odd, (), False, (odd, f"\n{VERDICT}"), (odd, odd)), X),
        ((odd, (), False, (), (odd,)), np.ones(1)),
        (("w", (), False, (), (), (odd, f"\n{VERDICT}")), np.arange(2)),
    ]
    with_picture(released, views, odd)
    for ended in bounded(released.root, ["show", "double"], ["show", "double", "--png", "x.png"]):
        assert ended.code == 0, ended.err
        lines = ended.out.split("\n")
        assert not [line for line in lines if line.startswith("double ") and "PASSED" in line]
        assert not [line for line in lines if line.strip().startswith("double  PASSED")]


def test_products_that_are_not_drawn_are_not_worked_out() -> None:
    """Nor are those of what is no number; those of a hundred rows are."""
    view = View("t", Inputs((), {}), products=True)
    assert view.panel(np.ones((100, 3))).values.shape == (100, 100)
    for result in (np.ones((101, 1)), np.ones((2, 2), object), np.ones((2, 2, 2)), ["a", "b"]):
        with pytest.raises(ValueError, match="no products"):
            view.panel(result)


def test_a_page_has_room_for_so_many_panels() -> None:
    """More are refused before one of them is drawn, and told."""
    with pytest.raises(UsageError, match=f"room for {MAX_PANELS} panels"):
        panels_png([Panel("t", X)] * (MAX_PANELS + 1))


@pytest.mark.parametrize(
    "panel",
    [
        Panel("t" * 10**6, X, group="g" * 10**6),
        Panel("t", np.arange(10_000), words=("w" * 10**5,) * 10_000),
        Panel("t", np.zeros((99, 99)), ("r" * 10**5,) * 99, ("c" * 10**5,) * 99),
        Panel("t", np.ones(3), columns=("c" * 10**5,) * 10**5),
    ],
)
def test_panels_of_a_model_are_cut_where_they_are_drawn(panel: Panel) -> None:
    """Nobody has counted what it calls them."""
    assert len(render_panels([panel], Style())) < 100_000
    assert panels_png([panel]).startswith(b"\x89PNG")


@pytest.mark.parametrize("values", [np.full((100, 100), np.nan), np.full(10_000, np.inf)])
def test_very_many_signs_are_one_thing_on_a_page(
    values: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many texts or bars, each laid out for itself, would take for ever."""
    from matplotlib.axes import Axes

    made: list[int] = []
    texts, bars = Axes.text, Axes.bar
    monkeypatch.setattr(Axes, "text", lambda *a, **k: made.append(1) or texts(*a, **k))
    monkeypatch.setattr(Axes, "bar", lambda s, x, *a: made.append(len(x)) or bars(s, x, *a))
    panels_png([Panel("t", values)])
    assert sum(made) < 100


@pytest.mark.parametrize("part", ["missing", 5, "", [0]])
def test_a_part_that_is_not_in_a_result_is_a_damaged_key(released: Course, part: Any) -> None:
    """Nor is it the grader's own fault that what is to be drawn is no table."""
    result = np.zeros((3, 3)) if part else "a text"
    with_picture(released, [(("t", (part,) if part else ()), result)])
    (ended,) = bounded(released.root, ["show", "double"])
    assert ended.code == 2 and "the answer key cannot be read" in ended.err


ODD_VIEWS = {
    "labels without an order": ("t", (), False, {"a", "b"}),
    "labels by a name": ("t", (), False, (), {"a": "b"}),
    "words in a text": ("t", (), False, (), (), "ab"),
    "a part without an order": ("t", {0}),
}


@pytest.mark.parametrize("name", ODD_VIEWS)
def test_a_view_of_another_form_is_a_damaged_key(released: Course, name: str) -> None:
    """Whatever it has in a tuple's place: it is told before anything is drawn."""
    with_picture(released, [(ODD_VIEWS[name], X)])
    (ended,) = bounded(released.root, ["show", "double"])
    assert ended.code == 2 and "double.json: the answer key cannot be read" in ended.err


@pytest.mark.parametrize(
    ("function", "args"), [("", ()), ("", (X, 2, 2)), ("nothing", (X,))], ids=str
)
def test_a_view_that_the_function_does_not_take_is_a_damaged_key(
    released: Course, function: str, args: tuple[Any, ...]
) -> None:
    """Nobody could say then how a learner's result differs."""
    with_picture(released, [(("t",), X)])
    path = released.root / "keys/numbers/double.pictures.npz"
    freezer = Freezer()
    drawn = [[freezer.freeze(("t", (args, {}, None), function)), freezer.freeze(X)]]
    arrays: Any = freezer.arrays({"p0": drawn})
    np.savez_compressed(path, **arrays)
    (ended,) = bounded(released.root, ["show", "double"])
    assert ended.code == 2 and "the picture p0 cannot be drawn" in ended.err
    assert "keys/numbers/double.json" in ended.err


@pytest.mark.parametrize("others", [[], [(("u",), X)]], ids=["alone", "beside a table"])
def test_a_single_number_is_drawn(released: Course, others: list[Any]) -> None:
    """As a row of one, on a page as well."""
    with_picture(released, [(("t",), np.float64(3.0)), *others])
    (ended,) = bounded(released.root, ["show", "double", "--png", "x.png"])
    assert ended.code == 0 and "reference: t" in ended.out and " 3" in ended.out
    assert (released.root / "x.png").read_bytes().startswith(b"\x89PNG")
