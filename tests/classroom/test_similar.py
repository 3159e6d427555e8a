"""Answers that are alike: what counts as alike, who is shown, and that it stays a hint."""

from __future__ import annotations

import sys
import tokenize
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from grader.classroom.marks.store import Store
from grader.classroom.similar.compare import FEW, Detector, _candidates, compare
from grader.classroom.similar.pages import marked, similar_pages
from grader.classroom.similar.signs import (
    MAX_BYTES,
    Alphabet,
    Place,
    with_plain_ends,
    without_words,
)
from grader.course.course import Course
from grader.errors import RefusedError, UsageError
from tests.classroom.test_pages import EVIL, Seen
from tests.conftest import Ended

Command = Callable[..., Ended]
# Three who solve one thing each in their own way; nothing in it is the stub's or the reference's.
ADA = '''import numpy as np

def double(x, times=2):
    """Ada wrote this."""
    total = np.zeros_like(x)
    for step in range(int(times)):  # add it up
        total = np.add(total, x, dtype=x.dtype)
    if times < 0:
        raise ValueError("ada says no")
    return total + (times - int(times)) * x
'''
COPY = """import numpy as np

# all my own work
def double(x, times=2):
    result = np.zeros_like(x)
    if times < 0:
        raise ValueError("no")
    for n in range(int(times)):
        result = np.add(result, x, dtype=x.dtype)
    return result + (times - int(times)) * x
"""
OWN = """def double(x, times=2):
    if not times >= 0:
        raise ValueError(times)
    shape, flat = x.shape, [float(entry) * times for entry in x.ravel().tolist()]
    return x.__class__(shape) if not flat else x.__array_wrap__(x.reshape(-1) * times)
"""
needs_copydetect = pytest.mark.skipif(
    "not __import__('importlib').util.find_spec('copydetect')", reason="an extra: similar"
)


def signs(source: str) -> str:
    """Return code as signs, of an alphabet of its own."""
    return Alphabet().signs_of(source).text


def test_what_its_author_calls_it_does_not_matter() -> None:
    """Names of one's own, comments, docstrings, texts and line breaks go; the rest stays."""
    one = "def f(a):\n    '''Doc.'''\n    b = np.sum(a, axis=-1)  # why\n    return b\n"
    other = "def f(score):\n    total = np.sum(\n        score, axis=-1\n    )\n    return total\n"
    alphabet = Alphabet()
    assert alphabet.signs_of(one).text == alphabet.signs_of(other).text
    for changed in ("np.max", "axis=0", "keepdims=-1", "return -b"):
        old = {"np.max": "np.sum", "axis=0": "axis=-1", "keepdims=-1": "axis=-1"}
        text = one.replace(old.get(changed, "return b"), changed)
        assert alphabet.signs_of(text).text != alphabet.signs_of(one).text, changed


def test_a_sign_knows_where_it_stands() -> None:
    """Lines from 1, columns from 0, also where comments were left out."""
    found = Alphabet().signs_of("# no\nx = 1\n")
    assert found.places[0] == Place(2, 0, 2, 1) and found.places[2] == Place(2, 4, 2, 5)


@pytest.mark.parametrize(
    "source",
    ["(" * 50_000, '"""' + "a" * 1000, "x = $\n  y\n z\n", "a." * 40_000, "a" * (MAX_BYTES + 1)]
    + ["x=1" + " " * 2_000 + "$\n", "x=' " + "\\'" * 1_000],
    ids=["brackets", "open text", "indent", "many", "long", "spaces", "escapes"],
)
def test_what_is_no_python_or_too_much_is_refused(source: str) -> None:
    """With a reason, and soon."""
    with pytest.raises(RefusedError):
        signs(source)


def test_without_words_a_name_has_no_place_to_stand() -> None:
    """Comments and texts lose what is in them, and the code stays where it was."""
    shown = without_words(ADA)
    assert "ada" not in shown.casefold() and "add it up" not in shown
    assert signs(shown) == signs(ADA)


@pytest.mark.parametrize("sign", ["\x0c", "\x0b", "\x1c", "\x85", "\u2028", "\r", "\r\n"])
def test_lines_are_those_that_python_counts(
    sign: str,
) -> None:
    """Other signs end none of them: a comment after one is still taken out, and found again."""
    source = with_plain_ends(f"# a{sign}# b\nx = 1  # by Ada\ny = 'Ada' + x\n")
    assert "Ada" not in without_words(source)
    assert signs(without_words(source)) == signs(source)
    line = 4 if sign.startswith("\r") else 3
    text = marked(source, [Place(line - 1, 0, line - 1, 1)])[line - 2]
    assert text[1:] == [("x", True), (" = 1  # by Ada", False)]
    assert len(marked(source, [])) == line


def test_what_is_alike_is_marked_from_sign_to_sign() -> None:
    """Over several lines, without what they are indented by."""
    lines = marked("a = 1\n  b = 2\nc = 3\n", [Place(1, 4, 2, 3)])
    assert lines[0] == [("a = ", False), ("1", True), ("", False)]
    assert lines[1] == [("  ", False), ("b", True), (" = 2", False)]
    assert lines[2] == [("c = 3", False)]


def test_without_copydetect_the_extra_is_named(
    tiny: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything that was written earlier is thrown away."""
    monkeypatch.setitem(sys.modules, "copydetect", None)
    with (
        Store(tmp_path / "marks", make=True) as store,
        pytest.raises(UsageError, match=r"attention-course\[similar\]"),
    ):
        similar_pages(tiny, store, (), 0.8, False)


@needs_copydetect
def test_a_copy_is_alike_and_an_answer_of_ones_own_is_not() -> None:
    """Names changed, comments changed, a loop moved: still alike; another way is not."""
    found = compare(Detector(), [ADA, OWN, COPY], [], 0.8)
    assert [(each.one, each.other) for each in found.alike] == [((0,), (2,))]
    assert found.alike[0].share > 0.9 and found.alike[0].signs > 25
    first, *_ = found.alike[0].marks[0]
    assert first.line >= 1


@needs_copydetect
def test_what_everybody_was_given_does_not_count() -> None:
    """The stub, the reference, and what much of a class large enough has."""
    assert compare(Detector(), [ADA, COPY], [ADA], 0.8).alike == []
    assert compare(Detector(), [ADA, COPY], [ADA], 0.8).short == [0]
    many = [ADA.replace("+ (times", f"+ {n} * (times") for n in range(FEW)]
    assert compare(Detector(), many[: FEW - 1], [], 0.8).alike
    assert compare(Detector(), many, [], 0.8).alike == []


@needs_copydetect
def test_the_same_answers_are_one_and_a_bad_one_costs_its_pairs_alone() -> None:
    """A ring of copies is told once, whatever their number."""
    ring = [ADA, "def (:\n  '''", *[ADA.replace("total", f"t{n}") for n in range(20)], OWN]
    found = compare(Detector(), ring, [], 0.8)
    assert [(each.one, each.other) for each in found.alike] == [((0,), tuple(range(2, 22)))]
    assert found.alike[0].share == 1.0 and [*found.unread] == [1]
    (*_, last), (*_, renamed) = found.alike[0].marks
    assert last.end - renamed.end == len("total") - len("t0")


@needs_copydetect
def test_all_with_all_misses_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Products of matrices, block by block, find the pairs that counting one by one does."""
    monkeypatch.setattr("grader.classroom.similar.compare._BLOCK", 3)
    monkeypatch.setattr("grader.classroom.similar.compare._CHUNK", 7)
    kinds, _ = Detector().kinds_of([(ADA, OWN)[n % 2] + f"y = {n}, {n}\n" for n in range(8)])
    wanted = set()
    for a, one in enumerate(kinds):
        for b, other in enumerate(kinds[a + 1 :], start=a + 1):
            shared = len(one.prints.hashes & other.prints.hashes)
            share = 2 * shared / (len(one.prints.hashes) + len(other.prints.hashes))
            wanted |= {(a, b)} if share >= 0.4 else set()
    assert {(a, b) for _, a, b in _candidates(kinds, 0.8)} == wanted and len(wanted) == 12


@needs_copydetect
def test_pages_show_both_and_accuse_nobody(tiny: Course, grader: Command) -> None:
    """Side by side, escaped, with the hint said; partners of a group are left out."""
    answers = {"ada": ADA.replace("Ada wrote", EVIL), "bob": COPY, "cy": OWN, "dan": "x = ("}
    for login, text in answers.items():
        (tiny.root / "in" / login).mkdir(parents=True)
        (tiny.root / "in" / login / "double.py").write_text(text)
    (tiny.root / "roster.csv").write_text("login\nada\nbob\ncy\ndan\n")
    grade = ("class", "grade", "in", "--exercises", "double", "--jobs", "1", "--seed", "1")
    assert grader(*grade, "--roster", "roster.csv").code == 0
    ended = grader("class", "similar")
    assert ended.code == 0 and "with 1 pair" in ended.out and "never a mark" in ended.out
    page = (tiny.root / "marks/similar/double/001.html").read_bytes()
    seen = Seen(page)
    assert not seen.open and "ada and bob" in seen.text and "never a mark" in seen.text
    assert not {tag for tag, _ in seen.tags} & {"script", "img"} and "\u202e" not in page.decode()
    start = (tiny.root / "marks/similar/index.html").read_text()
    assert "innocent" in start and "dan, double" in start and "cy" not in Seen(start.encode()).text
    assert grader("class", "similar", "--anonymous").code == 0
    for path in (tiny.root / "marks/similar-anonymous").rglob("*.html"):
        text = Seen(path.read_bytes()).text
        assert not {"ada", "bob", "dan"} & {*text.casefold().replace(",", " ").split()}, path
    together = (
        "INSERT OR IGNORE INTO owners SELECT o.hand_in, p.id FROM owners o, people p, people own"
        " WHERE o.person = own.id AND own.student = ? AND p.student IN ('ada', 'bob')"
    )
    with Store(tiny.root / "marks") as store:
        store.database.execute(together, ["cy"])  # another answer, which is neither's that counts
        assert "double/001.html" in dict(similar_pages(tiny, store, (), 0.8, False))
        store.database.execute(together, ["ada"])
        assert "double/001.html" not in dict(similar_pages(tiny, store, (), 0.8, False))


@pytest.mark.parametrize(
    "odd",
    ["'LEAK of Ada", '"LEAK', "x = 1 $ LEAK", "? LEAK of Ada", "! LEAK", "b'LEAK", "'a \\\nLEAK"]
    + ["? '''a\nLEAK''' + LEAK", "'''LEAK", "x = f'LEAK", "`LEAK`", "€ LEAK of Ada"],
)
def test_what_is_not_closed_is_no_place_for_a_name(odd: str) -> None:
    """Nor what follows an odd sign; newer versions of Python refuse some of it as a whole."""
    try:
        shown = without_words(f"def double(x):\n    return 2\n\n{odd}\n\ny = 3\n")
    except RefusedError as error:
        assert "LEAK" not in error.what
    else:
        assert "LEAK" not in shown and "y = 3" in shown and "return 2" in shown


def test_what_is_read_again_behind_odd_signs_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind each of them Python goes through the rest of its line anew, however long that is."""
    line, read = "x" * 90_000, list[int]()

    def tokens(readline: object) -> Iterator[tokenize.TokenInfo]:
        for n in count():
            read.append(n)
            yield tokenize.TokenInfo(tokenize.ERRORTOKEN, "$", (1, 0), (1, 1), line)

    monkeypatch.setattr(tokenize, "generate_tokens", tokens)
    with pytest.raises(RefusedError, match="no Python"):
        without_words(line)
    assert len(read) == 3
