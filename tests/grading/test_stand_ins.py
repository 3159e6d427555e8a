"""Stand-ins: what a reference makes of values from the learner's side stays small and can cross."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grader.authoring.release import release
from grader.course.answer_key import RecordedCall
from grader.course.course import Course, read_course
from grader.course.released import AnswerKey
from grader.grading import from_release
from grader.grading.examiner import draw_paper
from grader.grading.from_code import FromCode
from grader.grading.from_release import FromRelease
from grader.grading.grade import grade
from grader.grading.stand_ins import StandIns
from grader.learner import wire
from grader.learner.outside.sandbox import Sandbox
from grader.records import Inputs, Returned


def ask(course: Course, name: str, *args: Any) -> Any:
    """Call the reference `name` of this repository's course as a stand-in."""
    paper = draw_paper(course, course.exercises[-1], 0)
    stand_ins = StandIns(course, paper, frozenset(course.exercises))
    module = f"exercises.{course.unit_of(name)}.{name}"
    call = {"kind": "call", "module": module, "function": name}
    return stand_ins.serve(call | {"args": args, "kwargs": {}})


def test_a_stand_in_answers(course: Course) -> None:
    """Values of an exercise's size are what it is for."""
    query, key = np.ones((2, 4, 8, 16)), np.ones((2, 4, 9, 16))
    output, weights = ask(course, "attention", query, key, key)["value"]
    assert output.shape == (2, 4, 8, 16)
    assert weights.shape == (2, 4, 8, 9)


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ((64, 1, 4, 1), (1, 64, 64, 1)),
        ((256, 1, 1, 2), (1, 256, 1, 2)),
        ((64, 1, 1, 1, 1), (64, 1, 64, 1)),
    ],
)
def test_small_arrays_that_meet_in_a_large_one_are_refused(
    course: Course, query: tuple[int, ...], key: tuple[int, ...]
) -> None:
    """What broadcasting and multiplying would make of them is bounded, too."""
    reply = ask(course, "attention", np.ones(query), np.ones(key), np.ones(key))
    assert reply == {"type": "ValueError", "message": "attention was given something too large"}


def asked_in(course: Course, exercise: str, *args: Any, name: str = "softmax") -> tuple[Any, str]:
    """Return what an exercise gets that calls an earlier one, and which call had no answer."""
    stand_ins = StandIns(course, draw_paper(course, exercise, 0), frozenset(course.exercises))
    call = {"kind": "call", "module": f"exercises.attention.{name}", "function": name}
    reply = stand_ins.serve(call | {"args": args, "kwargs": {}})
    stand_ins.end()
    return reply, stand_ins.take_unanswered().partition(":")[0]


@pytest.mark.skipif(sys.platform != "linux", reason="references answer here, without a limit")
def test_what_is_long_for_the_sake_of_memory_is_answered(course: Course) -> None:
    """Where inputs are long on purpose, so is what is made of them."""
    reply, noted = asked_in(course, "local_attention", np.ones((2048, 5)))
    assert np.allclose(reply["value"], 0.2)
    assert noted == ""


@pytest.mark.parametrize(
    ("exercise", "noted", "args"),
    [
        ("masking", "", (np.ones((2048, 5)),)),
        ("local_attention", "softmax", (np.ones((2048, 2048)),)),
        ("local_attention", "softmax", (np.ones(2), 10**9)),
        ("local_attention", "softmax", ([np.ones(2)] * 600,)),
        ("local_attention", "softmax", ("-" * 5000,)),
        ("masking", "", (complex(1.7e308, 1.7e308),)),
        ("local_attention", "softmax", (np.array(1.7e308 + 1.7e308j),)),
    ],
    ids=["elsewhere", "as large as a table", "a number", "many", "text"]
    + ["beyond any float", "so in an array"],
)
def test_what_is_longer_than_a_check_of_memory_has_it_is_refused(
    course: Course, exercise: str, noted: str, args: tuple[Any, ...]
) -> None:
    """Where inputs are long on purpose, a call too large to stand in for is one without answer."""
    reply, found = asked_in(course, exercise, *args)
    assert reply == {"type": "ValueError", "message": "softmax was given something too large"}
    assert found == noted


@pytest.mark.skipif(sys.platform != "linux", reason="references answer here, without a limit")
def test_a_table_that_is_not_to_be_made_is_not_made_for_anybody(course: Course) -> None:
    """However small what is given and what is returned may be."""
    x = np.ones((2048, 1))
    reply, _ = asked_in(course, "memory_efficient_attention", x, x, x, name="attention")
    assert reply == {"type": "MemoryError", "message": "attention made too much of that"}


@pytest.mark.skipif(sys.platform != "linux", reason="references answer here, without a limit")
@pytest.mark.parametrize(("rows", "outcome"), [(64, "passed"), (2048, "out_of_memory")])
def test_a_stand_in_has_no_more_memory_than_whoever_calls_it(
    scratch: Course, sandbox: Sandbox, rows: int, outcome: str
) -> None:
    """What earlier exercises take counts, be they handed in or not."""
    path = scratch.exercise_path("memory_efficient_attention")
    path.write_text(
        "import numpy as np\nfrom exercises.attention.attention import attention\n"
        "def memory_efficient_attention(query, key, value, block_size, causal=False):\n"
        "    outputs, places = [], np.arange(query.shape[-2])[:, None]\n"
        f"    for start in range(0, query.shape[-2], {rows}):\n"
        f"        rows = slice(start, start + {rows})\n"
        "        mask = places[rows] >= np.arange(key.shape[-2]) if causal else None\n"
        "        outputs.append(attention(query[..., rows, :], key, value, mask)[0])\n"
        "    return np.concatenate(outputs, axis=-2)\n"
    )
    report = grade(scratch, "memory_efficient_attention", seed=1, sandbox=sandbox)
    assert report.outcome.value == outcome
    assert "you lose no points" in str(report.diagnosis[0].message)


def test_a_result_that_cannot_cross_is_an_error_over_there(course: Course) -> None:
    """A reference that makes an array of objects of nonsense is not the grader's failure."""
    reply = ask(course, "layer_norm", np.arange(3.0), np.zeros((0, 3)), {"a": np.ones(1)})
    assert reply["type"] == "ValueError"
    wire.pack(reply)


def test_a_stand_in_that_does_not_end_has_no_answer(tiny: Course) -> None:
    """Its loop ends on what its author gives it, and not on whatever a learner does."""
    path = tiny.solution_path("double")
    loop = "    while times > 99:\n        times += 1\n    return x * "
    path.write_text(path.read_text().replace("    return x * ", loop, 1))
    examiner = FromCode(tiny, "quadruple")
    x = np.ones(2)
    assert examiner.stand_in(0, "double", "double", Inputs((x,), {"times": 100})) is None
    answer = examiner.stand_in(0, "double", "double", Inputs((x,), {"times": 3}))
    assert isinstance(answer, Returned)
    assert answer.value.tolist() == [3.0, 3.0]


def test_a_call_of_many_parts_is_not_held_against_very_many(
    tiny: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A release has as many as somebody wrote into it; a small call is found among the last."""
    release(tiny, tmp_path / "released", range(1))
    examiner = FromRelease(read_course(tmp_path / "released"), "quadruple")
    answers = [Returned(float(number), Inputs((), {})) for number in range(400)]

    def stand_in(length: int) -> tuple[Any, int]:
        """Answer a call with a list that is the last of 400, and count those that it is held to."""
        held = list[Any]()
        calls = [
            RecordedCall("double", "double", {"x": [*range(length - 1), n / 2], "times": 2}, answer)
            for n, answer in enumerate(answers)
        ]
        monkeypatch.setattr(AnswerKey, "draw", lambda key, seed: SimpleNamespace(calls=calls))
        is_same = from_release._is_same
        with monkeypatch.context() as patch:
            patch.setattr(from_release, "_is_same", lambda *a: held.append(a) or is_same(*a))
            inputs = Inputs(([*range(length - 1), 399 / 2],), {})
            return examiner.stand_in(length, "double", "double", inputs), len(held)

    monkeypatch.setattr(from_release, "_MOST_HELD", 2_000)
    assert stand_in(3) == (answers[-1], 400)
    assert stand_in(50) == (None, 2_000 // 52)


@pytest.mark.skipif(sys.platform != "linux", reason="references answer here")
def test_what_a_hidden_call_asks_for_is_not_loaded_here(course: Course) -> None:
    """What is, every process has from then on, and its memory could be measured."""
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from grader.course.course import read_course\n"
        "from grader.grading.examiner import draw_paper\n"
        "from grader.grading.stand_ins import StandIns\n"
        "course = read_course(Path(sys.argv[1]))\n"
        "paper = draw_paper(course, 'kv_cache', 0)\n"
        "stand_ins = StandIns(course, paper, frozenset(course.exercises))\n"
        "asked = {'kind': 'import', 'module': 'exercises.text.tokenization'}\n"
        "print(stand_ins.serve_hidden(asked)['functions'])\n"
        "print([each for each in sys.modules if 'tokenization' in each])\n"
    )
    command = [sys.executable, "-c", script, str(course.root)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "['train_merges', 'encode', 'decode']\n[]\n"
