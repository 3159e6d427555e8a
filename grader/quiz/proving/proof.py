"""The proof of a quiz's answer keys: what can be worked out is worked out, and compared.

Code never runs in this process: it is sent across the border, like a learner's.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from grader.learner.outside.run import run_calls
from grader.learner.outside.sandbox import Sandbox
from grader.quiz.arithmetic import NotArithmetic, evaluate, names_in
from grader.quiz.kinds.typed import Printed, Shape, on_one_line
from grader.quiz.model import Question, Quiz
from grader.quiz.reading.nodes import clipped
from grader.records import Call, Inputs, Limits, Raised, Returned, Submission

MOST_RUNS = 20  # of one proof, with so many of the values that may be drawn
_SECONDS = 10.0
_RUNNER = b"""
import contextlib, io

def printed_by(source):
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(source, "<question>", "exec"), {"__name__": "__main__"})
    return printed.getvalue()
"""


class _Trial(NamedTuple):
    """A question about certain values, and code that shows whether its answer is right."""

    question: Question
    source: str


class _Failed(NamedTuple):
    """Why a program printed nothing of use."""

    why: str


def key_problems(quiz: Quiz, sandbox: Sandbox) -> tuple[str, ...]:
    """Return every answer that is not what it works out to, as `file:line: what`."""
    found: list[tuple[Question, str]] = []
    trials: list[_Trial] = []
    for question in quiz.questions:
        for number, drawn in enumerate(question.draws):
            found += [(drawn, told) for told in _impossible(drawn)]
            try:
                trials += [_Trial(drawn, s) for s in _sources(drawn) if number < MOST_RUNS]
            except (SyntaxError, ValueError) as error:
                found.append((question, f"the code is not Python: {error}"))
    runs = _printed_by([trial.source for trial in trials], sandbox)
    for trial, run in zip(trials, runs, strict=True):
        found += [(trial.question, told) for told in _contradictions(trial.question, run)]
    return tuple(dict.fromkeys(f"{question.where}: {told}" for question, told in found))


def _impossible(question: Question) -> Iterator[str]:
    """Say which sizes no array can have, with the values that were drawn."""
    sizes = question.kind.sizes if isinstance(question.kind, Shape) else ()
    for size in sizes:
        try:
            if size != "..." and not names_in(size) and not evaluate(size).is_integer():
                yield f"the size {size!r} comes to {evaluate(size):g}: no array has that"
        except NotArithmetic as error:
            yield f"no array has such a size: {error}"


def _sources(question: Question) -> Iterator[str]:
    """Return the program that shows whether the answer is right, if there is one."""
    kind = question.kind
    if isinstance(kind, Printed):
        ast.parse(question.code)
        yield question.code
    if not question.proof:
        return
    *before, last = ast.parse(f"import numpy as np\n{question.code}\n{question.proof}").body
    if not isinstance(last, ast.Expr):
        raise ValueError("the last line of a proof is an expression, which comes to the answer")
    lines = [*map(ast.unparse, before), f"value = {ast.unparse(last)}"]
    if isinstance(kind, Shape):
        sizes = "".join(f"{size}, " for size in kind.sizes if size != "...")
        lines.append("value = value if isinstance(value, tuple) else np.shape(value)")
        lines.append(f"print((tuple(value), ({sizes})))")
    else:
        lines.append("print(float(value))")
    yield "\n".join(lines)


def _contradictions(question: Question, run: str | _Failed) -> Iterator[str]:
    """Say how what was printed is not what the key says."""
    kind = question.kind
    if isinstance(run, _Failed):
        yield f"the code of {question.id} fails: {run.why}"
    elif isinstance(kind, Printed):
        if not kind.share(run):
            yield f"the code prints {clipped(run)}, and the key says {clipped(kind.printed)}"
    elif isinstance(kind, Shape):
        shape, sizes = ast.literal_eval(run.splitlines()[-1])
        batched = kind.sizes[:1] == ("...",)
        if (shape[len(shape) - len(sizes) :] if batched else shape) != sizes:
            yield f"the proof comes to the shape {shape}, and the key {kind.right} to {sizes}"
    elif not kind.share(run.splitlines()[-1]):
        told = kind.say(kind.right)
        yield f"the proof comes to {run.splitlines()[-1]}, and the answer {told!r} does not"


def _printed_by(sources: Sequence[str], sandbox: Sandbox) -> list[str | _Failed]:
    """Run programs on the learner's side of the border, and return what each of them printed."""
    if not sources:
        return []
    submission = Submission("quiz", "quiz", "question.py", _RUNNER)
    calls = [Call("printed_by", Inputs((source,), {})) for source in sources]
    limits = Limits(seconds=_SECONDS + len(sources))
    run = run_calls(submission, calls, lambda _: None, limits, sandbox)
    return [_printed(run.load_failure or answer) for answer in run.answers]


def _printed(answer: object) -> str | _Failed:
    if isinstance(answer, Returned) and isinstance(answer.value, str):
        return on_one_line(answer.value) and answer.value or _Failed("it prints nothing")
    if isinstance(answer, Raised):
        return _Failed(f"{answer.type}: {answer.message}")
    return _Failed(getattr(answer, "message", "no answer came back"))
