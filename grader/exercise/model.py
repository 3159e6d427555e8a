"""What a course says of a whole model that runs on its learners' functions.

A model is a folder `models/<name>/` of the course, with two files. `model.py` defines `model`, a
`Model`, and is imported by the grader. `driver.py` runs on the learner's side: its function `run`
is called with what `send` returns, and imports exercises as a learner's file does. Where a model
`streams`, `run` is called on without arguments as long as it returns text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from grader.errors import UsageError
from grader.exercise.pictures import Panel
from grader.records import Value


class Setting(NamedTuple):
    """A number that whoever asks may set, from `lowest` to `highest`."""

    default: float
    lowest: float
    highest: float

    def require(self, name: str, value: float) -> float:
        """Return a value of this setting; raise `UsageError` where it cannot be that."""
        if self.lowest <= value <= self.highest:  # and so no nan
            return value
        raise UsageError(
            f"{name} cannot be {_spelled(value)}",
            next=f"From {_spelled(self.lowest)} to {_spelled(self.highest)}.",
        )


def _spelled(number: float) -> str:
    """Return a number with all its digits."""
    return str(number) if isinstance(number, int) else f"{number:.15g}"


class Job(NamedTuple):
    """Texts to be answered, perhaps `without` something, perhaps `watched` for a picture.

    If it is `measured`, the loss on the model's page is wanted too. A model that streams is given
    one text at a time, and no more of it is wanted than the picture where it is watched.

    Where it `is_mixed`, learner's functions and references call each other, and no array in such a
    call may be large: 65,536 entries, 1,024 along an axis. What `send` returned may be larger.
    """

    texts: tuple[str, ...]
    without: str = ""
    watched: bool = False
    is_mixed: bool = False
    measured: bool = False
    settings: Mapping[str, float] = MappingProxyType({})


class Output(NamedTuple):
    """What came of a job: an answer to each of its texts, and a picture if it was watched.

    It is not `is_whole` where the driver put something in the place of a function and that was
    never called, so that nothing was taken away, or watched. Of a streamed text, `note` is what
    else there is to say; `loss` is the one on the model's page.
    """

    answers: tuple[str, ...]
    panels: tuple[Panel, ...] = ()
    is_whole: bool = True
    loss: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Model:
    """A model as its course describes it.

    Parameters
    ----------
    title, lesson : str
        What a learner reads first.
    sample : sequence of str
        Texts to answer where nobody types; the first one with its picture.
    send : function of a Job
        Returns the arguments of the driver's `run` by name: arrays, numbers, texts, nests of them.
    read : function of what `run` returned, and of the Job
        Returns an Output. What it is given comes from the learner's side and may be any such value:
        it raises an exception where that is no answer, a GraderError to say so in words.
    normalise : function of a text
        Returns it as the model wants to read it, or raises UsageError.
    without : mapping of str to str
        What may be taken away (a job's `without`), and why the model then breaks.
    held_out : function of a count
        Returns so many pairs of a text and its right answer, the same ones every time. On them it
        is counted what is still right without something.
    page : str
        What is to be said of a held-out page, where the loss on that is measured instead.
    replaces : mapping of str to str
        The exercise in which the driver replaces a function to take something away, where it does;
        under "" the one in which it always does.
    watches : str
        The exercise in which it replaces a function to watch it, if it does.
    unseen : str
        What to say where that function is not called.
    settings : mapping of str to Setting
        What whoever asks may set, by the name that follows `--`.
    streams : bool
        Whether an answer comes piece by piece.
    seconds : function of a Job
        Returns how long the driver may take for all of it.
    called, texts, prompt : str
        What sentences call the model and its texts, and what asks for a text.
    """

    title: str
    lesson: str
    sample: Sequence[str]
    send: Callable[[Job], dict[str, Value]]
    read: Callable[[Any, Job], Output]
    normalise: Callable[[str], str] = str.strip
    without: Mapping[str, str] = field(default_factory=dict)
    held_out: Callable[[int], Sequence[tuple[str, str]]] = lambda count: ()
    page: str = ""
    replaces: Mapping[str, str] = field(default_factory=dict)
    watches: str = ""
    unseen: str = "Your functions do not call what is drawn here, so it cannot be seen."
    settings: Mapping[str, Setting] = field(default_factory=dict)
    streams: bool = False
    seconds: Callable[[Job], float] = lambda job: 120.0
    called: str = "model"
    texts: str = "texts"
    prompt: str = "A text, or nothing to end: "

    def __post_init__(self) -> None:
        if not (self.title.strip() and self.lesson.strip() and self.sample):
            raise ValueError("a model needs a title, a lesson and a sample of texts")
        if self.without and not (self.page or self.held_out(1)):
            raise ValueError("`without` needs `held_out`: texts with their right answers")
        if unknown := set(self.replaces) - {*self.without, ""}:
            raise ValueError(f"`replaces` has {min(unknown)!r}, and `without` has not")

    def settle(self, given: Mapping[str, float]) -> dict[str, float]:
        """Return all settings, those that are given and defaults.

        Raises `UsageError` where one is not to be had, or not so.
        """
        if unknown := set(given) - set(self.settings):
            known = ", ".join(f"--{name}" for name in self.settings)
            raise UsageError(
                f"the {self.called} has no --{min(unknown)}",
                next=f"What can be set: {known or 'nothing'}.",
            )
        return {
            name: setting.require(f"--{name}", given.get(name, setting.default))
            for name, setting in self.settings.items()
        }

    def require_removable(self, names: Sequence[str]) -> None:
        """Raise `UsageError` where one of these cannot be taken away."""
        unknown = next((name for name in names if name not in self.without), None)
        if unknown is not None:
            known = ", ".join(self.without)
            raise UsageError(
                f"there is no way to run the {self.called} without {unknown!r}",
                next=f"What can be taken away: {known or 'nothing'}.",
            )
