"""How soon a quiz is there, and how long 5,000 questions take to load.

`python benchmarks/quiz.py` prints ratios of medians, all measured in one run with the candidates
taking turns, so that a busy machine slows all of them alike. Nothing here fails on a slow machine.
"""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import yaml
from grade import ROOT, ROUNDS, measure, runner

from grader.quiz.reading.load import load_quiz
from grader.quiz.reading.nodes import Loader

QUESTIONS = 5_000
# Every kind of question in turn, with texts as long as those of a real one.
BLOCK = """\
- id: choice-{n}
  ask: Over which axis of the score matrix is softmax taken, and for which reason is it that one?
  choices:
  - right: over the keys, so that each query shares out one unit of weight among them
    because: Each query's weights over the keys sum to 1, and the output is a mix of the values.
  - wrong: over the queries, so that each key is attended to as much as any other
    because: That would make each key's weights sum to 1, and a query could get nothing at all.
  - wrong: over the features, so that each of them is normalised as in layer normalisation
    because: The features are gone when there are scores, for each score is a dot product of them.
- id: truth-{n}
  ask: With a causal mask position 3 attends to position 4.
  answer: false
  because: A causal mask hides every later position.
- id: number-{n}
  vars: {{d: [256, 512], h: [4, 8]}}
  ask: d_model = {{d}} and {{h}} heads. How wide is one head?
  answer: "{{d}} / {{h}}"
- id: shape-{n}
  ask: Shape of Q @ K.T for Q (B, H, T, D)?
  shape: (B, H, T, T)
- id: order-{n}
  ask: Put the steps in order.
  order: [scores, scale, mask, softmax, weighted sum]
"""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder)
        shutil.copy(ROOT / "course.yaml", course)
        shutil.copytree(ROOT / "quizzes", course / "quizzes")
        begin, load = commands(course), loads(course / "large.yaml")
    floor, usage, first = begin.values()
    compose, whole = load.values()
    print(f"median of {ROUNDS}:")
    for name, seconds in {**begin, **load}.items():
        print(f"  {name:<38}{seconds * 1000:8.1f} ms")
    print(f"quiz --help / import click, yaml       {usage / floor:5.2f}   (aim: at most 2.0)")
    print(f"first question / import click, yaml    {first / floor:5.2f}   (aim: at most 2.0)")
    print(f"load / only parse the same file        {whole / compose:5.2f}   (aim: at most 4.0)")
    print(f"load / half a second                   {whole / 0.5:5.2f}   (aim: at most 1.0)")


def commands(course: Path) -> dict[str, float]:
    """Measure whole processes: the floor, the usage, and the first question of a quiz."""
    python = sys.executable
    grader = str(Path(python).with_name("grader"))
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a learner's modules are compiled once
    return measure(
        {
            "python -c 'import click, yaml'": runner(
                [python, "-c", "import click, yaml"], course, environment
            ),
            "grader quiz --help": runner([grader, "quiz", "--help"], course, environment),
            "grader quiz, to the first question": first_question(grader, course, environment),
        }
    )


def first_question(grader: str, course: Path, environment: dict[str, str]) -> Callable[[], None]:
    """Return a function that takes a quiz with nothing to read: it asks, and saves."""

    def take() -> None:
        command = [grader, "quiz", "attention"]
        ended = subprocess.run(
            command, cwd=course, env=environment, stdin=subprocess.DEVNULL, capture_output=True
        )
        assert b"question 1 of" in ended.stdout, ended.stderr

    return take


def loads(path: Path) -> dict[str, float]:
    """Measure what loading adds to parsing a file of many questions."""
    blocks = "".join(BLOCK.format(n=number) for number in range(QUESTIONS // 5))
    text = f"quiz: {path.stem}\ntitle: Large\nquestions:\n{blocks}"
    path.write_text(text)
    gc.disable()  # as the command line does
    return measure(
        {
            f"parse {QUESTIONS:,} questions": lambda: yaml.compose(text, Loader=Loader),
            f"load {QUESTIONS:,} questions": lambda: load_quiz(path, (), {}),
        }
    )


if __name__ == "__main__":
    main()
