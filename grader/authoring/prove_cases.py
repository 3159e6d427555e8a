"""Proves that a case draws its inputs from `rng` alone: the same for a seed, wherever it is run."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Sequence

from grader.authoring.proof import Problem
from grader.errors import BrokenGraderError
from grader.grading.modified import modified
from grader.grading.trials import Paper, draw_trial


def case_problems(papers: Sequence[Paper]) -> Iterator[Problem]:
    """Find cases that draw something else the second time, or that cannot draw in another folder.

    A case that reads what lies in the author's folder would find it nowhere else.
    """
    for paper in papers:
        for trial in paper.trials:
            try:
                with _elsewhere():
                    again = draw_trial(paper.definition, trial.case, paper.seed)
            except BrokenGraderError as error:
                what = f"{error.what}; it has to work in any folder: keep what it needs in the file"
                yield Problem(trial.case.where, what)
                continue
            if modified(trial.inputs, again.inputs):
                what = f"the case {trial.case.name} draws other inputs for the same seed"
                yield Problem(trial.case.where, f"{what}: take all that is random from `rng`")


@contextlib.contextmanager
def _elsewhere() -> Iterator[None]:
    """Work in a folder with nothing in it."""
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(here)
