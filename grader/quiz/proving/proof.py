"""The proof of a quiz's answer keys: what can be worked out is worked out, and compared.

Code never runs in this process: it is sent across the border, like a learner's.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from grader.learner.outside.run import run_calls
from grader.learner.outside.sandbox import Sandbox
from grader.quiz.arithmetic import NotArithmetic, evaluate, names_in
from grader.quiz.kinds.typed import Printed, Shape
from grader.quiz.model import Question, Quiz
from grader.quiz.reading.faults import clipped
from grader.quiz.sizes import is_size
from grader.records import Answer, Call, Inputs, Limits, Raised, Returned, Submission
from grader.syntax import tree_of

MOST_RUNS = 20  # of one proof, with so many of the values that may be drawn
MAX_PRINTED = 1000  # characters of a shape
MAX_PROGRAMS = 500_000  # characters of all that is run of a quiz
MAX_SIZES = 200_000  # characters of all sizes that are worked out, with the values drawn
_AT_LEAST = 500  # of these are counted for each run: what it prints is kept as well
_TOO_MUCH = (
    f"the code of this quiz comes to more than {MAX_PROGRAMS:,} characters, with all the values"
    " that it is run for, and the rest was not run. Make two quizzes of it"
)
_TOO_MANY_SIZES = (
    f"the sizes of this quiz come to more than {MAX_SIZES:,} characters, with all the values that"
    " may be drawn, and the rest was not worked out. Make two quizzes of it"
)
_SECONDS, _MOST_SECONDS = 10.0, 120.0
_RUNNER = b"""
import contextlib, io

def printed_by(source):
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(source, "<question>", "exec"), {"__name__": "__main__"})
    return printed.getvalue()
"""


def key_problems(quiz: Quiz, sandbox: Sandbox) -> tuple[str, ...]:
    """Return every answer that is not what it works out to, as `file:line: what`."""
    found = [*_impossible(quiz)]
    programs: list[tuple[Question, str]] = []
    left = MAX_PROGRAMS
    for question in _to_be_run(quiz):
        left -= len(question.code) + len(question.proof) + _AT_LEAST
        if left < 0:
            found.append((question, _TOO_MUCH))
            break
        try:
            programs += [(question, text) for text in _programs(question)]
        except (SyntaxError, ValueError) as error:
            found.append((question, f"the code is not Python: {error}"))
        except (RecursionError, MemoryError):  # which Python's parser ends in, too
            found.append((question, "the code is nested too deeply"))
    answers = _run([text for _, text in programs], sandbox)
    for (question, _), answer in zip(programs, answers, strict=True):
        found += [(question, problem) for problem in _contradictions(question, answer)]
    return tuple(dict.fromkeys(f"{question.where}: {problem}" for question, problem in found))


def _impossible(quiz: Quiz) -> Iterator[tuple[Question, str]]:
    """Say which sizes no array can have, with the values that may be drawn."""
    left = MAX_SIZES
    for question, size in _sizes(quiz):
        left -= len(size)
        if left < 0:
            yield question, _TOO_MANY_SIZES
            return
        try:
            if not is_size(size):
                why = "cannot be worked out, whatever its names stand for"
                yield question, f"the size {size!r} {why}"
            elif not names_in(size) and not float(value := evaluate(size)).is_integer():
                yield question, f"the size {size!r} comes to {value:g}: no array has that"
        except NotArithmetic as error:
            yield question, f"no array has such a size: {error}"


def _sizes(quiz: Quiz) -> Iterator[tuple[Question, str]]:
    """Yield every size that the answers of a quiz have, with all values, once for each question."""
    for question in quiz.questions:
        ways = question.ways if isinstance(question.kind, Shape) else ()
        kinds = (kind for kind in map(question.kind.filled, ways) if isinstance(kind, Shape))
        sizes = dict.fromkeys(size for kind in kinds for size in kind.sizes)
        yield from ((question, size) for size in sizes if size != "...")


def _to_be_run(quiz: Quiz) -> Iterator[Question]:
    """Yield the questions that a program can answer, about some of the values that may be drawn."""
    for question in quiz.questions:
        if isinstance(question.kind, Printed) or question.proof:
            yield from islice(question.draws, MOST_RUNS)


def _programs(question: Question) -> Iterator[str]:
    """Yield the program that shows whether the answer is right, if there is one."""
    kind = question.kind
    if isinstance(kind, Printed):
        tree_of(question.code)
        yield question.code
    if not question.proof:
        return
    *before, last = tree_of(f"import numpy as np\n{question.code}\n{question.proof}").body
    if not isinstance(last, ast.Expr):
        raise ValueError("the last line of a proof is an expression, which comes to the answer")
    lines = [*map(ast.unparse, before), f"value = {ast.unparse(last)}"]
    if isinstance(kind, Shape):
        sizes = "".join(f"{size}, " for size in kind.sizes if size != "...")
        lines.append("value = value if isinstance(value, tuple) else np.shape(value)")
        lines.append(f"print((tuple(value), ({sizes})))")
    else:
        lines.append("print(value if isinstance(value, int) else float(value))")
    yield "\n".join(lines)


def _contradictions(question: Question, answer: Answer) -> Iterator[str]:
    """Say how what was printed is not what the key says."""
    kind, printed = question.kind, _printed(answer)
    if not printed:
        yield f"the code of {question.id} fails: {_failure(answer)}"
    elif isinstance(kind, Printed):
        if not kind.share(printed):
            yield f"the code prints {clipped(printed)}, and the key says {clipped(kind.printed)}"
    elif isinstance(kind, Shape):
        shape, sizes = _shapes_in(printed.splitlines()[-1])
        batched = kind.sizes[:1] == ("...",)
        if shape is None:
            yield f"the proof prints {clipped(printed)}, which is no shape"
        elif (shape[len(shape) - len(sizes) :] if batched else shape) != sizes:
            yield f"the proof comes to the shape {shape}, and the key {kind.right} to {sizes}"
    elif not kind.share(value := printed.splitlines()[-1][:MAX_PRINTED]):
        yield f"the proof comes to {value}, and the answer {kind.say(kind.right)!r} does not"


def _shapes_in(printed: str) -> tuple[Any, ...]:
    """Return the two shapes that were printed; nothing where the question's code printed others."""
    try:
        shape, sizes = ast.literal_eval(printed[:MAX_PRINTED])
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None, ()
    return (shape, sizes) if isinstance(shape, tuple) and isinstance(sizes, tuple) else (None, ())


def _run(programs: Sequence[str], sandbox: Sandbox) -> list[Answer]:
    """Run programs on the learner's side of the border; an answer is what one of them printed."""
    if not programs:
        return []
    submission = Submission("quiz", "quiz", "question.py", _RUNNER)
    calls = [Call("printed_by", Inputs((text,), {})) for text in programs]
    limits = Limits(seconds=min(_SECONDS + len(programs), _MOST_SECONDS))
    run = run_calls(submission, calls, lambda *_: None, limits, sandbox)
    return [run.load_failure or answer for answer in run.answers]


def _printed(answer: Answer) -> str:
    return str(answer.value).strip() if isinstance(answer, Returned) else ""


def _failure(answer: Answer) -> str:
    if isinstance(answer, Raised):
        return f"{answer.type}: {answer.words}"
    if isinstance(answer, Returned):
        return "it prints nothing"
    return getattr(answer, "message", "no answer came back")
