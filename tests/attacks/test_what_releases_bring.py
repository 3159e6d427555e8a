"""Releases and courses of strangers: how much is read of them, and what of it is sent on."""

from __future__ import annotations

import json
import os
import re
import sys
import warnings
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pytest

from grader.authoring import release_hashes
from grader.authoring.release_hashes import Allowance, hash_of_checks
from grader.authoring.update import update
from grader.classroom.running import parcel, versions
from grader.classroom.running.parcel import parcel_of
from grader.classroom.running.versions import Versions
from grader.course.answer_key import (
    MAX_ARRAYS,
    DamagedKeyError,
    Draw,
    Drawn,
    read_arrays,
    save_draw,
)
from grader.course.course import Course, read_course
from grader.course.key_form import MAX_SEEDS, require_key
from grader.errors import CourseError, UsageError
from grader.grading.examiner import draw_paper
from grader.records import Inputs, Raised, Returned
from tests.attacks.bounds import RELEASED

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="plants what only Linux has")

KEY = "keys/numbers/double"


# ---- draws


def key_with(course: Course, seeds: list[Any]) -> dict[str, Any]:
    """Return what the key of a release says, with other seeds."""
    return json.loads((course.root / f"{KEY}.json").read_text()) | {"seeds": seeds}


SEEDS: dict[str, list[Any]] = {
    "equal ones": [0, 0],
    "many equal ones": [0] * 300_000,
    "too many": list(range(MAX_SEEDS + 1)),
    "equal by value": [1, True],
    "none": [],
    "below nothing": [-1],
    "more than a database holds": [2**63],
    "parts of numbers": [0.5],
}


@pytest.mark.parametrize("kind", SEEDS)
def test_a_key_has_few_seeds_each_once(released: Course, kind: str) -> None:
    """A draw is read for each wherever all are."""
    with pytest.raises(ValueError, match="seeds"):
        require_key(key_with(released, SEEDS[kind]))
    assert require_key(key_with(released, list(range(MAX_SEEDS))))["seeds"]


def test_an_update_reads_draws_within_one_allowance(
    released: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a course that does not name its checks, all that is hashed is counted together."""
    claims = json.loads((released.root / "release.json").read_text())
    claims.pop("checks", None)
    (released.root / "release.json").write_text(json.dumps(claims))
    read: list[int] = []
    cases = Draw.cases.fget
    assert cases
    monkeypatch.setattr(Draw, "cases", property(lambda draw: read.append(draw.seed) or cases(draw)))
    update(released, RELEASED)
    whole = len(read)
    monkeypatch.setattr(
        "grader.authoring.update.Allowance", lambda: Allowance(release_hashes._DRAW * 3 // 2)
    )
    (released.root / "release.json").write_text(json.dumps(claims))
    update(read_course(released.root), RELEASED)
    assert whole > len(read) - whole == 1


def test_what_is_hashed_is_counted_as_it_unfolds(released: Course) -> None:
    """A draw of few bytes may come to many."""
    key = released.root / f"{KEY}.json"
    enough, size = Allowance(), 0
    assert hash_of_checks(key, enough) == hash_of_checks(key)
    size = release_hashes._MAX_DRAWN - enough._left
    assert hash_of_checks(key, Allowance(size)) == hash_of_checks(key)
    with pytest.raises(CourseError, match="more than"):
        hash_of_checks(key, Allowance(size - 1))


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8", "c16"])
def test_numbers_are_rounded_slice_by_slice(dtype: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more are made complex at a time, and the same comes of it."""
    array = np.arange(-40, 60).reshape(10, 10).astype(dtype) / 7
    first, *whole = release_hashes._rounded(array)
    monkeypatch.setattr(release_hashes, "_SLICE", 7)
    again, *slices = release_hashes._rounded(array)
    assert (first, b"".join(whole)) == (again, b"".join(slices))
    assert max(map(len, slices)) == 7 * 16


def test_a_draw_has_few_arrays(released: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are counted before one of them is listed."""
    path, many = released.root / f"{KEY}.0.npz", MAX_ARRAYS + 1
    with ZipFile(path, "a") as archive:
        for number in range(many):
            archive.writestr(f"cases-{number}.npy", b"")
    monkeypatch.setattr("zipfile.ZipFile.infolist", lambda archive: pytest.fail("listed"))
    with pytest.raises(DamagedKeyError, match="more than 1,000 arrays"):
        read_arrays(path)


def test_an_array_of_an_older_python_is_none_of_ours(released: Course) -> None:
    """Nor does NumPy warn whoever grades of what a key has in it."""
    path = released.root / f"{KEY}.0.npz"
    with ZipFile(path) as archive:
        arrays = {name: archive.read(name) for name in archive.namelist()}
    body = arrays["cases-index.npy"]
    older = re.sub(rb"\((\d+),\), }  ", rb"(\1L,), } ", body)
    assert older != body
    with ZipFile(path, "w") as archive:
        for name, each in (arrays | {"cases-index.npy": older}).items():
            archive.writestr(name, each)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        with pytest.raises(DamagedKeyError, match="a header that is none of ours"):
            read_arrays(path)
    assert not warned


def test_a_probe_goes_by_a_checksum_and_nothing_else(released: Course) -> None:
    """Numbers that Python hashes alike make a table of probes take time without end."""
    drawn = Draw(0, released.root / f"{KEY}.0.npz")
    for made, fits in (
        ([7, 8], True),
        ([n * (2**61 - 1) for n in range(1, 3)], False),
        ([-1], False),
    ):
        save_draw(drawn.path, drawn.cases, [], dict.fromkeys(made, 1.0), [])
        if fits:
            assert drawn.probes == dict.fromkeys(made, 1.0)
        else:
            with pytest.raises(DamagedKeyError, match="it has a probe that is none"):
                print(drawn.probes)


def step_of(name: Any) -> Any:
    """Return a script of two steps, the second of that name, and an answer to each."""
    return {"script": True}, (("new",), (name, 1)), [None, 5]


HARM = 'push(); __import__("os").system("touch x")#'
FIRST = {"result of": "quadruple", "in": "m", "args": ("exit()",), "part": 0}
FUNCTION = {"functions": [["x", 0]]}
FITTING: list[Any] = [
    step_of("push"),
    (*step_of("push")[:2], Raised("ValueError", ("ValueError",), "no")),
    ({"script": True}, (), []),
    (FUNCTION, ("sin",), 1.0),
    (FUNCTION, (), 1.0),
    ({}, (FIRST | {"result of": "double"},), 1.0),
    ({}, (FIRST | {"args": ()},), 1.0),
]
MISFITS: list[Any] = [
    step_of(HARM),
    step_of("a.b"),
    step_of(5),
    step_of(None),
    ({"script": True}, ((),), [1]),
    ({"script": True}, (1, 2), [1, 2]),
    ({"script": True}, ("push", "pop"), [1, 2]),
    (*step_of("push")[:2], [None]),
    (*step_of("push")[:2], [None, 5, 5]),
    (*step_of("push")[:2], 5),
    (FUNCTION, ("nosuch",), 1.0),
    (FUNCTION, ("eval",), 1.0),
    (FUNCTION, ([1],), 1.0),
    (FUNCTION, (np.zeros(2),), 1.0),
    (FUNCTION, (None,), 1.0),
    ({}, (FIRST,), 1.0),
    ({}, (FIRST | {"result of": "exec"},), 1.0),
]


def draw_of(course: Course, manner: Any, args: Any, wanted: Any) -> Inputs:
    """Return what is drawn of a release of one case, with a manner, arguments and an answer."""
    key = json.loads((course.root / f"{KEY}.json").read_text())
    parameters = [["steps", 2]] if "script" in manner else [["x", 1, None]]
    key["functions"][0] |= {"manner": manner, "parameters": parameters}
    key["cases"] = key["cases"][:1]
    (course.root / f"{KEY}.json").write_text(json.dumps(key))
    given = Inputs(args, {})
    answer = wanted if isinstance(wanted, Raised) else Returned(wanted, given)
    save_draw(course.root / f"{KEY}.0.npz", [Drawn(given, answer)], [], {}, [])
    return draw_paper(course, "double", 0).trials[0].inputs


@pytest.mark.parametrize("case", FITTING, ids=range(len(FITTING)))
def test_what_fits_how_its_function_is_called_is_drawn(released: Course, case: Any) -> None:
    """In every manner; of an argument that was left out nothing is asked."""
    assert draw_of(released, *case).args == case[1]


@pytest.mark.parametrize("case", MISFITS, ids=range(len(MISFITS)))
def test_what_does_not_fit_how_its_function_is_called_is_no_key(
    released: Course, case: Any
) -> None:
    """Steps have names and answers, functions are known, and what is called first is asked for."""
    with pytest.raises(DamagedKeyError, match="two_numbers does not fit how double is called"):
        draw_of(released, *case)


# ---- what goes to a cluster, and what marks are made with

Plant = Callable[[Path, Path], object]
RELEASE_PLANTS: dict[str, Plant] = {
    "a folder that is no unit": lambda root, own: (root / "keys/ssh").symlink_to(own),
    "a file of no exercise": lambda root, own: os.truncate(
        _new(root / "keys/numbers/z.bin"), 2**40
    ),
    "a link to no exercise": lambda root, own: (root / "keys/numbers/z.npz").symlink_to(own / "id"),
    "another quiz": lambda root, own: (root / "quizzes/z.yaml").symlink_to(own / "id"),
    "definitions": lambda root, own: (root / "solutions").symlink_to(own),
}
REFUSED_PLANTS: dict[str, Plant] = {
    "a part of a key": lambda root, own: (root / f"{KEY}.zz.npz").symlink_to(own / "id"),
    "a large part": lambda root, own: os.truncate(_new(root / f"{KEY}.zz.npz"), 2**40),
    "a pipe": lambda root, own: os.mkfifo(root / f"{KEY}.zz.npz"),
    "a unit elsewhere": lambda root, own: _moved(root / "keys/numbers", own / "numbers"),
    "all keys elsewhere": lambda root, own: _moved(root / "keys", own / "keys"),
    "habits elsewhere": lambda root, own: (root / "habits.yaml").symlink_to(own / "id"),
    "many files": lambda root, own: [_new(root / f"{KEY}.{n}") for n in range(60)],
}


def _new(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


def _moved(path: Path, target: Path) -> None:
    os.replace(path, target)
    path.symlink_to(target)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Lay out a folder of the teacher's beside the course."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own/id").write_text("a secret")
    return tmp_path / "own"


@pytest.mark.parametrize("kind", RELEASE_PLANTS)
def test_what_is_not_of_the_course_is_not_sent(released: Course, own: Path, kind: str) -> None:
    """Only what its contents name goes to a cluster."""
    before = parcel_of(released)
    RELEASE_PLANTS[kind](released.root, own)
    assert parcel_of(released) == before
    assert f"{KEY}.json" in ZipFile(BytesIO(before)).namelist()


@pytest.mark.parametrize("kind", REFUSED_PLANTS)
def test_what_leads_elsewhere_or_has_no_end_is_refused(
    released: Course, own: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the place of what is sent: in a sentence, and nothing of it is read."""
    monkeypatch.setattr(parcel, "MAX_FILES", 50)
    REFUSED_PLANTS[kind](released.root, own)
    with pytest.raises(UsageError) as refused:
        parcel_of(released)
    assert "secret" not in str(refused.value) and refused.value.where


@pytest.mark.parametrize("place", ["solutions/numbers/data.bin", "solutions/own", "solutions"])
def test_nothing_of_an_authors_is_sent_through_a_link(tiny: Course, own: Path, place: str) -> None:
    """Definitions may have files beside them, which lie there."""
    _new(tiny.root / "solutions/numbers/table.txt").write_text("1 2")
    assert "solutions/numbers/table.txt" in ZipFile(BytesIO(parcel_of(tiny))).namelist()
    path = tiny.root / place
    if place == "solutions":
        _moved(path, own / "solutions")
    else:
        path.symlink_to(own if place.endswith("own") else own / "id")
    with pytest.raises(UsageError, match="a link"):
        parcel_of(tiny)


def test_all_that_is_sent_is_counted_together(
    tiny: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file alone is too large."""
    for number in range(5):
        _new(tiny.root / f"solutions/numbers/{number}.bin").write_bytes(b"x" * 10_000)
    assert parcel_of(tiny)
    monkeypatch.setattr(parcel, "MAX_BYTES", 40_000)
    with pytest.raises(CourseError, match="sent to a cluster"):
        parcel_of(tiny)


def test_the_versions_of_exercises_are_made_of_so_many_bytes(
    released: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part of a key that has no end is refused, and so are many together."""
    assert Versions(released).of("double")
    monkeypatch.setattr(versions, "_MAX_BYTES", 2**20)
    for number in range(3):
        _new(released.root / f"{KEY}.z{number}.npz").write_bytes(bytes(2**19))
    with pytest.raises(CourseError, match="larger than"):
        Versions(released).of("double")
    os.truncate(released.root / f"{KEY}.z0.npz", 2**40)
    with pytest.raises(CourseError, match="larger than"):
        Versions(released).of("double")
