"""One question of each kind, as an author writes it."""

from __future__ import annotations

from pathlib import Path

from grader.quiz.model import Document, Question, Quiz
from grader.quiz.reading.load import load_quiz

EXERCISES = ["softmax", "masking"]
DOCUMENTS = {"paper": Document("A paper", ("Introduction", "Attention"))}
SAMPLE = """\
quiz: sample
title: Sample
questions:
- id: single
  ask: Over which axis is softmax taken?
  choices:
  - right: keys
    because: Each query's weights sum to 1.
  - wrong: queries
    because: That would make each key's weights sum to 1.
  - wrong: "196"
  source: {document: paper, section: Attention}
  practise: softmax
- id: several
  ask: Which of them write from left to right?
  choices:
  - right: GPT
  - wrong: BERT
  - right: a decoder
    because: It must not see what it is to write.
  - wrong: ViT
- id: truth
  ask: With a causal mask position 3 attends to position 4.
  answer: false
  because: A causal mask hides every later position.
- id: number
  vars: {d: [256, 512], h: [4, 8]}
  ask: d_model = {d} and {h} heads. How wide is one head?
  answer: "{d} / {h}"
  hint: They share {d} features.
- id: rounded
  ask: How many milliseconds is a third of a second?
  answer: 1000 / 3
  tolerance: 1
  unit: ms
  weight: 2
- id: words
  ask: Which function turns scores into weights?
  accept: [softmax, soft-max]
- id: shape
  ask: Shape of Q @ K.T for Q (B, H, T, D)?
  shape: (B, H, T, T)
- id: order
  ask: Put the steps in order.
  order: [scores, mask, softmax]
- id: match
  ask: Match each vector to its question.
  match: {query: what am I looking for?, key: what do I offer?, value: what do I carry?}
- id: prints
  ask: What does this print?
  code: |
    import numpy as np
    print(np.eye(2))
  prints: |
    [[1. 0.]
     [0. 1.]]
"""


def load(folder: Path, text: str, name: str = "sample") -> Quiz:
    """Write a quiz and read it."""
    path = folder / f"{name}.yaml"
    path.write_text(text, "utf-8")
    return load_quiz(path, EXERCISES, DOCUMENTS, path.name)


def sample(folder: Path) -> dict[str, Question]:
    """Return the questions above by their ids, with the first of their values."""
    return {question.id: question for question in load(folder, SAMPLE).drawn(None).questions}
