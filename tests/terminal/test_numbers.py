"""Numbers that options take: finite, and in a range, whichever command has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import click
import pytest

from grader.course.course import Course
from grader.terminal.app import cli
from grader.terminal.numbers import Number
from tests.conftest import Ended


def options(
    command: click.Command, *names: str
) -> Iterator[tuple[tuple[str, ...], click.Parameter]]:
    """Yield every parameter of a command, and of those below it, with its way there."""
    for each in command.params:
        yield (*names, each.name or ""), each
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below
            yield from options(below, *names, name)


NUMBERS = {
    way: each for way, each in options(cli) if each.type.name in ("float", "float range", "number")
}


def test_every_number_is_of_our_type() -> None:
    """Click's own let nan into any range."""
    assert len(NUMBERS) >= 5
    assert {type(each.type) for each in NUMBERS.values()} == {Number}


@pytest.mark.parametrize("way", NUMBERS, ids=" ".join)
@pytest.mark.parametrize("word", ["nan", "inf", "-inf", "1e999"])
def test_what_is_no_finite_number_is_refused(way: tuple[str, ...], word: str) -> None:
    """Wherever a number is asked for."""
    with pytest.raises(click.BadParameter):
        NUMBERS[way].type.convert(word, None, None)


@pytest.mark.parametrize("seconds", ["nan", "inf", "1e300", "1e7", "0", "-1"])
def test_a_class_has_a_day_at_most(
    tiny: Course, grader: Callable[..., Ended], seconds: str
) -> None:
    """As has a learner: and what is refused is not kept."""
    (tiny.root / "handed-in/ada").mkdir(parents=True)
    ended = grader("class", "grade", "handed-in", "--timeout", seconds)
    assert ended.code == 2 and "--timeout" in ended.err
    assert not (tiny.root / "marks").exists()
