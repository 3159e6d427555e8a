"""What runs mistakes or mutants one by one, in a process that its parent ends where one does not.

It says one line of JSON each: how many there are, then what came of each from a certain one on.
"""

from __future__ import annotations

import json
import os
import signal
import threading
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from grader.course.course import read_course
from grader.exercise.definition import Mistake
from grader.exercise.mutants import Mutant, is_meant, mutants_of
from grader.grading.compare import leaves
from grader.grading.diagnose.hypotheses import is_wrong
from grader.grading.examiner import examiner_of
from grader.grading.trials import Paper, call_trusted
from grader.learner.inside.confine import limit_resources
from grader.learner.inside.ending import end_with_parent
from grader.records import Answer, Limits, Raised, Returned

Say = Callable[[object], None]
CPU_SECONDS = 3600  # a backstop, should nobody be there to end it


def main(arguments: Sequence[str]) -> None:
    """Run the mistakes or mutants of an exercise; what goes wrong here is told, and is not theirs.

    The arguments are the course's folder, the exercise, "mistakes" or "mutants", the seeds, and
    the number to begin with, and the seconds of computing that each may take.
    """
    say = _private_output()
    _end_with_parent()
    try:
        if os.name == "posix":
            limit_resources(Limits().memory, CPU_SECONDS)
        _work(say, *arguments)
    except Exception:
        say({"fault": traceback.format_exc()})


def _private_output() -> Say:
    """Return what speaks to the parent; what the code that is run prints goes nowhere."""
    file = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for standard in (1, 2):
        os.dup2(nowhere, standard)
    return lambda message: print(json.dumps(message), file=file, flush=True)


def _end_with_parent() -> None:
    """End when the parent has, for then nobody else would end what does not end by itself."""
    end_with_parent(os.getppid(), signal.SIGKILL)  # at once, whatever is being computed
    threading.Thread(target=_wait_for_end, daemon=True).start()


def _wait_for_end() -> None:
    os.read(0, 1)
    os._exit(1)


def _bound_computing(seconds: float) -> None:
    """Let the system end this process after so much computing, if it can; 0 is no bound."""
    if os.name == "posix":
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _work(say: Say, root: str, name: str, kind: str, seeds: str, start: str, seconds: str) -> None:
    examiner = examiner_of(read_course(Path(root)), name)
    papers = [examiner.draw(int(seed)) for seed in seeds.split(",")]
    work = _mistakes(papers) if kind == "mistakes" else _mutants(papers)
    say({"count": len(work)})
    for one in work[int(start) :]:
        _bound_computing(float(seconds))
        found = one()
        _bound_computing(0)
        say({"found": found})


def _mistakes(papers: Sequence[Paper]) -> list[Callable[[], object]]:
    return [partial(_why_stopped, papers, each) for each in papers[0].definition.mistakes]


def _mutants(papers: Sequence[Paper]) -> list[Callable[[], object]]:
    definition = papers[0].definition
    every = (m for function in definition.references for m in mutants_of(definition, function))
    return [partial(_survivor, papers, mutant) for mutant in every]


def _why_stopped(papers: Sequence[Paper], mistake: Mistake) -> str:
    """Return why a mistake cannot be run to its end; nothing if it can."""
    run = mistake.implementation
    for paper in papers:
        for trial in paper.trials_of(mistake.function):
            answer = call_trusted(run, trial.inputs)
            if isinstance(answer, Raised) and "MemoryError" in answer.types:
                return f"it needs more than {Limits().memory >> 30} GiB of memory"
            if run.given_up:
                return run.given_up
    return ""


def _survivor(papers: Sequence[Paper], mutant: Mutant) -> object:
    """Return what there is to say of a mutant that passes every check under some seed."""
    seeds = [paper.seed for paper in papers if _passes(paper, mutant)]
    if not seeds:
        return None
    always = len(seeds) == len(papers)
    equivalents = papers[0].definition.equivalents if always else ()
    return {
        "where": mutant.where,
        "words": mutant.words,
        "seeds": [] if always else seeds,
        "equivalents": [at for at, each in enumerate(equivalents) if is_meant(mutant, each)],
    }


def _passes(paper: Paper, mutant: Mutant) -> bool:
    for trial in paper.trials_of(mutant.function):
        _foul_memory(trial.wanted)
        answer = call_trusted(mutant.implementation, trial.inputs)
        try:
            if is_wrong(trial, answer):
                return False
        except RecursionError:  # a list that was put into itself: nobody could hand that in
            return False
    return True


def _foul_memory(wanted: Answer) -> None:
    """Leave rubbish where NumPy finds memory, so that `np.empty` is not right by luck."""
    for _, leaf in leaves(wanted.value) if isinstance(wanted, Returned) else ():
        if isinstance(leaf, np.ndarray):
            np.full(leaf.nbytes, 0x7F, np.uint8)
