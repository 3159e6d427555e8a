"""What is exported in the tests, and where the programs are that read it."""

from __future__ import annotations

from pathlib import Path

from grader.quiz.model import Quiz
from tests.conftest import ROOT
from tests.quiz.samples import SAMPLE, load

CONSUMERS = ROOT / ".venv/consumers"
NEEDS = "it takes a program that `make consumers` installs"

# Every character that some format has a meaning for, in every place that it can stand in.
HARD = r"""
- id: signs
  ask: |
    Which of {x}, a ~ b, c = d, e # f, g : h, \n, $CATEGORY: or "q" is < y & z -> [html]?

    // Not a comment.
  code: |
    // {first} = "a\n"; x != y  # ~

    if x -> y: print('{}')
  choices:
  - right: "[html]{a} = b ~ c # d : e\\n -> f < g & h"
    because: "= ~ # : { } \\ -> ####"
  - wrong: "~%50%a"
  - wrong: "%100%"
  tags: [two words]
- id: typed-signs
  ask: Type it.
  accept: ["a*b = {c} ~ # : \\n", "[html]x"]
- id: matched-signs
  ask: Match them.
  match: {"a -> b": "{c} = d ~", "# :": "\\n"}
- id: small
  ask: A hundred thousandth?
  answer: 1 / 100000
  tolerance: 0.000001
- id: three
  ask: Which three?
  choices: [right: one, right: two, right: three, wrong: four]
"""


def sample(folder: Path) -> Quiz:
    """Return a quiz with a question of every kind, and some that are hard to write down."""
    return load(folder, SAMPLE + HARD.lstrip("\n"))
